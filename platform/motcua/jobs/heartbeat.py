"""Signs of life of running jobs, from a thread with a connection of its own.

A job may be busy for minutes in one statement or outside the database, so the sign cannot come
from its own thread. The second connection opens only when a job outlives one interval.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection
from django.db.models.functions import Now

from .models import Job

logger = logging.getLogger(__name__)


class Heartbeat:
    """Keeps the jobs of one process alive; workers of several threads may share it.

    ``interval``: seconds between two signs of life, several times less than a worker is given
    before it counts as lost.
    """

    def __init__(self, interval: float) -> None:
        self.interval = interval
        self._jobs: set[tuple[UUID, str]] = set()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @contextmanager
    def of(self, job: Job) -> Iterator[None]:
        """Give signs of life for this job while inside."""
        held = (job.pk, job.worker)
        with self._lock:
            self._jobs.add(held)
            self._start()
        try:
            yield
        finally:
            with self._lock:
                self._jobs.discard(held)

    def close(self) -> None:
        """Stop the thread."""
        self._stop.set()

    def _start(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._stop.clear()
            self._thread = threading.Thread(target=self._run, name="job-heartbeat", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while not self._stop.wait(self.interval):
            self._beat()
        connection.close()

    def _beat(self) -> None:
        with self._lock:
            jobs = list(self._jobs)
        try:
            if jobs:
                self._sign(jobs)
            else:
                connection.close()
        except Exception:
            logger.warning("heartbeat failed, trying again", exc_info=True)
            connection.close()

    def _sign(self, jobs: list[tuple[UUID, str]]) -> None:
        held = Job.objects.running().filter(
            pk__in=[pk for pk, _ in jobs], worker__in={worker for _, worker in jobs}
        )
        held.update(heartbeat_at=Now())
