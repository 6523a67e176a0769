"""The worker: claims jobs, runs them, looks after lost ones and enqueues the periodic ones."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from .claims import Claims, recover_lost_jobs
from .heartbeat import Heartbeat
from .periodic import enqueue_due
from .runner import leave_site, run_job

logger = logging.getLogger(__name__)

# A connection keeps memory for every site it has touched (ARCHITECTURE, "Past one machine").
RECYCLE_AFTER_SITES = 100
LONGEST_REST = 30.0


def _seconds(name: str, default: float) -> float:
    return float(getattr(settings, name, default))


class Worker:
    """Runs jobs one after the other in the thread that calls it.

    ``queues``: names to serve, all when empty. ``poll``: seconds to wait when there is nothing to
    do. ``housekeeping``: seconds between two looks at lost and periodic jobs. ``lost_after``:
    seconds without a sign of life after which another worker's job is taken back (setting
    ``JOBS_LOST_AFTER_SECONDS``, 60). ``heartbeat``: shared by the workers of one process (its
    interval is the setting ``JOBS_HEARTBEAT_SECONDS``, 10). ``stay``: see ``Claims``.
    """

    def __init__(
        self,
        *,
        queues: Sequence[str] = (),
        poll: float = 1.0,
        housekeeping: float = 5.0,
        lost_after: float | None = None,
        heartbeat: Heartbeat | None = None,
        stay: int = 20,
    ) -> None:
        self.name = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"
        self.poll = poll
        self.housekeeping = housekeeping
        self.lost_after = lost_after or _seconds("JOBS_LOST_AFTER_SECONDS", 60)
        self.heartbeat = heartbeat or Heartbeat(_seconds("JOBS_HEARTBEAT_SECONDS", 10))
        self.claims = Claims(worker=self.name, queues=queues, stay=stay)
        self._visited: set[str] = set()
        self._next_housekeeping = 0.0
        self._stop = threading.Event()

    def run_once(self) -> bool:
        """Run one due job to its end; False when there is none. Call outside of transactions."""
        leave_site()
        job = self.claims.next()
        if job is None:
            return False
        with self.heartbeat.of(job):
            run_job(job)
        self._recycle_connection(job.site)
        return True

    def run_until_idle(self) -> int:
        """Keep house once, then run every job that is due; returns how many were run."""
        self.keep_house()
        count = 0
        while not self._stop.is_set() and self.run_once():
            count += 1
        return count

    def run(self) -> None:
        """Run jobs until ``stop`` is called; survives losing the database."""
        logger.info("worker %s starts", self.name)
        rest = self.poll
        try:
            while not self._stop.is_set():
                rest = self._run_some(rest)
        finally:
            self.heartbeat.close()
            connection.close()
            logger.info("worker %s ends", self.name)

    def stop(self) -> None:
        """Finish the current job, then return from ``run``. Any thread may call it."""
        self._stop.set()

    def keep_house(self) -> None:
        """Take back the jobs of dead workers and enqueue the periodic jobs that are due."""
        self._next_housekeeping = time.monotonic() + self.housekeeping
        leave_site()
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        recover_lost_jobs(self.lost_after)
        enqueue_due()

    def _run_some(self, rest: float) -> float:
        """One round of ``run``; returns how long to rest should the next one fail."""
        try:
            if time.monotonic() >= self._next_housekeeping:
                self.keep_house()
            if not self.run_once():
                self._stop.wait(self.poll)
            return self.poll
        except Exception as error:
            away = isinstance(error, (InterfaceError, OperationalError))
            logger.error("worker rests for %.0f s: %s", rest, error, exc_info=not away)
            _drop_connection()
            self._stop.wait(rest)
            return min(rest * 2, LONGEST_REST)

    def _recycle_connection(self, site: str) -> None:
        self._visited.add(site)
        if len(self._visited) >= RECYCLE_AFTER_SITES and not connection.in_atomic_block:
            self._visited.clear()
            connection.close()


def _drop_connection() -> None:
    try:
        connection.set_schema_to_public()
        connection.close()
    except Exception:
        logger.warning("closing the connection failed", exc_info=True)


def run_workers(*, threads: int = 1, queues: Sequence[str] = (), once: bool = False) -> None:
    """Work with several threads in this process until SIGTERM or SIGINT.

    The first signal lets the current jobs finish, a second SIGINT interrupts the main thread's.
    ``once``: return as soon as nothing is due. Call it from the main thread.
    """
    heartbeat = Heartbeat(_seconds("JOBS_HEARTBEAT_SECONDS", 10))
    workers = [Worker(queues=queues, heartbeat=heartbeat) for _ in range(threads)]
    with _stopped_by_signals(workers):
        others = [_start_thread(_loop(worker, once)) for worker in workers[1:]]
        _loop(workers[0], once)()
        for thread in others:
            thread.join()


def _loop(worker: Worker, once: bool) -> Callable[[], object]:
    return worker.run_until_idle if once else worker.run


def _start_thread(loop: Callable[[], object]) -> threading.Thread:
    def work() -> None:
        try:
            loop()
        finally:
            connection.close()

    thread = threading.Thread(target=work, name="jobs", daemon=True)
    thread.start()
    return thread


@contextmanager
def _stopped_by_signals(workers: Sequence[Worker]) -> Iterator[None]:
    """While inside, SIGTERM and SIGINT stop the workers gently."""

    def stop(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for worker in workers:
            worker.stop()

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
