"""What operators do with the queue: look at it, try dead jobs again, forget old ones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django_tasks import task
from django_tenants.utils import get_public_schema_name, schema_context

from .models import Job
from .states import Status


def list_jobs(*, status: str = "", site: str = "", limit: int = 100) -> list[Job]:
    """The newest jobs of all sites, of one site or in one state."""
    with schema_context(get_public_schema_name()):
        jobs = Job.objects.newest_first()
        if status:
            jobs = jobs.with_status(status)
        if site:
            jobs = jobs.of_site(site)
        return list(jobs[:limit])


def retry_jobs(ids: Iterable[UUID | str] | None = None) -> int:
    """Give dead jobs (all of them without ``ids``) their attempts again; returns how many.

    Raises ``ValidationError`` for an id that is no UUID.
    """
    with schema_context(get_public_schema_name()):
        dead = Job.objects.dead()
        return (dead if ids is None else dead.filter(pk__in=list(ids))).revive()


def prune_jobs(*, older_than_days: float, dead: bool = False) -> int:
    """Forget jobs that ended so many days ago; returns how many.

    Dead jobs stay for somebody to look at, unless ``dead``.
    """
    with schema_context(get_public_schema_name()):
        old = Job.objects.finished_before(timezone.now() - timedelta(days=older_than_days))
        return (old if dead else old.with_status(Status.SUCCEEDED)).delete()[0]


@task()
def prune_old_jobs() -> int:
    """Periodic: forget succeeded jobs after the setting ``JOBS_KEEP_DAYS`` (7) days."""
    return prune_jobs(older_than_days=getattr(settings, "JOBS_KEEP_DAYS", 7))
