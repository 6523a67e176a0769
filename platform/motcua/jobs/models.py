"""The queue. Both tables live in ``public`` and name sites by schema, without a foreign key."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks.base import TASK_MAX_PRIORITY, TASK_MIN_PRIORITY

from . import states
from .states import Status, Transition


class JobQuerySet(models.QuerySet["Job"]):
    """Queries by intent; they chain."""

    def of_site(self, schema_name: str) -> JobQuerySet:
        """Jobs that carry this site."""
        return self.filter(site=schema_name)

    def with_status(self, status: str) -> JobQuerySet:
        """Jobs in this state."""
        return self.filter(status=status)

    def dead(self) -> JobQuerySet:
        """The dead-letter list."""
        return self.filter(status=Status.DEAD)

    def running(self) -> JobQuerySet:
        """Jobs that a worker holds."""
        return self.filter(status=Status.RUNNING)

    def finished_before(self, moment: datetime) -> JobQuerySet:
        """Jobs that ended, well or badly, before this moment."""
        return self.filter(status__in=states.FINISHED, finished_at__lt=moment)

    def silent_for(self, seconds: float) -> JobQuerySet:
        """Running jobs whose worker gave no sign of life for so long, by the database's clock."""
        return self.running().filter(heartbeat_at__lt=Now() - timedelta(seconds=seconds))

    def hold_waiting_twin(self, job: Job) -> Job | None:
        """A due job of the same site, task and arguments, kept from workers until we commit.

        Without the lock a worker could run it before our changes can be seen. One that is locked
        already, by a worker or another transaction, is no help.
        """
        twins = (
            self.of_site(job.site)
            .with_status(Status.READY)
            .filter(task_path=job.task_path, args=job.args, kwargs=job.kwargs, run_after__lte=Now())
        )
        if transaction.get_connection(self.db).in_atomic_block:
            twins = twins.select_for_update(skip_locked=True)
        return twins.first()

    def newest_first(self) -> JobQuerySet:
        """By the time of the last thing that happened to them."""
        return self.order_by(Coalesce("finished_at", "enqueued_at").desc(), "id")

    def revive(self) -> int:
        """Give dead jobs all their attempts again; returns how many.

        A periodic job of which a newer one is already waiting stays dead.
        """
        newer = Job.objects.filter(
            periodic=models.OuterRef("periodic"),
            site=models.OuterRef("site"),
            status__in=states.WAITING,
        )
        replaced = ~Q(periodic="") & models.Exists(newer)
        return sum(job.revive() for job in self.dead().exclude(replaced))


