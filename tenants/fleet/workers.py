"""Several sites at once: forked processes, each with a connection of its own.

Written on pipes rather than on a pool of the standard library, because a worker that is killed
must cost its own site only, not the run.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from django.db import connection, connections
from django.utils.translation import gettext as _

from tenants.migrating import migrate_patiently

SITES_PER_CONNECTION = 20
"""A backend keeps up to 3 MB for each schema whose every table it touched, until it ends."""


@dataclass(frozen=True)
class Result:
    """What became of one schema; an empty ``error`` means that it is up to date."""

    schema_name: str
    error: str = ""


def processors() -> int:
    """Return how many sites this machine can migrate at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def migrate_all(schema_names: Iterable[str], jobs: int) -> Iterator[Result]:
    """Migrate schemas in up to ``jobs`` processes; yields each result as it comes.

    Leaving the iterator early lets the processes finish the schema they are at. Must not be
    called in a transaction: the caller's connections are closed before the processes fork.
    """
    queue = list(reversed(list(schema_names)))
    crew: list[_Worker] = []
    try:
        for _number in range(min(jobs, len(queue))):
            crew.append(_Worker(queue.pop(), crew))
        while crew:
            for pipe in wait([worker.pipe for worker in crew]):
                worker = next(worker for worker in crew if worker.pipe is pipe)
                yield worker.result()
                _go_on(worker, queue, crew)
    finally:
        for worker in crew:
            worker.dismiss()


def _go_on(worker: _Worker, queue: list[str], crew: list[_Worker]) -> None:
    """Give a worker its next schema, or send it home; replace it if it died."""
    if queue and worker.process.is_alive():
        worker.begin(queue.pop())
        return
    crew.remove(worker)
    worker.dismiss()
    if queue:
        crew.append(_Worker(queue.pop(), crew))


class _Worker:
    """One process and our end of the pipe to it."""

    def __init__(self, schema_name: str, others: list[_Worker]) -> None:
        connections.close_all()  # a forked process must not speak on our connection
        fork = multiprocessing.get_context("fork")
        self.pipe, theirs = fork.Pipe()
        ours = [self.pipe, *(other.pipe for other in others)]
        self.process: BaseProcess = fork.Process(target=_work, args=(theirs, ours))
        self.process.start()
        theirs.close()
        self.begin(schema_name)

    def begin(self, schema_name: str) -> None:
        """Hand over the next schema."""
        self.schema_name = schema_name
        with contextlib.suppress(BrokenPipeError):  # it died; `result` will tell
            self.pipe.send(schema_name)

    def result(self) -> Result:
        """Receive what became of the schema at hand."""
        try:
            error: str = self.pipe.recv()
        except EOFError:
            self.process.join()
            error = _("The process at work on it ended with code %(code)s.") % {
                "code": self.process.exitcode
            }
        return Result(self.schema_name, error)

    def dismiss(self) -> None:
        """Let the process end when it is done."""
        self.pipe.close()
        self.process.join()


def _work(pipe: Connection, ends_of_parent: list[Connection]) -> None:
    """What a worker does: schema in, error or nothing out, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C: the parent stops giving out work
    for inherited in ends_of_parent:
        inherited.close()  # or the pipes would stay open after the parent died
    done = 0
    try:
        while True:
            pipe.send(attempt(pipe.recv()))
            done += 1
            if done % SITES_PER_CONNECTION == 0:
                connection.close()
    except (EOFError, BrokenPipeError):
        connection.close()


def attempt(schema_name: str) -> str:
    """Migrate one schema; returns the error in one line, or nothing."""
    try:
        migrate_patiently(schema_name)
    except Exception as error:
        connection.close()
        return describe(error)
    return ""


def describe(error: BaseException) -> str:
    """Return an error in one line: the migration it came from, its class, its first words."""
    where = "".join(f"{note}: " for note in getattr(error, "__notes__", []))
    words = str(error).strip().splitlines() or [""]
    return f"{where}{type(error).__name__}: {words[0]}"
