"""Lists of new sites in CSV: read, checked as a whole, put into the order of creation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from . import csv_table
from .problems import LineProblem, Problem
from .registry import KnownSite, Registry
from .validation import REQUIRED, SiteValues, check_parent, check_values

__all__ = ["CheckedFile", "LineProblem", "NewSiteRow", "in_order", "in_waves", "read"]


@dataclass(frozen=True, kw_only=True)
class NewSiteRow:
    """A checked row: the line it begins on, the site, and whether that site exists already."""

    line: int
    site: SiteValues
    exists: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the row as `SiteImport.rows` keeps it."""
        return {"line": self.line, **asdict(self.site)}

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> Self:
        """Return the row that `as_json` wrote."""
        return cls(
            line=row["line"],
            site=SiteValues(**{name: value for name, value in row.items() if name != "line"}),
        )


@dataclass(frozen=True, kw_only=True)
class CheckedFile:
    """What is in a file: rows in the order of creation, and problems in the order of lines.

    If there is a problem, nothing should be created; `rows` then has the sound rows only.
    """

    file_name: str
    rows: list[NewSiteRow] = field(default_factory=list)
    problems: list[LineProblem] = field(default_factory=list)
    total: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether the sites may be created."""
        return not self.problems

    @property
    def bad_lines(self) -> int:
        """How many lines have problems."""
        return len({problem.line for problem in self.problems})

    @property
    def new_rows(self) -> list[NewSiteRow]:
        """The rows whose sites do not exist yet."""
        return [row for row in self.rows if not row.exists]


def read(data: bytes, file_name: str = "") -> CheckedFile:
    """Read and check a list of sites, against itself and against the registry.

    A row is *there already* if one site of the registry has its label and its domain: so a list
    whose creation was interrupted can be used again. The number of queries does not depend on
    the number of rows.

    Args:
        data: the file; see `tenants.csv_table.parse` for what is understood.
        file_name: what the person calls it.

    Returns:
        Rows with parents before their children, and every problem with its line.
    """
    table = csv_table.parse(data, REQUIRED)
    known = Registry.load()
    rows, problems = _check_rows(table.rows, known)
    problems = [*table.problems, *problems]
    bad = {problem.line for problem in problems}
    return CheckedFile(
        file_name=file_name,
        rows=in_order([row for row in rows if row.line not in bad]),
        problems=sorted(problems, key=lambda problem: problem.line),
        total=len(table.rows),
    )


def _check_rows(
    lines: list[tuple[int, dict[str, str]]], known: Registry
) -> tuple[list[NewSiteRow], list[LineProblem]]:
    rows, problems = [], []
    for line, cells in lines:
        row, found = _check_row(line, cells, known)
        rows.append(row)
        problems += _at(line, found)
    rows = _with_parents_by_label(rows)
    problems += _duplicates(rows)
    problems += _parent_problems(rows, known, failed=_failed(problems, "label", "kind", "parent"))
    return rows, problems


def _failed(problems: Iterable[LineProblem], *fields: str) -> set[int]:
    return {problem.line for problem in problems if problem.field in fields}


def _check_row(
    line: int, cells: dict[str, str], known: Registry
) -> tuple[NewSiteRow, list[Problem]]:
    own = _existing(cells, known)
    values, problems = check_values(cells, known, own)
    return NewSiteRow(line=line, site=values, exists=own is not None), problems


def _existing(cells: dict[str, str], known: Registry) -> KnownSite | None:
    """Return the site that the row describes, if it was created before."""
    label = cells.get("label", "").strip().lower()
    domain = cells.get("domain", "").strip().lower().rstrip(".")
    site = known.sites.get(label)
    if site is None or site.is_main:
        return None
    main = known.main.domain if known.main else ""
    holder = known.domains.get(domain or f"{label}.{main}")
    return site if holder == site.label else None


def _at(line: int, problems: Iterable[Problem]) -> list[LineProblem]:
    return [
        LineProblem(field=problem.field, message=problem.message, line=line) for problem in problems
    ]


def _duplicates(rows: list[NewSiteRow]) -> list[LineProblem]:
    """Name the earlier line with the same label, domain or agency code."""
    problems: list[LineProblem] = []
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        for name in ("label", "domain", "agency_code"):
            value = getattr(row.site, name)
            line = first.setdefault((name, value), row.line) if value else row.line
            if line != row.line and not _same_label_told(name, problems, row.line):
                message = format_lazy(_DUPLICATE[name], value=value, line=line)
                problems.append(LineProblem(field=name, message=message, line=row.line))
    return problems


def _same_label_told(name: str, problems: list[LineProblem], line: int) -> bool:
    """Two equal labels make two equal domains; saying it once is enough."""
    return name == "domain" and bool(problems) and problems[-1].line == line


_DUPLICATE = {
    "label": _("The label “{value}” is already on line {line} of this file."),
    "domain": _("The domain “{value}” is already on line {line} of this file."),
    "agency_code": _("The agency code {value} is already on line {line} of this file."),
}


def _with_parents_by_label(rows: list[NewSiteRow]) -> list[NewSiteRow]:
    """A parent in the same file may be named by its domain; afterwards all are by label."""
    labels = {row.site.domain: row.site.label for row in rows if row.site.domain}
    return [
        replace(row, site=replace(row.site, parent=labels[row.site.parent]))
        if row.site.parent in labels
        else row
        for row in rows
    ]


def _parent_problems(
    rows: list[NewSiteRow], known: Registry, failed: set[int]
) -> list[LineProblem]:
    everybody = known.including(row.site.known() for row in rows if row.site.label)
    problems = []
    for row in rows:
        if row.line not in failed:
            problems += _at(row.line, check_parent(row.site, everybody))
    return problems


def in_waves(rows: Iterable[NewSiteRow]) -> list[list[NewSiteRow]]:
    """Return the rows in waves: each wave's parents are in an earlier wave or in the registry."""
    waves: list[list[NewSiteRow]] = []
    missing = {row.site.label: row for row in rows}
    while missing:
        ready = [row for row in missing.values() if row.site.parent not in missing]
        waves.append(ready or list(missing.values()))
        for row in waves[-1]:
            del missing[row.site.label]
    return waves


def in_order(rows: Iterable[NewSiteRow]) -> list[NewSiteRow]:
    """Return the rows with every parent before its children, otherwise as in the file."""
    return [row for wave in in_waves(rows) for row in wave]
