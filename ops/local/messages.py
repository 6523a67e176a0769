"""What the scripts say to people: every sentence in Vietnamese and in English."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

console = Console(highlight=False)


class Stop(Exception):
    """The script cannot go on; the reason, in Vietnamese and English."""

    def __init__(self, vi: str, en: str, detail: str = "") -> None:
        super().__init__(f"{vi}\n{en}" + (f"\n{detail}" if detail else ""))


def say(vi: str, en: str = "") -> None:
    """One line, the English after the Vietnamese."""
    console.print(vi + (f" [dim]/ {en}[/dim]" if en else ""), soft_wrap=True)


def complain(reason: object) -> None:
    """Show why the script stops."""
    console.print()
    lines = str(reason).strip().splitlines() or [type(reason).__name__]
    for number, line in enumerate(lines):
        console.print("✗" if number == 0 else " ", line, style="red", markup=False, soft_wrap=True)


@contextmanager
def step(vi: str, en: str) -> Iterator[list[str]]:
    """Show a step while it runs and its time once it is done.

    Yields:
        A list; what is appended to it is shown behind the finished step.
    """
    started = time.monotonic()
    remarks: list[str] = []
    with console.status(f"{vi} [dim]/ {en}[/dim]"):
        yield remarks
    took = f"{time.monotonic() - started:.1f} s"
    console.print(
        f"[green]✓[/green] {vi} [dim]/ {en}[/dim]  [cyan]{', '.join([*remarks, took])}[/cyan]",
        soft_wrap=True,
    )
