"""What happens to pages outside `SitePage.save`, told to the hub.

Moves, view restrictions, deletions and changes of an image reach many pages at once, and
Wagtail offers no other place to notice them.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_unpublished, post_page_move

from . import sharing
from .media import SiteImage, SiteRendition
from .pages import BOOKKEEPING


def connect() -> None:
    """Connect the handlers; called once when Django is ready."""
    post_page_move.connect(_page_moved)
    page_unpublished.connect(_page_unpublished)
    post_save.connect(_plain_page_saved, sender=Page)
    post_delete.connect(_page_deleted, sender=Page)
    post_save.connect(_restriction_changed, sender=PageViewRestriction)
    post_delete.connect(_restriction_changed, sender=PageViewRestriction)
    post_save.connect(_image_changed, sender=SiteImage)
    pre_delete.connect(_image_going, sender=SiteImage)
    post_delete.connect(_image_gone, sender=SiteImage)
    post_delete.connect(_rendition_gone, sender=SiteRendition)


def _page_moved(instance: Page, **_kwargs: Any) -> None:
    sharing.share_subtree(instance)


def _page_unpublished(instance: Page, **_kwargs: Any) -> None:
    sharing.share(instance.pk)


def _plain_page_saved(
    instance: Page, update_fields: frozenset[str] | None = None, **_kwargs: Any
) -> None:
    # Scheduled expiry, for one, loads pages as plain `Page`, past `SitePage.save`.
    if update_fields is None or not BOOKKEEPING.issuperset(update_fields):
        sharing.share(instance.pk)


def _page_deleted(instance: Page, **_kwargs: Any) -> None:
    sharing.withdraw([instance.pk])


def _restriction_changed(instance: PageViewRestriction, **_kwargs: Any) -> None:
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        sharing.share_subtree(page)


def _image_changed(instance: SiteImage, created: bool, **_kwargs: Any) -> None:
    if not created:
        sharing.share(*sharing.pages_led_by(instance.pk))


def _image_going(instance: SiteImage, **_kwargs: Any) -> None:
    instance._led_pages = sharing.pages_led_by(instance.pk)


def _image_gone(instance: SiteImage, **_kwargs: Any) -> None:
    sharing.share(*instance._led_pages)


def _rendition_gone(
    instance: SiteRendition, origin: Model | QuerySet[Any] | None = None, **_kwargs: Any
) -> None:
    # A new file for an image deletes its renditions; a deleted image takes them with it.
    model = getattr(origin, "model", type(origin))
    if instance.filter_spec == sharing.LEAD_IMAGE and model is SiteRendition:
        instance.purge_from_cache()
        sharing.share(*sharing.pages_led_by(instance.image_id))
