"""Finding pages by words, diacritics aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wagtail.models import Locale, Page

from motcua.hub.models import Item
from motcua.text.folding import fold

LIMIT = 30


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
    """Return the newest public items of the whole province with all words in title or abstract."""
    items = Item.objects.public().filter(language=language)
    for word in fold(query).split():
        items = items.filter(folded__contains=word)
    return [
        Result(item.title, item.url, item.abstract, item.source_name)
        for item in items.newest()[:LIMIT]
    ]
