"""The province as data files: who its sites are, and how many of them are wanted."""

from __future__ import annotations

import csv
from pathlib import Path

from ops.local.state import CHECKOUT

FOLDER = CHECKOUT / "ops" / "data" / "tien_giang"
DEPARTMENTS = FOLDER / "departments.csv"
UNITS = FOLDER / "units.csv"
DOCUMENTS = FOLDER / "documents.csv"
PROGRAMME = FOLDER / "programme.csv"
DOMAIN = "tiengiang.localhost"
NAME_VI = "Tỉnh Tiền Giang"
NAME_EN = "Tien Giang Province"
ADMIN_EMAIL = f"admin@{DOMAIN}"


def labels(file: Path) -> list[str]:
    """The labels of the sites in *file*, in order."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [row["label"] for row in csv.DictReader(lines)]


def write_documents(target: Path, wanted: list[str]) -> None:
    """Write the legal documents of the main portal and of the sites *wanted* to *target*."""
    sites = {DOMAIN.split(".")[0], *wanted}
    with DOCUMENTS.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    with target.open("w", encoding="utf-8", newline="") as lines:
        own = [row for row in rows if row[0] in sites]
        csv.writer(lines, lineterminator="\n").writerows([header, *own])


def chosen(wanted: int | None, folder: Path) -> tuple[Path, Path]:
    """The two files, cut to the first *wanted* sites (in *folder*) unless all are wanted.

    Districts stand before their communes, so every parent that is needed is there.
    """
    if wanted is None:
        return DEPARTMENTS, UNITS
    departments = len(labels(DEPARTMENTS))
    return (
        _cut(DEPARTMENTS, wanted, folder),
        _cut(UNITS, max(0, wanted - departments), folder),
    )


def _cut(file: Path, rows: int, folder: Path) -> Path:
    with file.open(encoding="utf-8", newline="") as lines:
        records = list(csv.reader(lines))
    target = folder / f"first-{file.name}"
    with target.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows(records[: rows + 1])
    return target
