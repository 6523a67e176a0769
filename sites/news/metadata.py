"""What a page says of itself to catalogues: the fifteen elements of Dublin Core (ISO 15836)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from sites.base.models import BodyPage

from .forms import agency

NAMESPACE = "http://purl.org/dc/elements/1.1/"  # a name, never fetched


@dataclass(frozen=True)
class Metadata:
    """Elements with their contents, in the order of the standard; empty ones are left out."""

    elements: list[tuple[str, str]]
    namespace: str = NAMESPACE


def dublin_core(
    page: BodyPage, *, creator: str = "", subject: str = "", kind: str = "Text", source: str = ""
) -> Metadata:
    """Return the metadata of a page (circular 24/2011/TT-BTTTT asks portals for them).

    Args:
        page: whose title, abstract, date, address and language are told.
        creator: who wrote it; the agency if empty.
        subject: what it is about.
        kind: of DCMI's types: ``Text`` or ``Event``.
        source: where its facts come from.
    """
    publisher = agency(page.locale.language_code)
    issued = page.hub_published_at
    elements = [
        ("DC.title", page.title),
        ("DC.creator", creator or publisher),
        ("DC.subject", subject),
        ("DC.description", page.abstract),
        ("DC.publisher", publisher),
        ("DC.date", timezone.localtime(issued).isoformat(timespec="minutes") if issued else ""),
        ("DC.type", kind),
        ("DC.format", "text/html"),
        ("DC.identifier", page.full_url or ""),
        ("DC.source", source),
        ("DC.language", page.locale.language_code),
    ]
    return Metadata([(name, content) for name, content in elements if content])
