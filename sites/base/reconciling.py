"""Proof that the hub tells of a site what the site shows, and the cure where it does not.

Every act writes the hub in its own commit. Two acts at the same moment may still miss each other
(an article published while its section is being restricted), and an operator may have restored
one schema from a backup: so each site is compared with the hub once a day.
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import connection, transaction
from wagtail.models import Page

from motcua.hub.models import Item

from . import sharing

logger = logging.getLogger(__name__)

# What may differ without a difference to a reader.
BOOKKEEPING = {"id", "stored_at"}


@transaction.atomic
def reconcile() -> list[str]:
    """Bring the current site's items to what its pages are now, and its card to its settings.

    Returns:
        The object ids whose item was wrong, missing or left over; empty as it should be.
    """
    sharing.share_card()
    before = _items()
    live = Page.objects.filter(live=True).values_list("pk", flat=True)
    sharing.share(*{*live, *(int(object_id) for object_id in before)})
    after = _items()
    wrong = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    if wrong:
        logger.warning("hub differed from the site in %s items: %s", len(wrong), ", ".join(wrong))
    return wrong


def _items() -> dict[str, dict[str, Any]]:
    rows = Item.objects.filter(site=connection.schema_name, model=sharing.MODEL).values()
    return {
        row["object_id"]: {key: value for key, value in row.items() if key not in BOOKKEEPING}
        for row in rows
    }
