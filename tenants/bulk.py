"""Creating many sites, each in a transaction of its own, several at once if wanted.

Nearly all the time of a birth is the server's (replaying the dump), so threads suffice: each
has its own connection, and Python waits.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from queue import SimpleQueue
from threading import Thread

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from django_tenants.utils import schema_context

from .csv_files import NewSiteRow, in_waves
from .models import MAIN_SCHEMA, Tenant
from .problems import InvalidError
from .provisioning import SiteExistsError, create_site
from .registry import Registry

logger = logging.getLogger(__name__)

MAX_THREADS = 8
SITES_PER_CONNECTION = 100


class Result(Enum):
    """What became of a row."""

    CREATED = "created"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True)
class Outcome:
    """What became of a row, and the reason for people if it failed."""

    row: NewSiteRow
    result: Result
    reason: StrOrPromise = ""


def create_rows(
    rows: Iterable[NewSiteRow],
    *,
    by: object,
    threads: int = 1,
    counted: Callable[[], object] = lambda: None,
) -> Iterator[Outcome]:
    """Create the sites of checked rows, parents first; safe to repeat, to interrupt, to kill.

    Args:
        rows: checked rows; those whose site exists are skipped.
        by: who creates them, for the audit log.
        threads: how many sites at once. 1 works on the caller's connection.
        counted: called in the transaction of every birth, so that a count is never wrong.

    Yields:
        One outcome per row, as they come.

    Raises:
        OperationalError: the database is away or out of means; what was created stays.
    """
    existing, missing = partition(rows, Registry.load())
    yield from (Outcome(row, Result.SKIPPED) for row in existing)
    for wave in in_waves(missing):
        yield from _create_wave(wave, lambda row: _create(row, by, counted), threads)


def partition(
    rows: Iterable[NewSiteRow], known: Registry
) -> tuple[list[NewSiteRow], list[NewSiteRow]]:
    """Return the rows whose sites exist (same label and domain) and those whose sites do not."""
    existing: list[NewSiteRow] = []
    missing: list[NewSiteRow] = []
    for row in rows:
        there = row.site.label in known.sites
        same = there and known.domains.get(row.site.domain) == row.site.label
        (existing if same else missing).append(row)
    return existing, missing


def _create_wave(
    wave: list[NewSiteRow], work: Callable[[NewSiteRow], Outcome], threads: int
) -> Iterator[Outcome]:
    count = min(threads, MAX_THREADS, len(wave))
    if count > 1:
        yield from _in_threads(deque(wave), work, count)
    else:
        yield from map(work, _with_fresh_connections(wave))


def _in_threads(
    todo: deque[NewSiteRow], work: Callable[[NewSiteRow], Outcome], count: int
) -> Iterator[Outcome]:
    """Yield outcomes as they come; whoever stops listening stops the threads after their site."""
    told: SimpleQueue[Outcome | BaseException | None] = SimpleQueue()
    running = [Thread(target=_work_off, args=(todo, work, told)) for _number in range(count)]
    for thread in running:
        thread.start()
    try:
        yield from _listen(told, count)
    finally:
        todo.clear()
        for thread in running:
            thread.join()


def _listen(told: SimpleQueue[Outcome | BaseException | None], count: int) -> Iterator[Outcome]:
    while count:
        item = told.get()
        if item is None:
            count -= 1
        elif isinstance(item, BaseException):
            raise item
        else:
            yield item


def _work_off(
    todo: deque[NewSiteRow],
    work: Callable[[NewSiteRow], Outcome],
    told: SimpleQueue[Outcome | BaseException | None],
) -> None:
    try:
        for row in _with_fresh_connections(_taken_from(todo)):
            told.put(work(row))
    except BaseException as error:
        told.put(error)
    finally:
        connection.close()
        told.put(None)


def _taken_from(todo: deque[NewSiteRow]) -> Iterator[NewSiteRow]:
    with suppress(IndexError):
        while True:
            yield todo.popleft()


def _with_fresh_connections(rows: Iterable[NewSiteRow]) -> Iterator[NewSiteRow]:
    """A server process keeps 0.2 MB of each site it made; end it now and then."""
    for number, row in enumerate(rows):
        if number % SITES_PER_CONNECTION == SITES_PER_CONNECTION - 1:
            _end_connection()
        yield row


def _end_connection() -> None:
    if not connection.in_atomic_block:
        connection.close()


def _create(row: NewSiteRow, by: object, counted: Callable[[], object]) -> Outcome:
    try:
        with schema_context("public"), transaction.atomic():
            create_site(row.site.spec(_parent_of(row)), by=by, from_pool=False)
            counted()
    except SiteExistsError:
        return _taken(row)
    except InvalidError as error:
        return Outcome(row, Result.FAILED, error.message)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        logger.exception("The site %s could not be created", row.site.label)
        return Outcome(row, Result.FAILED, str(error).strip() or type(error).__name__)
    return Outcome(row, Result.CREATED)


def _parent_of(row: NewSiteRow) -> Tenant | None:
    label = row.site.parent
    wanted = {"label__iexact": label} if label else {"schema_name": MAIN_SCHEMA}
    parent = Tenant.objects.filter(**wanted).first()
    if label and parent is None:
        raise InvalidError(_("Its superior agency “{parent}” was not created."), parent=label)
    return parent


def _taken(row: NewSiteRow) -> Outcome:
    """Somebody was faster: with the same site, or with another one of this label or domain."""
    _existing, missing = partition([row], Registry.load())
    if not missing:
        return Outcome(row, Result.SKIPPED)
    return Outcome(row, Result.FAILED, taken_message(row.site.label, row.site.domain))


def taken_message(label: str, domain: str) -> StrOrPromise:
    """Return what to tell somebody whose site another person has made a moment earlier."""
    return format_lazy(
        _("Somebody else has just created a site with the label “{label}” or the domain {domain}."),
        label=label,
        domain=domain,
    )
