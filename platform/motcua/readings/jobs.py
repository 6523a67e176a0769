"""The only places from which sources are asked."""

from __future__ import annotations

from django_tasks import task

from motcua.jobs.retries import retries

from . import actions
from .models import Source


@retries(max_attempts=1)  # the next round comes anyway, later after each failure
@task()
def read_due_sources() -> dict[str, str]:
    """Ask the sources whose time has come; periodic, in ``public``."""
    return actions.read_due()


@retries(max_attempts=1)
@task()
def read_source(key: str) -> str:
    """Ask one source now, because somebody wants to see what it says; returns the error's code."""
    return actions.read(Source.objects.get(provider_key=key))
