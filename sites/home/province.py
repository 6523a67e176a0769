"""What the main portal's home page shows of the whole province: a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, prefetch_related_objects

from motcua.hub.models import Item, ItemKind, ItemQuerySet
from sites.base import facts
from tenants.models import MAIN_SCHEMA, Kind, Tenant

NEWEST = 9
DOCUMENTS = 5
EVENTS = 5
EVENTS_CONSIDERED = 30
NOTICES = 6
CONSULTATIONS = 3
PLACES = 30


@dataclass(frozen=True)
class Signposts:
    """The main portal's own doors: priority guides and landing pages, in the tree's order."""

    guides: list[Item]
    landings: list[Item]

    @classmethod
    def load(cls, language: str) -> Signposts:
        """Read them from the hub, where only what is public stands (one query)."""
        items = Item.objects.public().of_site(MAIN_SCHEMA).in_language(language).signposts()
        ordered = sorted(items, key=lambda item: str(item.details.get("place", "")))
        return cls(
            guides=[item for item in ordered if item.details.get("priority")],
            landings=[item for item in ordered if item.details["page"] == "landing"],
        )


def province(language: str, now: datetime) -> dict[str, Any]:
    """Return the context of the main portal's home page.

    Args:
        language: only items in it are shown.
        now: what is over by then is not.
    """
    items = Item.objects.public().in_language(language)
    lists = {
        "newest": _featured_first(_newest(items.of_kind(ItemKind.NEWS), NEWEST)),
        "documents": _newest(items.of_kind(ItemKind.DOCUMENT), DOCUMENTS),
        "notices": _newest(items.of_kind(ItemKind.NOTICE), NOTICES),
        "events": _coming(items, now),
        "consultations": list(
            items.of_kind(ItemKind.CONSULTATION)
            .ending_after(now)
            .order_by("ends_at", "pk")
            .select_related("site__parent")[:CONSULTATIONS]
        ),
    }
    prefetch_related_objects([item for found in lists.values() for item in found], "site__domains")
    signposts = Signposts.load(language)
    counts = _counts()
    return {
        **lists,
        "guides": signposts.guides,
        "landings": signposts.landings,
        "counts": counts,
        "places": _places(Kind.DISTRICT if Kind.DISTRICT in counts else Kind.DEPARTMENT),
    }


def _newest(items: ItemQuerySet, limit: int) -> list[Item]:
    return list(items.order_by("-published_at", "-pk").select_related("site__parent")[:limit])


def _featured_first(items: Iterable[Item]) -> list[Item]:
    """Put what its webmaster features before the other newest; what is old is not among them."""
    return sorted(items, key=lambda item: not item.featured)


def _coming(items: ItemQuerySet, now: datetime) -> list[Item]:
    """Return the next events, featured ones before others where there are too many, by day."""
    events = items.of_kind(ItemKind.EVENT).ending_after(now).select_related("site__parent")
    chosen = _featured_first(events[:EVENTS_CONSIDERED])[:EVENTS]
    return sorted(chosen, key=lambda item: (item.starts_at or now, item.pk))


def _counts() -> dict[str, int]:
    kinds = Tenant.objects.members().active().order_by().values_list("kind")
    return dict(kinds.annotate(n=Count("pk")))


def _places(kind: str) -> list[facts.SiteLink]:
    sites = Tenant.objects.members().active().filter(kind=kind).in_order()
    return [
        facts.SiteLink(site.name, f"{site.url}/")
        for site in sites.prefetch_related("domains")[:PLACES]
    ]
