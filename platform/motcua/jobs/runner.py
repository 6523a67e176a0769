"""One claimed job, from entering its site to writing down how it ended.

The job runs outside of any transaction of ours; its status is written afterwards, in ``public``,
in a statement of its own.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, reset_queries
from django.utils import translation
from django_tasks.signals import task_finished, task_started
from django_tasks.utils import normalize_json

from . import errors
from .logs import job_in_logs
from .models import Job
from .results import call, result_of, task_at
from .retries import Retries, policy_for
from .sites import SiteGone, SiteNotReady, enter_site
from .states import Status

logger = logging.getLogger(__name__)

# Seconds until a job is looked at again whose site is suspended, in maintenance or being prepared.
POSTPONED_FOR = 60.0
# Rests between attempts to write a job's end while the database is away; then recovery takes over.
WRITE_RESTS = (0.2, 1.0, 3.0, 5.0)


class TransactionLeftOpen(Exception):
    """The task returned within a transaction, whose work nobody would ever commit."""


def run_job(job: Job) -> None:
    """Run a claimed job in its site, and succeed, retry, postpone or bury it.

    Whatever the task does, the connection is usable and in ``public`` afterwards. Only a request
    to end the process (``KeyboardInterrupt``) is raised on, after the job went back to the queue.
    """
    with job_in_logs(str(job.pk)), translation.override(settings.LANGUAGE_CODE):
        started = time.monotonic()
        write = _outcome(job)
        _write(job, write)
        logger.info(
            "job %s: %s",
            job.status,
            job.task_path,
            extra={**job.for_logs, "attempt": job.attempts, "seconds": time.monotonic() - started},
        )
        _announce_end(job)
        reset_queries()


def leave_site() -> None:
    """Put this thread's connection back into ``public``, and drop it if it is broken.

    Its age does not matter here: with ``CONN_MAX_AGE = 0`` every job would pay for two sessions.
    """
    connection.set_schema_to_public()
    if connection.connection is None or connection.in_atomic_block:
        return
    if not connection.get_autocommit() or (
        connection.errors_occurred and not connection.is_usable()
    ):
        connection.close()
    connection.errors_occurred = False


def _outcome(job: Job) -> Callable[[], bool]:
    """Run the task; what has to be written about it."""
    outside = _depth()
    try:
        value = _call_in_site(job)
        if _depth() > outside:
            raise TransactionLeftOpen(job.task_path)
    except SiteGone as error:
        return _ending(job.bury, "SiteGone", str(error))
    except SiteNotReady as error:
        reason = str(error)
        return lambda: job.postpone(after=POSTPONED_FOR, reason=reason)
    except KeyboardInterrupt:
        _write(job, lambda: job.recover(reason="The worker was interrupted."))
        raise
    except BaseException as error:  # a task may raise SystemExit; the worker lives on
        return _after_failure(job, error)
    finally:
        _leave_transactions(outside)
        leave_site()
    return lambda: job.succeed(value)


def _depth() -> int:
    """How many transactions, one within the other, this thread stands in."""
    begun = connection.connection is not None and not connection.autocommit
    return len(connection.atomic_blocks) + begun


def _leave_transactions(outside: int) -> None:
    """Undo what a task began and did not end; the next job must not run in its transaction."""
    if connection.atomic_blocks and _depth() > outside == 0:
        connection.close()
        connection.connect()  # which forgets the blocks


def _call_in_site(job: Job) -> Any:
    with enter_site(job.site):
        task = task_at(job.task_path)
        result = result_of(job, task)
        task_started.send(type(task.get_backend()), task_result=result)
        return _as_json(job, call(task, result))


def _as_json(job: Job, value: Any) -> Any:
    """The value, or None when it cannot be kept: the work is done, and not repeated for that."""
    try:
        normal = normalize_json(value)
        _refuse_unstorable(normal)
        return normal
    except (TypeError, ValueError, RecursionError):
        logger.warning("return value is no JSON: %s", job.task_path, extra=job.for_logs)
        return None


def _refuse_unstorable(value: Any) -> None:
    """PostgreSQL's JSON holds neither NaN nor NUL nor halves of surrogate pairs."""
    text = json.dumps(value, allow_nan=False, ensure_ascii=False).encode()
    if b"\\u0000" in text:
        raise ValueError("NUL")


def _after_failure(job: Job, error: BaseException) -> Callable[[], bool]:
    policy = policy_for(job.task_path)
    if isinstance(error, policy.obsolete_on):
        return lambda: job.succeed(None)
    text, name = errors.describe(error), errors.class_path(error)[:255]
    logger.warning("job failed: %s\n%s", job.task_path, text, extra=job.for_logs)
    if _is_final(job, error, policy):
        return _ending(job.bury, name, text)
    return _ending(job.retry, name, text, after=policy.delay(job.attempts))


def _is_final(job: Job, error: BaseException, policy: Retries) -> bool:
    return job.attempts >= job.max_attempts or isinstance(error, policy.give_up_on)


def _ending(
    step: Callable[..., bool], error_class: str, error: str, **more: float
) -> Callable[[], bool]:
    return lambda: step(error_class=error_class, error=error, **more)


def _write(job: Job, write: Callable[[], bool]) -> None:
    """Write a job's end, also over a short absence of the database."""
    for rest in (*WRITE_RESTS, None):
        try:
            if not write():
                logger.warning("job was taken over: %s", job.task_path, extra=job.for_logs)
            return
        except (InterfaceError, OperationalError):
            connection.close()
            if rest is None:
                raise
            time.sleep(rest)


def _announce_end(job: Job) -> None:
    if job.status not in (Status.SUCCEEDED, Status.DEAD):
        return
    try:
        task = task_at(job.task_path)
        task_finished.send(type(task.get_backend()), task_result=result_of(job, task))
    except Exception:  # receivers are not ours, and the job has ended
        logger.warning("announcing the end failed", exc_info=True, extra=job.for_logs)
