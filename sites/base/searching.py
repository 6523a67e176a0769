"""Finding pages by words, diacritics aside."""

from __future__ import annotations

from collections.abc import Callable
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


# Apps above that know what a query means exactly, such as a document's number.
_exact: list[Callable[[str, str], list[Page]]] = []


def register(finder: Callable[[str, str], list[Page]]) -> None:
    """Let ``finder``, given query and language, name public pages that come before all others."""
    _exact.append(finder)


def on_site(query: str, language: str) -> list[Result]:
    """Return the current site's public pages that are meant by ``query`` or have all its words."""
    pages = Page.objects.live().public().filter(locale=Locale.objects.get(language_code=language))
    words: Any = pages.specific().search(fold(query), operator="and")[:LIMIT]
    meant = [page for finder in _exact for page in finder(query, language)]
    found = {page.pk: page for page in [*meant, *words]}
    return [
        Result(page.title, page.url or "", getattr(page, "abstract", ""))
        for page in list(found.values())[:LIMIT]
    ]


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
