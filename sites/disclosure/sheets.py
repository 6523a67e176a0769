"""Tables pasted from a spreadsheet: indicators by year, amounts by source.

Copying cells in Excel, LibreOffice or Google Sheets gives text with tabs; a CSV file has commas
or semicolons. Whatever is wrong is said line by line, so that it can be mended in one go.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from motcua.text.folding import fold, normalise_line

from .figures import parse_number

MOST_ROWS, MOST_COLUMNS, MOST_ERRORS = 300, 42, 12
YEARS = range(1900, 2201)

_UNIT = frozenset({"don vi", "don vi tinh", "dvt", "unit"})
_YEAR = frozenset({"nam", "year"})
_TARGET = frozenset({"muc tieu", "ke hoach", "kh", "mt", "target", "plan", "planned"})
_ACTUAL = frozenset(
    {"thuc hien", "th", "thuc te", "ket qua", "dat", "actual", "result", "achieved"}
)
_YEAR_IN_HEADING = re.compile(r"(?<!\d)(?:nam )?((?:19|20|21)\d\d)(?!\d)")

Lines = list[tuple[int, list[str]]]


class SheetError(ValueError):
    """A table that cannot be read; ``messages`` say why, each beginning with its line."""

    def __init__(self, messages: list[str]) -> None:
        self.messages = messages[:MOST_ERRORS]
        super().__init__(" ".join(self.messages))


@dataclass(frozen=True)
class Figure:
    """What was aimed at and reached in one year; nothing where it is not known."""

    year: int
    target: Decimal | None
    actual: Decimal | None

    @property
    def is_known(self) -> bool:
        """Whether there is a target or an actual figure."""
        return self.target is not None or self.actual is not None


@dataclass(frozen=True)
class Indicator:
    """One thing that is measured, with its figures in the order of years."""

    name: str
    unit: str
    figures: tuple[Figure, ...]

    @property
    def latest(self) -> Figure | None:
        """The newest year of which anything is known."""
        return self.figures[-1] if self.figures else None


@dataclass(frozen=True)
class Amounts:
    """What one source gives, an amount for each column of its table."""

    source: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class AmountTable:
    """Amounts by source; the columns are years or the name of the whole period."""

    columns: tuple[str, ...]
    rows: tuple[Amounts, ...]

    def total(self, column: int) -> Decimal:
        """Return the sum of a column, counted from 0."""
        return sum((row.values[column] or Decimal(0) for row in self.rows), Decimal(0))


@dataclass
class _Reading:
    """What has been understood so far, and what has not."""

    errors: list[str] = field(default_factory=list)
    found: dict[tuple[str, str], dict[int, dict[str, Decimal | None]]] = field(default_factory=dict)

    def refuse(self, line: int, message: str) -> None:
        self.errors.append(_("Line %(line)s: %(message)s") % {"line": line, "message": message})

    def number(self, line: int, text: str) -> Decimal | None:
        try:
            return parse_number(text)
        except ValueError as error:
            self.refuse(line, str(error))
            return None

    def put(self, line: int, key: tuple[str, str], year: int, series: str, text: str) -> None:
        cells = self.found.setdefault(key, {}).setdefault(year, {})
        value = self.number(line, text)
        if series in cells and cells[series] is not None and value is not None:
            message = _("“%(name)s” has two figures for %(year)s.")
            self.refuse(line, message % {"name": key[0], "year": str(year)})
        if value is not None or series not in cells:
            cells[series] = value

    def finish(self) -> None:
        if self.errors:
            raise SheetError(self.errors)


def read_indicators(text: str) -> list[Indicator]:
    """Read indicators from a table whose first row names its columns.

    Either one row for each year (indicator, unit, year, target, actual) or one row for each
    indicator with columns such as “2015 mục tiêu” and “2015 thực hiện”. The unit may be missing,
    an empty cell means that the figure is not known.

    Raises:
        SheetError: with a message for each line that cannot be understood.
    """
    (line, headings), rows = _split(text)
    reading = _Reading()
    columns = [_column(heading) for heading in headings[1:]]
    for heading, column in zip(headings[1:], columns, strict=True):
        if column is None:
            reading.refuse(line, _heading_message(heading))
    reading.finish()
    _check_columns(reading, line, columns)
    for number, cells in rows:
        _read_row(reading, number, columns, cells)
    reading.finish()
    return [_indicator(key, years) for key, years in reading.found.items()]


def read_amounts(text: str) -> AmountTable:
    """Read amounts by source: the first column names the source, each other one a year or period.

    Raises:
        SheetError: with a message for each line that cannot be understood.
    """
    (_line, headings), lines = _split(text)
    reading = _Reading()
    width = len(headings) - 1
    rows = tuple(
        Amounts(cells[0], tuple(_amount(reading, line, cell) for cell in _fit(cells[1:], width)))
        for line, cells in lines
    )
    reading.finish()
    return AmountTable(tuple(headings[1:]), rows)


def _amount(reading: _Reading, line: int, text: str) -> Decimal | None:
    value = reading.number(line, text)
    if value is not None and value < 0:
        reading.refuse(line, _("An amount cannot be less than nothing."))
    return value


def _split(text: str) -> tuple[tuple[int, list[str]], Lines]:
    """Return the heading and the rows with their line numbers, blank lines left out."""
    lines = list(_lines(text))
    if len(lines) < 2:
        raise SheetError([_("Paste a table with a row of headings and at least one row below it.")])
    if len(lines) > MOST_ROWS or len(lines[0][1]) > MOST_COLUMNS:
        limits = {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
        raise SheetError([_("At most %(rows)s rows and %(columns)s columns.") % limits])
    if len(lines[0][1]) < 2:
        raise SheetError([_("Line 1: only one column was found. Copy the cells together with their "
                            "headings from the spreadsheet.")])  # fmt: skip
    _refuse_ragged(lines)
    return lines[0], lines[1:]


def _refuse_ragged(lines: Lines) -> None:
    width, reading = len(lines[0][1]), _Reading()
    for line, cells in lines[1:]:
        if any(cells[width:]):
            reading.refuse(line, _("more cells than headings."))
        elif not cells[0]:
            reading.refuse(line, _("the first cell is empty."))
    reading.finish()


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = next((mark for mark in "\t;" if mark in first), ",")
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        for cells in reader:
            trimmed = [normalise_line(cell) for cell in cells]
            if any(trimmed):
                yield reader.line_num, _without_empty_end(trimmed)
    except csv.Error:
        raise SheetError([_("The text cannot be read as a table.")]) from None


def _without_empty_end(cells: list[str]) -> list[str]:
    while len(cells) > 1 and not cells[-1]:
        cells = cells[:-1]
    return cells


def _fit(cells: list[str], width: int) -> list[str]:
    return [*cells, *[""] * width][:width]


def _column(heading: str) -> tuple[str, int] | None:
    """Return what a column holds, and of which year (0 for none); nothing if it cannot be told."""
    folded = fold(heading).strip(" .:*")
    match = _YEAR_IN_HEADING.search(folded)
    words = " ".join(_YEAR_IN_HEADING.sub(" ", folded).strip(" -–/():,").split())
    for name, known in (("target", _TARGET), ("actual", _ACTUAL)):
        if words in known:
            return name, int(match[1]) if match else 0
    if not match and folded in _UNIT:
        return "unit", 0
    return ("year", 0) if not match and folded in _YEAR else None


def _heading_message(heading: str) -> str:
    if not heading:
        return _("a column has no heading.")
    message = _("the heading “%(heading)s” is not known. Write: unit, year, target, actual; or a "
                "year with target or actual, such as “2015 target”.")  # fmt: skip
    return message % {"heading": heading[:40]}


def _check_columns(reading: _Reading, line: int, columns: list[Any]) -> None:
    names = [name for name, _year in columns]
    by_row = "year" in names
    values = [column for column in columns if column[0] in {"target", "actual"}]
    if not values:
        reading.refuse(line, _("there is no column with targets or actual figures."))
    elif not by_row and any(not year for _name, year in values):
        reading.refuse(line, _("say for which year: add a column “year”, or write “2015 target”."))
    elif by_row and any(year for _name, year in values):
        reading.refuse(line, _("years stand in a column of their own or in the headings, not in "
                               "both."))  # fmt: skip
    elif len(set(columns)) < len(columns):
        reading.refuse(line, _("two columns have the same heading."))
    reading.finish()


def _read_row(reading: _Reading, line: int, columns: list[Any], cells: list[str]) -> None:
    pairs = list(zip(columns, _fit(cells[1:], len(columns)), strict=True))
    named = {name: cell for (name, year), cell in pairs if not year}
    key = (cells[0], named.get("unit", ""))
    own_year = _year(reading, line, named["year"]) if "year" in named else 0
    for (name, year), cell in pairs:
        if name in {"target", "actual"} and (year or own_year):
            reading.put(line, key, year or own_year, name, cell)


def _year(reading: _Reading, line: int, text: str) -> int:
    if text.isdecimal() and int(text) in YEARS:
        return int(text)
    reading.refuse(line, _("“%(text)s” is not a year.") % {"text": text[:20]})
    return 0


def _indicator(key: tuple[str, str], years: dict[int, dict[str, Decimal | None]]) -> Indicator:
    """Return an indicator from its first to its last known year, gaps between them kept."""
    found = [Figure(year, cells.get("target"), cells.get("actual"))
             for year, cells in sorted(years.items())]  # fmt: skip
    known = [place for place, figure in enumerate(found) if figure.is_known]
    return Indicator(*key, tuple(found[known[0] : known[-1] + 1]) if known else ())
