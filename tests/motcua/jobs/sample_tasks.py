"""Tasks the tests enqueue; a worker of another process finds them by their dotted path."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, transaction
from django_tasks import task
from django_tasks.base import TaskContext

from motcua.jobs.logs import current_job_id
from motcua.jobs.models import Job
from motcua.jobs.retries import retries

# What ran in this process, in order: (schema name, argument).
ran: list[tuple[str, Any]] = []
let_go = threading.Event()


@task()
def note(value: Any) -> None:
    ran.append((connection.schema_name, value))


@task()
def where_am_i() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        found = cursor.fetchone()[0]
    return {"connection": connection.schema_name, "database": found, "job": current_job_id()}


@task(takes_context=True)
def tell_attempt(context: TaskContext, word: str) -> str:
    return f"{word} {context.attempt}"


@task()
def fail(message: str = "không được") -> None:
    raise ValueError(message)


@retries(max_attempts=2, first_delay=100, factor=10, jitter=0)
@task()
def fail_twice() -> None:
    raise ValueError("again")


@retries(give_up_on=(PermissionError,))
@task()
def give_up() -> None:
    raise PermissionError("never")


@retries(obsolete_on=(ObjectDoesNotExist,))
@task()
def miss_object() -> None:
    raise ObjectDoesNotExist("gone")


@task()
def leave() -> None:
    raise SystemExit(1)


@task()
def return_no_json() -> object:
    return object()


@task()
def wander_and_fail(schema_name: str) -> None:
    connection.set_schema(schema_name)
    raise ValueError("lost")


@task()
def break_connection() -> None:
    """End one's own session, as a restarted server would."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


@task()
def leave_transaction_open() -> None:
    connection.set_autocommit(False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@task()
def leave_block_open(fail_inside: bool = False) -> None:
    transaction.atomic().__enter__()
    Job.objects.update(queue="changed")
    with contextlib.suppress(DatabaseError), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0" if fail_inside else "SELECT 1")


@task()
def fail_unstorably() -> None:
    raise ValueError("a\0b\ud800c")


class Mute(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no words")


@task()
def fail_mutely() -> None:
    raise Mute


@task()
def return_unstorably(kind: str) -> object:
    return {"nul": "a\0b", "surrogate": ["\ud800"], "nan": float("nan")}[kind]


@task()
def log_a_line() -> None:
    logging.getLogger("some.library").warning("a line")


@task()
def wait_for_signal() -> None:
    let_go.wait(20)


@task()
def interrupt() -> None:
    raise KeyboardInterrupt


@task()
def write_and_hang(path: str, seconds: float) -> None:
    """Leave a line with the process id; the first one to do so is then busy for a while."""
    with Path(path).open("a") as file:
        file.write(f"{os.getpid()}\n")
    if len(Path(path).read_text().splitlines()) == 1:
        time.sleep(seconds)


def no_site_is_due(sites: list[str]) -> list[str]:
    return []


def first_site_is_due(sites: list[str]) -> list[str]:
    return sites[:1]


def fail_to_tell(sites: list[str]) -> list[str]:
    raise LookupError("no idea")


def ask_wrongly(sites: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM public.no_such_table")
    return sites


two_sites: list[str] = []


def the_two_sites() -> list[str]:
    return two_sites
