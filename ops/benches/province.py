"""How long the whole province of ``ops/data`` takes: 199 sites, two at once, without the pool."""

from __future__ import annotations

import time
from pathlib import Path

from ops.benches import report
from tenants import bulk, csv_files

FOLDER = Path(__file__).resolve().parents[1] / "data" / "tien_giang"
THREADS = 2
HEAD = ["file", "sites", "seconds", "sites a second"]


def run(sites: int = 0) -> None:
    """Measure and report; ``sites`` has no meaning here."""
    rows = [_create(FOLDER / name) for name in ("departments.csv", "units.csv")]
    count, seconds = sum(row[0] for row in rows), sum(row[1] for row in rows)
    names = ("departments", "districts and communes")
    lines = [_line(name, *row) for name, row in zip(names, rows, strict=True)]
    report.write("province", report.table(HEAD, [*lines, _line("together", count, seconds)]))


def _create(file: Path) -> tuple[int, float]:
    checked = csv_files.read(file.read_bytes(), file.name)
    begun = time.perf_counter()
    outcomes = list(bulk.create_rows(checked.new_rows, by="bench", threads=THREADS))
    seconds = time.perf_counter() - begun
    failed = [outcome for outcome in outcomes if outcome.result is not bulk.Result.CREATED]
    if failed:
        raise SystemExit(f"{len(failed)} sites could not be created: {failed[0].reason}")
    return len(outcomes), seconds


def _line(name: str, sites: int, seconds: float) -> list[str]:
    return [name, str(sites), f"{seconds:.1f}", f"{sites / seconds:.1f}"]
