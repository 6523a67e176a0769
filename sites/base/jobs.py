"""Background work on a site's pages."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from wagtail.models import Page, Revision

from . import mirroring, reconciling
from .links import actions as link_actions

WORKS_FOR = 30  # seconds that one job gives to aliases

logger = logging.getLogger(__name__)


class NotAllDone(Exception):
    """Some pages could not be published or taken down; the log and the message name them."""


@task()
def publish_due_pages() -> None:
    """Take down and publish what is due on the current site.

    Each page is a transaction of its own with the hub, so that one that fails does not keep the
    others back. Wagtail's ``publish_scheduled`` does the same work without either.

    Raises:
        NotAllDone: some failed; the job is tried again.
    """
    now = timezone.now()
    expired = Page.objects.filter(live=True, expire_at__lt=now).specific()
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    failed = [*_each(expired, _take_down), *_each(due, _publish)]
    if failed:
        raise NotAllDone("; ".join(failed))


@task()
def reconcile_hub() -> list[str]:
    """Compare the current site with the hub and correct the hub; returns what was wrong."""
    return reconciling.reconcile()


@task()
def mirror_pages() -> int:
    """Give the current site's untranslated pages their aliases; returns how many this one made.

    After an import of thousands that takes minutes: a job works for a while and leaves the rest
    to the next, so that other sites get their turn and an upgrade need not wait. One that gets
    nowhere orders no other.
    """
    made = mirroring.synchronise(seconds=WORKS_FOR)
    if made and mirroring.is_behind():
        mirror_pages.enqueue()
    return made


@task()
def check_links() -> int:
    """Check all links of the current site's public pages; returns how many are broken."""
    return link_actions.check_site()


def _each(things: Iterable[Any], act: Callable[[Any], None]) -> list[str]:
    failed = []
    for thing in list(things):
        try:
            with transaction.atomic():
                act(thing)
        except Exception as error:
            logger.exception("%s is due and failed", thing)
            failed.append(f"{type(thing).__name__} {thing.pk}: {type(error).__name__}")
    return failed


def _take_down(page: Page) -> None:
    page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(revision: Revision) -> None:
    revision.publish(log_action="wagtail.publish.scheduled")
