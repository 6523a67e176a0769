"""What a page is in the words of https://schema.org, by the kind the hub knows it as."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from motcua.hub.models import ItemKind

if TYPE_CHECKING:
    from .pages import SitePage

# Schema.org's words for whether a document is in force.
FORCE = {"in_force": "InForce", "partly": "PartiallyInForce", "expired": "NotInForce",
         "pending": "NotInForce"}  # fmt: skip
HEADLINE = 110  # characters that search engines show


def of_kind(page: SitePage) -> dict[str, Any] | None:
    """Return the type of a page's kind with what that kind has; nothing for a plain page."""
    describe = _DESCRIBED.get(page.hub_kind or "")
    return describe(page) if describe else None


def _article(page: SitePage) -> dict[str, Any]:
    author = getattr(page, "author", "")
    return {
        "@type": "NewsArticle",
        "headline": page.title[:HEADLINE],
        "datePublished": _moment(page.hub_published_at),
        "dateModified": _moment(page.last_published_at),
        "author": {"@type": "Person", "name": author} if author else None,
    }


def _event(page: SitePage) -> dict[str, Any]:
    details = page.hub_details
    place = details.get("place")
    status = "EventCancelled" if details.get("cancelled") else "EventScheduled"
    return {
        "@type": "Event",
        "name": page.title,
        "startDate": _moment(page.hub_starts_at),
        "endDate": _moment(page.hub_ends_at),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": place, "address": place} if place else None,
    }


def _legislation(page: SitePage) -> dict[str, Any]:
    details = page.hub_details
    return {
        "@type": "Legislation",
        "name": page.title,
        "legislationIdentifier": details.get("number"),
        "legislationType": details.get("type"),
        "legislationDate": details.get("issued") or _moment(page.hub_published_at),
        "legislationPassedBy": details.get("issuer"),
        "legislationDateVersion": details.get("effective"),
        "legislationLegalForce": FORCE.get(str(details.get("status"))),
    }


def _service(page: SitePage) -> dict[str, Any]:
    return {"@type": "GovernmentService", "name": page.title}


def _moment(moment: Any) -> str | None:
    return moment.isoformat() if moment else None


_DESCRIBED: dict[str, Callable[[SitePage], dict[str, Any]]] = {
    ItemKind.NEWS: _article,
    ItemKind.NOTICE: _article,
    ItemKind.EVENT: _event,
    ItemKind.DOCUMENT: _legislation,
    ItemKind.PROCEDURE: _service,
}
