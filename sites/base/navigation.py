"""Menus from the page tree, and the same page in the other languages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page, Site

from . import mirroring


@dataclass
class MenuItem:
    """One entry of the navigation, with its own entries below."""

    title: str
    url: str
    active: bool
    children: list[MenuItem] = field(default_factory=list)


def menu(request: HttpRequest, site: Site | None, page: Page | None) -> list[MenuItem]:
    """Return the pages shown in menus below the home page of the current language.

    Two levels, one query. An entry is active when the current page is it or lies below it.
    """
    home = _home(site, page)
    if home is None:
        return []
    pages = (
        Page.objects.descendant_of(home)
        .live()
        .public()
        .in_menu()
        .filter(depth__lte=home.depth + 2)
        .order_by("path")
    )
    items: dict[str, MenuItem] = {}
    top: list[MenuItem] = []
    for entry in pages:
        item = MenuItem(entry.title, entry.get_url(request) or "", _is_active(entry, page))
        items[entry.path] = item
        parent = items.get(entry.path[: -Page.steplen])
        if entry.depth == home.depth + 1:
            top.append(item)
        elif parent is not None:
            parent.children.append(item)
    return top


def languages(
    request: HttpRequest, site: Site | None, page: Page | None, names: list[tuple[str, Any]]
) -> list[dict[str, Any]]:
    """Return for every language its name and where the current page (or the home page) is in it."""
    home = site.root_page if site else None
    if home is None:
        return []
    target = page if page is not None and page.pk else home
    translations = {
        translation.locale.language_code: translation for translation in translations_of(target)
    }
    homes = {"vi": "/", "en": "/en/"}
    own: dict[str, str] = getattr(request, "language_addresses", {})  # of a view that is no page
    current = request.LANGUAGE_CODE if hasattr(request, "LANGUAGE_CODE") else "vi"
    return [
        {
            "code": code,
            "label": label,
            "url": own.get(code)
            or (
                translations[code].get_url(request)
                if code in translations
                else _read_in(target, code) or homes[code]
            ),
            "active": code == current,
        }
        for code, label in names
    ]


def _read_in(page: Page, language: str) -> str:
    """Return where an untranslated page is read in a language, if its type has such an address."""
    if not hasattr(page, "addresses_in"):
        return ""
    return str(page.addresses_in([page], language).get(page.pk, ""))


def translations_of(page: Page) -> list[Page]:
    """Return the live page in every language, itself included; one query for a page shown.

    ``is_stand_in`` of each tells whether it shows another language's words.
    """
    found: list[Page] | None = getattr(page, "_live_translations", None)
    if found is None:
        pages = page.get_translations(inclusive=True).live().select_related("locale")
        found = list(pages.annotate(is_stand_in=mirroring.standing_in_flag()))
        page._live_translations = found
    return found


def _home(site: Site | None, page: Page | None) -> Page | None:
    if site is None:
        return None
    return site.root_page.localized


def _is_active(entry: Page, page: Page | None) -> bool:
    return page is not None and bool(page.path) and page.path.startswith(entry.path)
