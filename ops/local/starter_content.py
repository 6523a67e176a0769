"""Following, or doing, the jobs that write each new site's starter content."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ops.local import first_news, province
from ops.local.messages import console
from ops.local.state import State

LOOK_EVERY = 0.5


def order(state: State, labels: list[str], manage: Callable[..., None]) -> None:
    """Order what these sites begin with, unless an earlier run did so for the same ones."""
    manage("add_programme", str(province.PROGRAMME), stdout=io.StringIO())
    _order_once(state.folder / "first-news.csv", "add_news", first_news.write, labels, manage)
    _order_once(
        state.folder / "first-documents.csv", "add_documents", province.write_documents, labels,
        manage,
    )  # fmt: skip


def _order_once(
    known: Path,
    command: str,
    write: Callable[[Path, list[str]], object],
    labels: list[str],
    manage: Callable[..., None],
) -> None:
    fresh = known.with_suffix(".new.csv")
    write(fresh, labels)
    if known.exists() and known.read_bytes() == fresh.read_bytes():
        fresh.unlink()
        return
    manage(command, str(fresh))
    fresh.replace(known)


def wait_for_jobs(*, work: bool) -> int:
    """Show the waiting jobs' progress until none is due. Needs Django.

    Args:
        work: run the jobs here; otherwise the web server's worker does.

    Returns:
        How many jobs ended on the dead-letter list.
    """
    from motcua.jobs.models import Job

    total = _waiting()
    if not total:
        return int(Job.objects.dead().count())
    with _bar() as progress:
        task = progress.add_task("Nội dung mẫu / Starter content", total=total)
        for left in _countdown(work):
            total = max(total, left)
            progress.update(task, total=total, completed=total - left)
    return int(Job.objects.dead().count())


def _countdown(work: bool) -> Iterator[int]:
    worker = None
    if work:
        from motcua.jobs.worker import Worker

        worker = Worker()
    while left := _waiting():
        yield left
        if worker is None:
            time.sleep(LOOK_EVERY)
        elif not worker.run_once():
            return
    yield 0


def _waiting() -> int:
    """Jobs that are due or running, the periodic ones apart: these never end."""
    from django.utils import timezone

    from motcua.jobs.models import Job
    from motcua.jobs.states import WAITING

    return int(
        Job.objects.filter(status__in=WAITING, periodic="", run_after__lte=timezone.now()).count()
    )


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TextColumn("{task.percentage:.0f}%"), TimeRemainingColumn(), console=console,
    )  # fmt: skip
