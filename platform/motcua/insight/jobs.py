"""Periodic work of the visits; runs in ``public``."""

from __future__ import annotations

from django_tasks import task

from . import forgetting


@task()
def forget_visitors() -> int:
    """Forget who is gone."""
    return forgetting.forget_visitors()


@task()
def prune_page_days() -> int:
    """Drop the days of pages that are too old."""
    return forgetting.prune_page_days()
