"""Taking jobs from the queue, and taking them back from workers that died.

Two workers never get the same job: a claim is one statement that locks its row and skips the rows
others have locked.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from .models import Job

logger = logging.getLogger(__name__)

_DUE = "status = 'ready' AND run_after <= statement_timestamp()"

_CLAIM = """
WITH next AS MATERIALIZED (
    SELECT id FROM public.jobs_job
    WHERE {due} {conditions}
    ORDER BY priority DESC, run_after
    LIMIT 1
    FOR UPDATE SKIP LOCKED
)
UPDATE public.jobs_job AS job
SET status = 'running', attempts = job.attempts + 1, worker = %(worker)s,
    started_at = statement_timestamp(), heartbeat_at = statement_timestamp()
FROM next WHERE job.id = next.id
RETURNING job.*
"""

_QUEUES = "AND queue = ANY(%(queues)s)"
# A site keeps its worker only while nothing more urgent waits elsewhere.
_THIS_SITE = """AND site = %(site)s AND priority >= (
    SELECT coalesce(max(priority), -32768) FROM public.jobs_job WHERE {due} {queues})"""
_OTHER_SITES = "AND site <> %(site)s"


@dataclass
class Claims:
    """One worker's way through the queue.

    Jobs stay with a site while they can, because every site a connection touches costs it memory
    (ARCHITECTURE, "Past one machine"). After ``stay`` jobs in a row the other sites come first
    once, so that one busy site cannot starve the rest.

    ``queues``: names to serve, empty for all. ``worker``: the name written into the jobs.
    """

    worker: str
    queues: Sequence[str] = ()
    stay: int = 20
    site: str = ""
    streak: int = 0

    def next(self) -> Job | None:
        """Claim the next due job, or None. Call it in ``public``, outside of transactions."""
        job = None
        if self.site and self.streak < self.stay:
            job = self._claim(_THIS_SITE)
        elif self.site:
            job = self._claim(_OTHER_SITES)
        job = job or self._claim("")
        self._remember(job)
        return job

    def _remember(self, job: Job | None) -> None:
        site = job.site if job else ""
        full = self.streak >= self.stay
        self.streak = self.streak + 1 if site == self.site and not full else 1
        self.site = site

    def _claim(self, where: str) -> Job | None:
        queues = _QUEUES if self.queues else ""
        conditions = f"{where} {queues}".format(due=_DUE, queues=queues)
        values = {"worker": self.worker, "site": self.site, "queues": list(self.queues)}
        claimed = Job.objects.raw(_CLAIM.format(due=_DUE, conditions=conditions), values)
        return next(iter(claimed), None)


def recover_lost_jobs(lost_after: float) -> int:
    """Return jobs of workers that were silent for ``lost_after`` seconds to the queue.

    The lost attempt counts: a job that kills its workers ends in the dead-letter list.
    Returns how many jobs were taken back.
    """
    with transaction.atomic():
        lost = list(Job.objects.silent_for(lost_after).select_for_update(skip_locked=True)[:500])
        for job in lost:
            _take_back(job, lost_after)
    return len(lost)


def _take_back(job: Job, lost_after: float) -> None:
    reason = f"Worker {job.worker} gave no sign of life for {lost_after:g} s."
    logger.warning("job lost its worker: %s", job.task_path, extra=job.for_logs)
    if job.attempts < job.max_attempts:
        job.recover(reason=reason)
    else:
        job.bury(error_class="WorkerLost", error=reason)
