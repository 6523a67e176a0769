"""What a member's home page shows of its own site, from the hub: no content type is asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection

from motcua.hub.models import Audience, Item, ItemKind, ItemQuerySet
from sites.base import facts
from tenants.models import Tenant

LATEST = 6
NOTICES = 4
DOCUMENTS = 4
EVENTS = 3


def member(tenant: Tenant, language: str, now: datetime) -> dict[str, Any]:
    """Return the context of a member's home page besides its sections.

    The state of the site is not asked: its staff sees the page before it is launched.
    """
    items = Item.objects.of_site(connection.schema_name).filter(audience=Audience.PUBLIC)
    items = items.in_language(language)
    news = items.of_kind(ItemKind.NEWS).order_by("-published_at", "-pk")[:LATEST]
    return {
        "latest_news": sorted(news, key=lambda item: not item.featured),
        "notices": _newest(items.of_kind(ItemKind.NOTICE), NOTICES),
        "documents": _newest(items.of_kind(ItemKind.DOCUMENT), DOCUMENTS),
        "events": list(items.of_kind(ItemKind.EVENT).ending_after(now)[:EVENTS]),
        "neighbours": facts.neighbours(tenant),
        "units": facts.units_below(),
    }


def _newest(items: ItemQuerySet, limit: int) -> list[Item]:
    return list(items.order_by("-published_at", "-pk")[:limit])
