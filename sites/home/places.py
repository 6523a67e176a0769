"""The places of a site: where what the law asks for, and what visitors expect, stands.

Decree 43/2011/NĐ-CP (articles 10 and 11) and its successors say what a portal of the state must
show; each duty has a place from the first day, at most three clicks from the home
page. The menu has five entries: who we are, what is new, what holds, what we disclose, how to
reach us. Draft consultations and procedures come with their own applications.

Webmasters rename, move and delete pages. A site therefore remembers which page became which place
(`HomePage.places`, name to translation key), and the code asks for a place by its name.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from sites.base.models import SectionPage, StandardPage
from sites.disclosure import starter as disclosure
from sites.disclosure.models import RegisterPage
from sites.disclosure.registers import RegisterKind
from sites.documents.models import DocumentsPage
from sites.media.models import MediaPage
from sites.news.articles import Kind
from sites.news.models import EventsPage, NewsPage
from sites.organisation.models import SchedulePage, StructurePage

from .models import home_page
from .place_words import WORDS

WEEK, MONTH, QUARTER, YEAR = 7, 31, 92, 366


@dataclass(frozen=True, kw_only=True)
class Place:
    """One place of the starter tree.

    `duty` is what the law calls it, empty where it only serves visitors; `fresh_for` the days
    after which a list without anything new counts as stale, None where nothing has to be new;
    `body` gives the page's blocks in a language.
    """

    name: str
    parent: str
    page_type: type[Page]
    duty: str | Promise = ""
    fresh_for: int | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    body: Callable[[str], list[tuple[str, Any]]] | None = None

    def words(self, language: str) -> tuple[str, str, str]:
        """Return title, slug and abstract in a language."""
        return WORDS[language][self.name]

    @property
    def label(self) -> str:
        """The title in Vietnamese, by which webmasters know the place."""
        return self.words("vi")[0]


HOME = "home"
MENU = {"show_in_menus": True}

# In the order of the tree; a parent stands before its children.
PLACES = (
    Place(name="about", parent=HOME, page_type=SectionPage, fields=MENU,
          duty=_("Introduction"), body=lambda _language: [("facts", None)]),
    Place(name="structure", parent="about", page_type=StructurePage, fields=MENU,
          duty=_("Organisation chart")),
    Place(name="leaders", parent="about", page_type=StructurePage,
          duty=_("Leaders and their duties"),
          fields={**MENU, "layout": StructurePage.Layout.LEADERS}),
    Place(name="directory", parent="about", page_type=StructurePage,
          fields={**MENU, "layout": StructurePage.Layout.DIRECTORY}),
    Place(name="schedule", parent="about", page_type=SchedulePage, fields=MENU,
          duty=_("Work schedule of the leaders"), fresh_for=WEEK),
    Place(name="news", parent=HOME, page_type=NewsPage, fields=MENU,
          duty=_("News"), fresh_for=WEEK),
    Place(name="direction", parent="news", page_type=NewsPage, fields=MENU,
          duty=_("Direction and administration"), fresh_for=MONTH),
    Place(name="notices", parent="news", page_type=NewsPage,
          fields={**MENU, "default_kind": Kind.NOTICE}, duty=_("Announcements"), fresh_for=MONTH),
    Place(name="events", parent="news", page_type=EventsPage, fields=MENU, fresh_for=QUARTER),
    Place(name="law_guidance", parent="news", page_type=NewsPage, fields=MENU,
          duty=_("Law guidance"), fresh_for=QUARTER),
    Place(name="media", parent="news", page_type=MediaPage, fields=MENU, fresh_for=QUARTER),
    Place(name="documents", parent=HOME, page_type=DocumentsPage, fields=MENU,
          duty=_("Legal documents"), fresh_for=MONTH),
    Place(name="gazette", parent="documents", page_type=DocumentsPage, fields=MENU,
          duty=_("Official gazette"), fresh_for=QUARTER),
    Place(name="disclosure", parent=HOME, page_type=SectionPage, fields=MENU),
    Place(name="plans", parent="disclosure", page_type=RegisterPage, duty=_("Planning"),
          fields={**MENU, "kind": RegisterKind.PLANS}, fresh_for=YEAR),
    Place(name="projects", parent="disclosure", page_type=RegisterPage, duty=_("Projects"),
          fields={**MENU, "kind": RegisterKind.PROJECTS}, fresh_for=YEAR),
    Place(name="procurement", parent="disclosure", page_type=RegisterPage, duty=_("Procurement"),
          fields={**MENU, "kind": RegisterKind.PROCUREMENT}, fresh_for=YEAR),
    Place(name="programmes", parent="disclosure", page_type=RegisterPage,
          fields={**MENU, "kind": RegisterKind.PROGRAMMES}, fresh_for=YEAR),
    Place(name="statistics", parent="disclosure", page_type=RegisterPage,
          fields={**MENU, "kind": RegisterKind.DATASETS}, fresh_for=YEAR,
          duty=_("Statistics and open data")),
    Place(name="access", parent="disclosure", page_type=StandardPage, fields=MENU,
          duty=_("Access to information"), body=disclosure.access_to_information),
    Place(name="contact", parent=HOME, page_type=StandardPage, fields=MENU,
          duty=_("Contacts"), body=lambda _language: [("contacts", None)]),
    Place(name="faq", parent="contact", page_type=StandardPage, fields=MENU, body=disclosure.faq),
    Place(name="glossary", parent="contact", page_type=StandardPage, fields=MENU,
          body=disclosure.glossary),
)  # fmt: skip
BY_NAME = {place.name: place for place in PLACES}


def key_of(name: str) -> uuid.UUID | None:
    """Return the translation key of a place's pages on the current site, None if never planted."""
    home = home_page()
    known = home.places.get(name) if home else None
    return uuid.UUID(known) if known else None


def find(name: str, language: str = "vi") -> Page | None:
    """Return the page of a place on the current site; None if it is not, or no longer, there."""
    key = key_of(name)
    if key is None:
        return None
    return Page.objects.filter(translation_key=key, locale__language_code=language).first()


def found(language: str = "vi") -> dict[str, Page]:
    """Return the pages of all places that the current site has, by name; two queries."""
    home = home_page()
    names = {uuid.UUID(key): name for name, key in (home.places if home else {}).items()}
    pages = Page.objects.filter(translation_key__in=names, locale__language_code=language)
    return {names[page.translation_key]: page for page in pages}
