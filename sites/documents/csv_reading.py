"""A list of documents in CSV as rows: which column is which, on which line a row begins.

Nothing of a file is thrown away: cells under unknown headings, or under none, stay with their
row as `extra`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Self

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from motcua.text.encoding import EncodingError, Problem, decode_csv
from motcua.text.folding import normalise

from .vocabulary import column_of

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 20_000
DELIMITERS = ",;\t"
AUTOMATIC, WINDOWS_1258 = "", "cp1258"


class UnreadableError(ValueError):
    """A file that is no list of documents; `message` says to people why."""

    def __init__(self, message: Any, **params: object) -> None:
        self.message = format_lazy(message, **params) if params else message
        super().__init__(self.message)


@dataclass(frozen=True)
class RawRow:
    """One row as it was written: the line it begins on, its cells, and what has no column."""

    line: int
    cells: dict[str, str]
    extra: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the row as `DocumentImport.rows` keeps it."""
        return {"line": self.line, "cells": self.cells, "extra": self.extra}

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> Self:
        """Return the row that `as_json` wrote."""
        return cls(row["line"], row["cells"], row["extra"])


def read(data: bytes, encoding: str = AUTOMATIC) -> list[RawRow]:
    """Read a list with one heading line.

    Understood are UTF-8 and UTF-16; the separators comma, semicolon and tab; headings in
    Vietnamese or English in any order; blank lines; the line ``sep=;`` that Excel writes.

    Args:
        data: the file, at most `MAX_BYTES`.
        encoding: `WINDOWS_1258` if a person has said that the file is in it; it cannot be told
            for certain from the bytes.

    Raises:
        UnreadableError: the file is too large, in another encoding, or has no column of a
            document's number or title.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableError(_("The file is larger than {limit} MB."), limit=MAX_BYTES >> 20)
    text = _decoded(data, encoding)
    records = _records(text)
    headings = next(records, (1, []))[1]
    columns = [column_of(heading) for heading in headings]
    if not {"number", "title"} & set(columns):
        raise UnreadableError(
            _("The first line must name the columns; “number” (số ký hiệu) or “title” (trích yếu) "
              "is missing.")
        )  # fmt: skip
    rows = [_row(line, cells, headings, columns) for line, cells in records]
    if not 0 < len(rows) <= MAX_ROWS:
        raise UnreadableError(
            _("The file has {count} rows; between 1 and {limit} can be imported."),
            count=len(rows), limit=MAX_ROWS,
        )  # fmt: skip
    return rows


def _decoded(data: bytes, encoding: str) -> str:
    if encoding == WINDOWS_1258:
        return normalise(data.decode(WINDOWS_1258, "replace"))
    try:
        return decode_csv(data)
    except EncodingError as error:
        if error.problem is Problem.WINDOWS_1258:
            raise UnreadableError(
                _("The file looks like Windows-1258. If it is, choose that encoding and upload it "
                  "again.")
            ) from error  # fmt: skip
        raise UnreadableError(error.message) from error


def _row(line: int, cells: list[str], headings: list[str], columns: list[str]) -> RawRow:
    named: dict[str, str] = {}
    extra: dict[str, str] = {}
    for place, cell in enumerate(cells):
        column = columns[place] if place < len(columns) else ""
        text = cell.strip()
        if column and column not in named:
            named[column] = text
        elif text:
            extra[headings[place].strip() if place < len(headings) else f"+{place + 1}"] = text
    return RawRow(line, named, extra)


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the records that are not blank, with the line each begins on, counted from 1."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    line = 1
    try:
        for cells in reader:
            names_separator = line == 1 and "".join(cells).strip().lower() == "sep="
            if any(cell.strip() for cell in cells) and not names_separator:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableError(
            _("Line {line} cannot be read as CSV: {error}"), line=line, error=str(error)
        ) from error


def _delimiter(text: str) -> str:
    """Return the separator that makes most known headings of the first line with any text."""
    heading = next((line for line in text[:10_000].splitlines() if line.strip()), "")
    if heading[:4].lower() == "sep=" and heading[4:5] in {*DELIMITERS}:
        return heading[4]
    return max(DELIMITERS, key=lambda mark: _known_headings(heading, mark))


def _known_headings(heading: str, delimiter: str) -> int:
    cells = next(csv.reader([heading], delimiter=delimiter), [])
    return sum(bool(column_of(cell)) for cell in cells)
