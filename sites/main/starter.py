"""The main portal's own tree: guides to nine groups of matters, four landing pages.

The texts are data (``starter_content``), true of any province; a webmaster makes them the
province's own. Translation keys come from the names, so that planting again finds what is there.
"""

from __future__ import annotations

import tomllib
import uuid
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale, Page

from sites.base.models import SectionPage
from tenants.models import MAIN_SCHEMA, Tenant
from tenants.provisioning import NewSite

from .pages import GuidePage, LandingPage

NAMESPACE = uuid.UUID("0c9a1f0e-5b0f-4a53-9f0e-3a1d7f7c5d52")
CONTENT = Path(__file__).parent / "starter_content"
SECTION = {
    "vi": ("Hướng dẫn", "huong-dan", "Chín nhóm việc người dân và doanh nghiệp cần nhất: "
           "ai giải quyết, chuẩn bị gì, đến đâu."),
    "en": ("Guides", "guides", "The nine groups of matters that people and businesses come for "
           "most: who handles them, what to prepare, where to go."),
}  # fmt: skip


def plant_for_main(_tenant: Tenant, _spec: NewSite) -> None:
    """Plant the pages when the main portal is born; a step of provisioning (``SITE_STEPS``)."""
    plant_main_pages()


@transaction.atomic
def plant_main_pages() -> int:
    """Publish what the main portal lacks of its own pages; returns how many. Elsewhere nothing.

    A page that somebody deleted comes back, one that was changed or unpublished stays as it is.
    """
    if connection.schema_name != MAIN_SCHEMA:
        return 0
    return sum(_plant(language) for language in SECTION)


def key_of(name: str) -> uuid.UUID:
    """Return the translation key of a place of the main portal, such as ``guides``."""
    return uuid.uuid5(NAMESPACE, name)


def _plant(language: str) -> int:
    locale = Locale.objects.filter(language_code=language).first()
    home = Page.objects.filter(depth=2, locale=locale).first() if locale else None
    if home is None or locale is None:
        return 0
    with override(language):
        before = Page.objects.count()
        guides = _guides(home, locale)
        for file in sorted(CONTENT.glob("landing_*.toml")):
            _landing(file, home, locale, guides)
        return Page.objects.count() - before


def _guides(home: Page, locale: Locale) -> dict[str, Page]:
    """Return the guides by name, planted where they are missing; the section comes first."""
    title, slug, abstract = SECTION[locale.language_code]
    section = _find("guides", locale)
    if section is None:
        made = SectionPage(title=title, slug=slug, abstract=abstract, show_in_menus=True)
        section = _add(home, made, "guides", locale)
        section.move(home.get_first_child(), pos="left")
        section = Page.objects.get(pk=section.pk)
    found = {}
    for file in sorted(CONTENT.glob("[0-9]_*.toml")):
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        words = data[locale.language_code]
        found[data["name"]] = _find(data["name"], locale) or _add(
            section, _guide(data, words), data["name"], locale
        )
    return found


def _guide(data: dict[str, Any], words: dict[str, Any]) -> GuidePage:
    return GuidePage(
        title=words["title"],
        slug=words["slug"],
        abstract=words["abstract"],
        words=words["words"],
        icon=data["icon"],
        audiences=data["audiences"],
        priority=True,
        content=[
            ("overview", words["overview"].strip()),
            ("who", [{"who": who, "what": what} for who, what in words["who"]]),
            ("prepare", [{"name": name, "note": note} for name, note in words["prepare"]]),
            ("steps", [{"title": title, "text": text} for title, text in words["steps"]]),
            ("agencies", _agencies(words)),
            ("legal", [{"name": name, "number": number, "note": note}
                       for name, number, note in words["legal"]]),
            ("questions", _questions(words)),
        ],
    )  # fmt: skip


def _landing(file: Path, home: Page, locale: Locale, guides: dict[str, Page]) -> None:
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    words = data[locale.language_code]
    if _find(data["name"], locale) is not None:
        return
    page = LandingPage(
        title=words["title"],
        slug=words["slug"],
        abstract=words["abstract"],
        audience=data["audience"],
        icon=data["icon"],
        show_in_menus=True,
        content=list(_landing_blocks(words, guides)),
    )
    made = _add(home, page, data["name"], locale)
    # The four doors stand right behind the guides, before what every agency has.
    anchor = _before(made, home)
    if anchor is not None:
        made.move(anchor, pos="right")


def _before(made: Page, home: Page) -> Page | None:
    """Return the last of the other planted pages that still stand below the home page."""
    names = ("guides", "citizens", "businesses", "investors", "visitors")
    keys = {key_of(name) for name in names}
    planted = Page.objects.child_of(home).filter(translation_key__in=keys).exclude(pk=made.pk)
    return planted.order_by("-path").first()


def _landing_blocks(words: dict[str, Any], guides: dict[str, Page]) -> list[tuple[str, Any]]:
    blocks: list[tuple[str, Any]] = []
    if "strengths" in words:
        blocks.append(("strengths", [{"title": title, "icon": icon, "text": text}
                                     for title, icon, text in words["strengths"]]))  # fmt: skip
    blocks.append(("occasions", [_occasion(row, guides) for row in words["occasions"]]))
    if "agencies" in words:
        blocks.append(("agencies", _agencies(words)))
    blocks += [("items", {"title": title, "words": text, "kind": kind})
               for title, text, kind in words.get("items", [])]  # fmt: skip
    if "questions" in words:
        blocks.append(("questions", _questions(words)))
    return blocks


def _occasion(row: list[Any], guides: dict[str, Page]) -> dict[str, Any]:
    title, icon, text, links = row
    return {"title": title, "icon": icon, "text": text,
            "links": [_link(name, target, guides) for name, target in links]}  # fmt: skip


def _link(title: str, target: str, guides: dict[str, Page]) -> dict[str, Any]:
    """Return a link of a landing page to ``guide:<name>`` or ``view:<name>?<query>``."""
    kind, name = target.split(":", 1)
    if kind == "guide":
        return {"title": title, "page": guides[name], "address": ""}
    view, _mark, query = name.partition("?")
    return {"title": title, "page": None,
            "address": reverse(view) + (f"?{query}" if query else "")}  # fmt: skip


def _agencies(words: dict[str, Any]) -> list[dict[str, str]]:
    return [{"site": "", "name": name, "role": role} for name, role in words["agencies"]]


def _questions(words: dict[str, Any]) -> list[dict[str, str]]:
    return [{"question": question, "answer": answer} for question, answer in words["questions"]]


def _find(name: str, locale: Locale) -> Page | None:
    found: Page | None = Page.objects.filter(locale=locale, translation_key=key_of(name)).first()
    return found


def _add(parent: Page, page: Page, name: str, locale: Locale) -> Page:
    page.locale = locale
    page.translation_key = key_of(name)
    page.draft_title = page.title
    page.live = False
    parent.add_child(instance=page)
    page.save_revision().publish()
    made: Page = Page.objects.get(pk=page.pk)
    return made
