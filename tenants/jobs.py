"""Background work of the registry."""

from __future__ import annotations

from django_tasks import task

from . import pool


@task()
def refill_pool() -> int:
    """Replace claimed and outdated spare schemas; returns how many were created."""
    return pool.refill()
