"""What happens to a page, told to those that stand in for its translations.

Moves, deletions and view restrictions have no other place where all ways to them meet.
wagtail-localize gives every page made in the administration its aliases at once, without asking;
its function is wrapped here for types that need none.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import (
    copy_for_translation_done,
    page_published,
    page_unpublished,
    post_page_move,
)
from wagtail_localize import synctree

from . import mirroring, without_mirrors


def connect() -> None:
    """Connect the handlers; called once when Django is ready."""
    post_page_move.connect(_page_moved)
    page_published.connect(_page_published)
    page_unpublished.connect(_page_unpublished)
    pre_delete.connect(_page_going, sender=Page)
    copy_for_translation_done.connect(_page_copied)
    post_save.connect(_restriction_changed, sender=PageViewRestriction)
    post_delete.connect(_restriction_changed, sender=PageViewRestriction)
    m2m_changed.connect(_groups_changed, sender=PageViewRestriction.groups.through)
    make = synctree.create_aliases_for_new_page
    if not hasattr(make, "__wrapped__"):
        synctree.create_aliases_for_new_page = _where_needed(make)


def _where_needed(make: Callable[[Page], None]) -> Callable[[Page], None]:
    @wraps(make)
    def make_aliases(page: Page) -> None:
        if without_mirrors.need_mirrors(page.specific_class):
            make(page)

    return make_aliases


def _page_moved(instance: Page, **_kwargs: Any) -> None:
    mirroring.follow_move(instance)


def _page_published(instance: Page, **_kwargs: Any) -> None:
    mirroring.follow_words(instance)


def _page_unpublished(instance: Page, **_kwargs: Any) -> None:
    mirroring.follow_withdrawal(instance)


def _page_going(instance: Page, **_kwargs: Any) -> None:
    mirroring.follow_deletion(instance)


def _page_copied(source_obj: Any, target_obj: Any, **_kwargs: Any) -> None:
    if isinstance(target_obj, Page) and target_obj.alias_of_id:
        mirroring.restrict_like_source(target_obj)


def _restriction_changed(instance: PageViewRestriction, **_kwargs: Any) -> None:
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None and not page.alias_of_id:
        mirroring.follow_restrictions(page)


def _groups_changed(instance: Any, action: str, **_kwargs: Any) -> None:
    if action.startswith("post_") and isinstance(instance, PageViewRestriction):
        _restriction_changed(instance)
