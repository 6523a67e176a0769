"""Showing how far a run over many sites has come: a bar on a terminal, lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TextIO

from django.core.management.base import OutputWrapper
from django.utils.formats import number_format
from django.utils.translation import gettext as _

if TYPE_CHECKING:  # rich takes a tenth of a second to load, in vain when nothing is to do
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

SECONDS_BETWEEN_LINES = 5.0


class Progress(Protocol):
    """Is told of a run's steps."""

    def begin(self, total: int) -> None:
        """So many sites more are to come."""

    def step(self, note: str = "") -> None:
        """One site is done; ``note`` is worth a line of its own."""

    def end(self) -> None:
        """The run is over, well or not."""


def progress_on(stdout: OutputWrapper) -> Progress:
    """Return a bar if a command's output is a terminal, otherwise lines."""
    return Bar(stdout._out) if stdout.isatty() else Lines(stdout.write)


class Lines:
    """A line every few seconds, and one at the end; notes at once."""

    def __init__(self, say: Callable[[str], Any]) -> None:
        self._say = say
        self._total = self._done = 0
        self._began = self._spoke = time.monotonic()

    def begin(self, total: int) -> None:
        """So many sites more are to come."""
        self._total += total
        self._began = self._began if self._done else time.monotonic()

    def step(self, note: str = "") -> None:
        """Count, and speak if it is time to."""
        self._done += 1
        if note:
            self._say(note)
        now = time.monotonic()
        if self._done == self._total or now - self._spoke >= SECONDS_BETWEEN_LINES:
            self._spoke = now
            self._say(self._line(now - self._began))

    def end(self) -> None:
        """Nothing is open."""

    def _line(self, seconds: float) -> str:
        rate = self._done / seconds if seconds else 0.0
        left = (self._total - self._done) / rate if rate else 0.0
        return _("%(done)s of %(total)s · %(rate)s sites/s · %(left)s s left") % {
            "done": self._done,
            "total": self._total,
            "rate": number_format(rate, 1),
            "left": number_format(left, 0),
        }


ONLY: TaskID = 0  # type: ignore[assignment]
"""The one task of our bar."""


class Bar:
    """A bar with rate and remaining time.

    It draws when told of a step, without a thread of its own: processes are forked meanwhile.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._bar: RichProgress | None = None

    def begin(self, total: int) -> None:
        """So many sites more are to come."""
        if self._bar is None:
            self._bar = _new_bar(self._stream)
        self._bar.update(ONLY, total=(self._bar.tasks[ONLY].total or 0) + total, refresh=True)

    def step(self, note: str = "") -> None:
        """Move on by one."""
        if self._bar is None:
            return
        if note:
            self._bar.console.print(note, markup=False, highlight=False)
        speed = number_format(self._bar.tasks[ONLY].speed or 0, 1)
        rate = _("%(rate)s sites/s") % {"rate": speed}
        self._bar.update(ONLY, advance=1, rate=rate, refresh=True)

    def end(self) -> None:
        """Leave the bar as it stands."""
        if self._bar is not None:
            self._bar.stop()


def _new_bar(stream: TextIO) -> RichProgress:
    from rich import progress
    from rich.console import Console

    bar = progress.Progress(
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TextColumn("{task.percentage:>3.0f}%"),
        progress.TextColumn("{task.fields[rate]}"),
        progress.TimeRemainingColumn(),
        console=Console(file=stream),
        auto_refresh=False,
    )
    bar.add_task("", total=0, rate="")
    bar.start()
    return bar
