"""A wrong ``PERIODIC_JOBS`` or ``TASKS`` setting stops the start, not a job at night."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core import checks
from django.utils.module_loading import import_string

from .periodic import Periodic
from .results import task_at


@checks.register("jobs")
def check_backend(**_: Any) -> list[checks.CheckMessage]:
    """Without our backend, what Wagtail enqueues would lose its site."""
    backend = getattr(settings, "TASKS", {}).get("default", {}).get("BACKEND")
    if backend == "motcua.jobs.backend.SiteJobBackend":
        return []
    return [checks.Error("TASKS['default'] must use SiteJobBackend.", id="jobs.E002")]


@checks.register("jobs")
def check_periodic_jobs(**_: Any) -> list[checks.CheckMessage]:
    """Every entry has the right keys, an existing task and, if named, an existing ``due``."""
    entries = getattr(settings, "PERIODIC_JOBS", {})
    return [error for name, entry in entries.items() for error in _faults(name, entry)]


def _faults(name: str, entry: dict[str, Any]) -> Iterator[checks.CheckMessage]:
    try:
        periodic = Periodic(name=name, **entry)
        task_at(periodic.task)
        if periodic.due:
            import_string(periodic.due)
    except Exception as error:  # whatever is wrong, the entry must be named
        yield checks.Error(f"PERIODIC_JOBS[{name!r}]: {error}", id="jobs.E003")
