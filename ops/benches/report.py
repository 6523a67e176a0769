"""Writing what a bench measured into ``docs/benchmarks.md``, with the machine it ran on."""

from __future__ import annotations

import datetime
import os
import platform
import re
from collections.abc import Sequence
from pathlib import Path

from django.db import connection

FILE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
BEGINNING = """# Benchmarks

Written by `ops/bench provisioning|province|fleet|request`; each compares within one run. Run it on
your own machine before you plan by these numbers.
"""


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a Markdown table: the first column to the left, the others to the right."""
    rule = ["---", *["---:"] * (len(head) - 1)]
    return [f"| {' | '.join(row)} |" for row in (head, rule, *rows)]


def write(section: str, lines: Sequence[str]) -> None:
    """Print lines and put them between the section's markers in ``docs/benchmarks.md``.

    Args:
        section: the bench's name; the markers are ``<!-- section -->`` and ``<!-- /section -->``.
            A section that the file lacks is added at its end.
        lines: Markdown, without a heading; the day and the machine are added.
    """
    body = "\n".join([*lines, "", _measured_on()])
    print(f"\n{body}", flush=True)
    text = FILE.read_text(encoding="utf-8") if FILE.exists() else BEGINNING
    begin, end = f"<!-- {section} -->", f"<!-- /{section} -->"
    if begin not in text:
        text = f"{text.rstrip()}\n\n## {section.title()}\n\n{begin}\n{end}\n"
    between = re.compile(rf"(?<={re.escape(begin)}\n).*?(?={re.escape(end)})", re.S)
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(between.sub(lambda _old: f"\n{body}\n\n", text), encoding="utf-8")


def _measured_on() -> str:
    day = datetime.datetime.now(tz=datetime.UTC).strftime("%d/%m/%Y")
    return f"Measured on {day}: {machine()}."


def machine() -> str:
    """Return processor, cores, memory, Python and PostgreSQL in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0].split()[0]
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"Python {platform.python_version()}, PostgreSQL {server}"
    )


def _processor() -> str:
    try:
        facts = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    model = re.search(r"^model name\s*:\s*(.+)$", facts, re.M)
    return model[1].strip() if model else platform.machine()
