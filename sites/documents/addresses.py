"""The addresses of documents."""

from __future__ import annotations

from datetime import date

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