class Job(models.Model):
    """One call of a task, to be made in one site."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.CharField(_("site"), max_length=63)
    task_path = models.CharField(_("task"), max_length=255)
    args = models.JSONField(_("positional arguments"), default=list)
    kwargs = models.JSONField(_("named arguments"), default=dict)
    queue = models.CharField(_("queue"), max_length=32)
    priority = models.SmallIntegerField(_("priority"), default=0)
    periodic = models.CharField(_("periodic job"), max_length=64, blank=True, default="")

    status = models.CharField(
        _("status"), max_length=9, choices=Status.choices, default=Status.READY
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    max_attempts = models.PositiveSmallIntegerField(_("attempts allowed"), default=3)
    run_after = models.DateTimeField(_("not before"), default=timezone.now)
    enqueued_at = models.DateTimeField(_("enqueued"), default=timezone.now)
    started_at = models.DateTimeField(_("last started"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True)
    worker = models.CharField(_("last worker"), max_length=64, blank=True, default="")

    error_class = models.CharField(_("last error"), max_length=255, blank=True, default="")
    error = models.TextField(_("traceback of the last error"), blank=True, default="")
    return_value = models.JSONField(_("return value"), null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes = [
            models.Index(
                F("priority").desc(),
                "run_after",
                name="jobs_job_ready",
                condition=Q(status="ready"),
            ),
            models.Index(
                "site",
                F("priority").desc(),
                "run_after",
                name="jobs_job_site_ready",
                condition=Q(status="ready"),
            ),
            models.Index("heartbeat_at", name="jobs_job_running", condition=Q(status="running")),
            models.Index(
                "finished_at",
                name="jobs_job_finished",
                condition=Q(status__in=["succeeded", "dead"]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["periodic", "site"],
                name="jobs_job_one_periodic_waiting",
                condition=Q(status__in=["ready", "running"]) & ~Q(periodic=""),
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="jobs_job_status_known"
            ),
            models.CheckConstraint(
                condition=Q(priority__range=(TASK_MIN_PRIORITY, TASK_MAX_PRIORITY)),
                name="jobs_job_priority_range",
            ),
            models.CheckConstraint(
                condition=Q(max_attempts__gte=1), name="jobs_job_attempts_allowed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_path} [{self.site}] {self.id}"

    @property
    def for_logs(self) -> dict[str, str]:
        """The ``extra`` of a log line about this job."""
        return {"site": self.site, "job": str(self.id), "task": self.task_path}

    def succeed(self, value: Any) -> bool:
        """The task returned ``value`` (JSON)."""
        changes = {"return_value": value, "error_class": "", "error": ""}
        return self._move(states.SUCCEED, finished_at=timezone.now(), **changes)

    def retry(self, *, after: float, error_class: str, error: str) -> bool:
        """The task failed; try again in ``after`` seconds."""
        return self._wait(states.RETRY, after, error_class=error_class, error=error)

    def recover(self, *, reason: str) -> bool:
        """The worker is gone; the attempt counts, the job is due at once."""
        return self._wait(states.RECOVER, 0, error_class="WorkerLost", error=reason)

    def postpone(self, *, after: float, reason: str) -> bool:
        """The site cannot run jobs for ``after`` seconds or longer; no attempt is used up."""
        attempts = max(self.attempts - 1, 0)
        return self._wait(
            states.POSTPONE, after, attempts=attempts, error_class="SiteNotReady", error=reason
        )

    def bury(self, *, error_class: str, error: str) -> bool:
        """Move to the dead-letter list."""
        return self._move(
            states.BURY, finished_at=timezone.now(), error_class=error_class, error=error
        )

    def revive(self) -> bool:
        """Give a dead job all its attempts again."""
        try:
            with transaction.atomic():
                return self._wait(states.REVIVE, 0, attempts=0, finished_at=None)
        except IntegrityError:  # a newer run of this periodic job came in between
            return False

    def _wait(self, step: Transition, seconds: float, **changes: Any) -> bool:
        run_after = timezone.now() + timedelta(seconds=seconds)
        return self._move(step, run_after=run_after, heartbeat_at=None, **changes)

    def _move(self, step: Transition, **changes: Any) -> bool:
        """Take one step of the table; False when the job is no longer as we know it.

        Worker and attempt are part of the condition: a worker that was taken for dead and comes
        back must not touch a job that another one runs by now.
        """
        held = Job.objects.filter(
            pk=self.pk, status=step.source, worker=self.worker, attempts=self.attempts
        )
        moved = held.update(status=step.target, **changes) == 1
        if moved:
            for name, value in {"status": step.target, **changes}.items():
                setattr(self, name, value)
        return moved


class PeriodicRun(models.Model):
    """When a periodic job was last enqueued. One row is the lock for all workers."""

    name = models.CharField(_("name"), max_length=64)
    last_enqueued_at = models.DateTimeField(_("last enqueued"), null=True)

    class Meta:
        verbose_name = _("periodic job")
        verbose_name_plural = _("periodic jobs")
        constraints = [models.UniqueConstraint(fields=["name"], name="jobs_periodicrun_name")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def ensure(cls, names: Iterable[str]) -> None:
        """Make the rows that are missing."""
        cls.objects.bulk_create([cls(name=name) for name in names], ignore_conflicts=True)
