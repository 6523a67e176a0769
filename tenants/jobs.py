"""Background work of the registry."""

from __future__ import annotations

from django_tasks import task

from . import imports, pool


@task()
def refill_pool() -> int:
    """Replace claimed and outdated spare schemas; returns how many were created."""
    return pool.refill()


@task()
def run_import(import_id: int) -> int:
    """Create the sites of an uploaded list; returns how many of its rows are behind us."""
    return imports.run(import_id).handled
