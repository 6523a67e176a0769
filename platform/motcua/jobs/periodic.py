"""Jobs that come round: the setting ``PERIODIC_JOBS`` and who enqueues them, exactly once.

    PERIODIC_JOBS = {
        "publish-scheduled": {
            "task": "sites.base.jobs.publish_scheduled",
            "every": 60,                                  # seconds
            "scope": "site",                              # or "public": one job, in no site
            "due": "sites.base.jobs.sites_with_due_pages",  # optional
            "spread": 0,                                  # optional, seconds
            "kwargs": {},                                 # optional, JSON
        },
    }

A job of scope "site" runs once in each active site (``motcua.jobs.sites.active_sites``). ``due`` is
called in ``public`` with their schema names and returns those that have something to do, so that
a thousand quiet sites cost one query instead of a thousand jobs (``motcua.jobs.due`` builds such
a query). ``spread`` distributes the sites' jobs over that many seconds.

Any worker may call ``enqueue_due``. A row of ``PeriodicRun`` per name is the lock: claim and jobs
are one transaction. A site whose last job of that name still waits or runs gets no second one.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tenants.utils import get_public_schema_name, schema_context

from .models import Job, PeriodicRun
from .results import task_at
from .retries import policy_for
from .sites import active_sites

logger = logging.getLogger(__name__)

SCOPES = ("site", "public")


@dataclass(frozen=True)
class Periodic:
    """One entry of ``PERIODIC_JOBS``; the fields are its keys. Times are in seconds."""

    name: str
    task: str
    every: float
    scope: str = "site"
    due: str = ""
    spread: float = 0
    kwargs: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.scope not in SCOPES:
            raise ValueError(f"scope must be one of {', '.join(SCOPES)}")
        if self.every <= 0 or self.spread < 0:
            raise ValueError("every must be positive, spread not negative")

    def sites(self) -> Sequence[str]:
        """Where a job is needed now."""
        if self.scope == "public":
            return [get_public_schema_name()]
        sites = active_sites()
        return list(import_string(self.due)(sites)) if self.due and sites else sites

    def next_start(self, last: datetime | None, now: datetime) -> datetime:
        """The start to write down: in step with the last one unless a whole period was missed."""
        step = timedelta(seconds=self.every)
        in_step = last is not None and step <= now - last < 2 * step
        return last + step if last is not None and in_step else now

    def is_due(self, last: datetime | None, now: datetime) -> bool:
        """Whether a period has passed since the last start.

        A start a whole period ahead was written by a clock that was wrong, not by a worker
        whose clock differs a little: waiting for that hour could take for ever.
        """
        return last is None or abs(now - last) >= timedelta(seconds=self.every)


def periodic_jobs() -> list[Periodic]:
    """The entries of ``PERIODIC_JOBS``. Raises ``TypeError`` or ``ValueError`` for a wrong one."""
    entries: Mapping[str, Mapping[str, Any]] = getattr(settings, "PERIODIC_JOBS", {})
    return [Periodic(name=name, **entry) for name, entry in entries.items()]


def enqueue_due(now: datetime | None = None) -> int:
    """Enqueue every periodic job whose time has come; returns the number of new jobs.

    Safe to call from any number of workers at once. An entry that fails is logged and tried again
    at the next call; it does not hold up the others.
    """
    now = now or timezone.now()
    with schema_context(get_public_schema_name()):
        return sum(_enqueue(entry, now) for entry in _due_entries(now))


def _due_entries(now: datetime) -> Iterable[Periodic]:
    entries = periodic_jobs()
    last = dict(PeriodicRun.objects.values_list("name", "last_enqueued_at"))
    PeriodicRun.ensure(entry.name for entry in entries if entry.name not in last)
    return [entry for entry in entries if entry.is_due(last.get(entry.name), now)]


def _enqueue(entry: Periodic, now: datetime) -> int:
    try:
        with transaction.atomic():
            return len(_new_jobs(entry, now)) if _claim(entry, now) else 0
    except (InterfaceError, OperationalError):
        raise  # the database is away: nothing else would work either
    except Exception:
        logger.exception("periodic job %s cannot be enqueued", entry.name)
        return 0


def _claim(entry: Periodic, now: datetime) -> bool:
    """Take this turn, unless another worker has it or had it."""
    runs = PeriodicRun.objects.select_for_update(skip_locked=True)
    run = runs.filter(name=entry.name).first()
    if run is None or not entry.is_due(run.last_enqueued_at, now):
        return False
    run.last_enqueued_at = entry.next_start(run.last_enqueued_at, now)
    run.save(update_fields=["last_enqueued_at"])
    return True


def _new_jobs(entry: Periodic, now: datetime) -> list[Job]:
    sites = entry.sites()
    task, attempts = task_at(entry.task), policy_for(entry.task).max_attempts
    jobs = [
        Job(
            site=site,
            task_path=task.module_path,
            kwargs=dict(entry.kwargs),
            queue=task.queue_name,
            priority=task.priority,
            periodic=entry.name,
            max_attempts=attempts,
            run_after=now + timedelta(seconds=entry.spread * index / len(sites)),
        )
        for index, site in enumerate(sites)
    ]
    Job.objects.bulk_create(jobs, batch_size=500, ignore_conflicts=True)
    return jobs
