"""What webmasters do to the tree of their site."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Page

from motcua import audit

from . import starter
from .places import BY_NAME, find


@transaction.atomic
def restore_place(*, name: str, by: Any) -> tuple[Page | None, int]:
    """Plant a place of the current site again, with what must stand above it, if it is missing.

    Returns:
        The place's Vietnamese page, and how many pages were made; 0 where nothing was missing.

    Raises:
        KeyError: there is no place of this name.
    """
    made = starter.restore_place(name)
    if made:
        audit.record("place.restored", by=by, target=BY_NAME[name].label, place=name, pages=made)
    return find(name), made
