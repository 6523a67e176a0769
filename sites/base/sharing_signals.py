"""What happens to pages outside `SitePage.save`, told to the hub.

Moves, view restrictions and deletions reach many pages at once, and
Wagtail offers no other place to notice them.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_unpublished, post_page_move

from . import sharing


def connect() -> None:
    """Connect the handlers; called once when Django is ready."""
    post_page_move.connect(_page_moved)
    page_unpublished.connect(_page_unpublished)
    post_delete.connect(_page_deleted, sender=Page)
    post_save.connect(_restriction_changed, sender=PageViewRestriction)
    post_delete.connect(_restriction_changed, sender=PageViewRestriction)


def _page_moved(instance: Page, **_kwargs: Any) -> None:
    sharing.share_subtree(instance)


def _page_unpublished(instance: Page, **_kwargs: Any) -> None:
    # Scheduled expiry unpublishes pages as plain `Page`, past `SitePage.save`.
    sharing.share(instance.pk)


def _page_deleted(instance: Page, **_kwargs: Any) -> None:
    sharing.withdraw([instance.pk])


def _restriction_changed(instance: PageViewRestriction, **_kwargs: Any) -> None:
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        sharing.share_subtree(page)
