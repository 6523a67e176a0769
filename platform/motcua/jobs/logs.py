"""Every log line written while a job runs names its site and its job.

``JobLogFilter`` adds ``record.site`` and ``record.job``; attach it to the handlers in ``LOGGING``.
Lines that already carry the two (``extra=``) keep them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

_job_id: ContextVar[str] = ContextVar("motcua_job_id", default="")


def current_job_id() -> str:
    """The id of the job this thread runs, or an empty string outside of jobs."""
    return _job_id.get()


@contextmanager
def job_in_logs(job_id: str) -> Iterator[None]:
    """Mark everything inside as done by this job."""
    token = _job_id.set(job_id)
    try:
        yield
    finally:
        _job_id.reset(token)


class JobLogFilter(logging.Filter):
    """Adds the current site (schema name) and job to records that do not name them."""

    def filter(self, record: logging.LogRecord) -> bool:
        if not hasattr(record, "site"):
            record.site = getattr(connection, "schema_name", "") or ""
        if not hasattr(record, "job"):
            record.job = current_job_id()
        return True
