"""Documents in the site's search: who types a number wants that document."""

from __future__ import annotations

from wagtail.models import Page

from sites.base import searching

FOUND = 10


def numbered(query: str, language: str) -> list[Page]:
    """Return the public documents whose number is, or begins with, ``query``; exact ones first.

    Documents are Vietnamese: they are found in every language, each once.
    """
    from .pages import LegalDocumentPage

    documents = LegalDocumentPage.objects.public_ones().in_language(language)
    found = documents.numbered(query).found_by(query)
    return list(found.newest().order_by("rank", "-issued", "-pk")[:FOUND])


def connect() -> None:
    """Let the site's search ask here first; called once when Django is ready."""
    searching.register(numbered)
