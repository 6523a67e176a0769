"""Finding pages by words, diacritics aside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from wagtail.models import Locale, Page

from motcua.hub.models import Item
from motcua.text.folding import fold
from tenants.models import Tenant

from . import without_mirrors
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
    pages = Page.objects.live().public().filter(_read_in(language))
    words: Any = pages.specific().search(fold(query), operator="and")[:LIMIT]
    meant = [page for finder in _exact for page in finder(query, language)]
    found = list({page.pk: page for page in [*meant, *words]}.values())[:LIMIT]
    elsewhere = _addresses(found, language)
    return [
        Result(page.title, elsewhere.get(page.pk) or page.url or "", getattr(page, "abstract", ""))
        for page in found
    ]


def _read_in(language: str) -> Q:
    """Return the condition of pages read in a language: its own, and untranslated Vietnamese ones
    of types that have no stand-ins there."""
    own = Q(locale=Locale.objects.get(language_code=language))
    types = without_mirrors.types()
    if language == settings.LANGUAGE_CODE or not types:
        return own
    translated = Page.objects.live().filter(own, content_type__in=types)
    source = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    return own | Q(
        ~Q(translation_key__in=list(translated.values_list("translation_key", flat=True))),
        locale=source,
        content_type__in=[each.pk for each in types],
    )


def _addresses(pages: list[Any], language: str) -> dict[int, str]:
    """Return where pages of other languages are read in this one, by primary key."""
    of_type: dict[type[Page], list[Page]] = defaultdict(list)
    for page in pages:
        of_type[type(page)].append(page)
    found: dict[int, str] = {}
    for model, group in of_type.items():
        if hasattr(model, "addresses_in"):
            found |= model.addresses_in(group, language)
    return found


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
