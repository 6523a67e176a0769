"""Finding pages by words, diacritics aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wagtail.models import Locale, Page

from motcua.hub.models import Item
from motcua.text.folding import fold
from tenants.models import Tenant

from .facts import formal_name

LIMIT = 30
AGENCIES = 5


@dataclass(frozen=True)
class Result:
    """One thing found."""

    title: str
    url: str
    abstract: str
    source_name: str = ""


def on_site(query: str, language: str) -> list[Result]:
    """Return the current site's public pages that have all words of ``query``."""
    pages = Page.objects.live().public().filter(locale=Locale.objects.get(language_code=language))
    found: Any = pages.specific().search(fold(query), operator="and")[:LIMIT]
    return [Result(page.title, page.url or "", getattr(page, "abstract", "")) for page in found]


def in_province(query: str, language: str) -> list[Result]:
    """Return what the province has on all words of ``query``: agencies, then its newest items."""
    return [*_agencies(query), *_items(query, language)]


def _agencies(query: str) -> list[Result]:
    found = Tenant.objects.active().named_by(query).in_order().select_related("parent")
    return [
        Result(site.full_name, f"{site.url}/", formal_name(site), str(site.get_kind_display()))
        for site in found.prefetch_related("domains")[:AGENCIES]
    ]


def _items(query: str, language: str) -> list[Result]:
    items = Item.objects.public().filter(language=language)
    for word in fold(query).split():
        items = items.filter(folded__contains=word)
    return [
        Result(item.title, item.url, item.abstract, item.source_name)
        for item in items.newest()[:LIMIT]
    ]
