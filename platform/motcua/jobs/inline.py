"""Running a task at once instead of queueing it, where no worker could ever do it.

The template schema is filled before it is dumped, and it is no site: an index update queued there
would find no site to run in, and the dump would lack its result.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import connection

_inline: ContextVar[bool] = ContextVar("motcua_jobs_inline", default=False)


@contextmanager
def run_inline() -> Iterator[None]:
    """Inside, ``enqueue`` runs the task in the caller's thread, site and transaction.

    Nothing is retried and no row is written; the task's exception reaches the caller.
    """
    token = _inline.set(True)
    try:
        yield
    finally:
        _inline.reset(token)


def is_inline() -> bool:
    """Whether a task enqueued now runs at once.

    True inside ``run_inline`` and in the schemas of the setting ``JOBS_INLINE_SCHEMAS``
    (default: ``site_template``).
    """
    schemas = getattr(settings, "JOBS_INLINE_SCHEMAS", ("site_template",))
    return _inline.get() or connection.schema_name in schemas
