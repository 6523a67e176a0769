"""The addresses of documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from wagtail.models import Page
from wagtail.query import PageQuerySet

from motcua.text.slugs import slugify

LENGTH = 80


def document_slug(number: str, abstract: str, issued: date | None) -> str:
    """Return an address that tells a document from others: numbers begin anew each year.

    ``1507/QĐ-UBND`` of 2024 is ``1507-qd-ubnd-2024``; a document without a number is named by
    its abstract.
    """
    base = slugify(number, LENGTH) or slugify(abstract, LENGTH) or "van-ban"
    year = str(issued.year) if issued and number else ""
    return f"{base}-{year}" if year and year not in base.split("-") else base


def addresses_below(
    lists: PageQuerySet[Any], documents: Sequence[Any], language: str
) -> dict[int, str]:
    """Return where documents are read below the counterparts of their lists; one query.

    Args:
        lists: all lists that may show them.
        documents: pages of any language.
        language: code of the language to read in.

    Returns:
        Addresses by primary key; documents of that language, and those whose list has no
        counterpart in it, are missing.
    """
    parents = {document.pk: document.path[: -Page.steplen] for document in documents}
    known = Page.objects.filter(
        translation_key=OuterRef("translation_key"), path__in=set(parents.values())
    )
    source = known.exclude(locale=OuterRef("locale")).values("path")[:1]
    there = lists.filter(locale__language_code=language).annotate(source_path=Subquery(source))
    found = {each.source_path: each.url for each in there.exclude(source_path=None)}
    return {
        document.pk: f"{address}{document.slug}/"
        for document in documents
        if (address := found.get(parents[document.pk]))
    }
