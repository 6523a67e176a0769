"""A CSV file as a table: which column is which, and on which line of the file a row begins.

Knows nothing of sites but the names of their columns; `tenants.csv_files` judges the values.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from motcua.text.encoding import EncodingError, decode_csv

from . import vocabulary
from .problems import LineProblem

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 10_000
DELIMITERS = ",;\t"

_SHOWN = 60  # characters of a heading or cell that a message repeats


@dataclass
class Table:
    """The rows by column name with the line each begins on, and what is wrong with the file."""

    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    problems: list[LineProblem] = field(default_factory=list)

    def complain(self, line: int, column: str, message: StrOrPromise, /, **params: object) -> None:
        """Add a problem; `params` fill the placeholders of `message`."""
        text = format_lazy(message, **params) if params else message
        self.problems.append(LineProblem(field=column, message=text, line=line))


def parse(data: bytes, required: tuple[str, ...]) -> Table:
    """Read a file of at most `MAX_BYTES` with one heading line and at most `MAX_ROWS` rows.

    Understood are UTF-8 and UTF-16, the separators comma, semicolon and tab, headings in
    Vietnamese or English in any order, quoted cells over several lines, blank lines, and the
    line ``sep=;`` that Excel writes.

    Args:
        data: the file.
        required: columns that must be there.

    Returns:
        The table; never raises for what is in the file.
    """
    table = Table()
    if len(data) > MAX_BYTES:
        table.complain(
            1,
            "",
            _("The file is too large: {size} MB, at most {limit} MB are allowed."),
            size=f"{len(data) / 1024 / 1024:.1f}",
            limit=MAX_BYTES // 1024 // 1024,
        )
        return table
    try:
        text = decode_csv(data)
    except EncodingError as error:
        table.problems.append(
            LineProblem(field="", message=error.message, line=error.line, names_line=True)
        )
        return table
    _fill(table, text, required)
    return table


def _fill(table: Table, text: str, required: tuple[str, ...]) -> None:
    delimiter = _delimiter(text)
    records = _records(table, text, delimiter)
    first = next(records, None)
    if first is None:
        if not table.problems:
            table.complain(1, "", _("The file is empty."))
        return
    line, headings = first
    columns = _columns(table, line, headings, required)
    if not table.problems:
        _add_rows(table, columns, records)
    if not table.rows and not table.problems:
        table.complain(line, "", _("The file has a heading line but no rows."))


def _add_rows(table: Table, columns: list[str], records: Iterator[tuple[int, list[str]]]) -> None:
    for line, cells in records:
        if len(table.rows) == MAX_ROWS:
            table.complain(
                line,
                "",
                _("The file has more than {limit} rows. Split it into several files."),
                limit=MAX_ROWS,
            )
            return
        _refuse_surplus(table, line, columns, cells)
        named = zip(columns, cells, strict=False)
        table.rows.append((line, {column: cell for column, cell in named if column}))


def _refuse_surplus(table: Table, line: int, columns: list[str], cells: list[str]) -> None:
    """Cells under no heading: most likely a comma in a name that nobody quoted."""
    surplus = [
        cell
        for place, cell in enumerate(cells)
        if cell.strip() and (place >= len(columns) or not columns[place])
    ]
    if surplus:
        table.complain(
            line,
            "",
            _(
                "There is no heading above “{cell}”. A value that contains the separator must "
                "stand in double quotes."
            ),
            cell=surplus[0].strip()[:_SHOWN],
        )


def _columns(table: Table, line: int, headings: list[str], required: tuple[str, ...]) -> list[str]:
    """Return the column under each heading; empty for a blank heading."""
    columns = [vocabulary.column_of(heading) for heading in headings]
    for heading, column in zip(headings, columns, strict=True):
        if heading.strip() and not column:
            table.complain(
                line, "", _("Unknown column “{heading}”."), heading=heading.strip()[:_SHOWN]
            )
    for column in dict.fromkeys(filter(None, columns)):
        if columns.count(column) > 1:
            table.complain(line, column, _("The column “{column}” is there twice."), column=column)
    for column in required:
        if column not in columns:
            table.complain(line, column, _("The column “{column}” is missing."), column=column)
    return columns


def _records(table: Table, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the records that are not blank with the line each begins on, counted from 1."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            table.complain(line, "", _broken(str(error)))
            return
        if any(cell.strip() for cell in cells) and not _names_separator(line, cells):
            yield line, cells


def _broken(error: str) -> StrOrPromise:
    if "end of data" in error:
        return _("A quotation mark opened on this line is never closed.")
    if "expected after" in error:
        return _(
            "After a closing quotation mark the separator must follow. A quotation mark inside "
            "a quoted value is written twice."
        )
    return _("This line cannot be read as CSV.")


def _names_separator(line: int, cells: list[str]) -> bool:
    return line == 1 and "".join(cells).strip().lower() == "sep="


def _delimiter(text: str) -> str:
    """Return the separator that makes most known headings of the first line with any text."""
    lines = [line for line in text[:10_000].splitlines() if line.strip()]
    heading = lines[0] if lines else ""
    if heading[:4].lower() == "sep=" and heading[4:] in {*DELIMITERS}:
        return heading[4]
    return max(DELIMITERS, key=lambda delimiter: _known_headings(heading, delimiter))


def _known_headings(heading: str, delimiter: str) -> int:
    cells = next(csv.reader([heading], delimiter=delimiter), [])
    return sum(bool(vocabulary.column_of(cell)) for cell in cells)
