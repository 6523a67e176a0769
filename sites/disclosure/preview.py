"""The first rows of a data file, so that nobody downloads it to see what is in it.

The file comes from outside: only a beginning of it is read, only so many cells are kept, every
cell is cut, and whatever is wrong with it leaves the page without a preview, never without itself.
"""

from __future__ import annotations

import codecs
import csv
import io
import logging
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from wagtail.documents.models import AbstractDocument

from motcua.text.encoding import EncodingError, decode_csv
from motcua.text.folding import normalise_line

BYTES, ROWS, COLUMNS, LETTERS = 64 * 1024, 10, 12, 80
KEPT = 24 * 3600  # seconds; the key changes with the file

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Preview:
    """Headings and first rows; whether the file has more rows or columns than are shown."""

    headings: list[str]
    rows: list[list[str]]
    more_rows: bool
    more_columns: bool


def preview(document: AbstractDocument) -> Preview | None:
    """Return the beginning of a CSV file; nothing for other files and for what cannot be read."""
    if document.file_extension.lower() != "csv":
        return None
    key = f"data-preview:{document.pk}:{document.file.name}:{document.file_size}"
    found: Preview | str | None = cache.get(key)
    if found is None:
        found = _read(document) or ""
        cache.set(key, found, KEPT)
    return found or None  # type: ignore[return-value]


def _read(document: AbstractDocument) -> Preview | None:
    try:
        with document.open_file() as file:
            data = file.read(BYTES + 1)
        return table_of(data)
    except (OSError, EncodingError, csv.Error) as error:
        log.info("No preview of document %s: %s", document.pk, error)
        return None


def table_of(data: bytes) -> Preview | None:
    """Return the beginning of the table that ``data`` is, or is the beginning of.

    Raises:
        EncodingError: the text cannot be known.
        csv.Error: it is no table.
    """
    cut = len(data) > BYTES
    text = decode_csv(_whole_lines(data) if cut else data)
    lines = list(_rows(text))
    if len(lines) < 2:
        return None
    width = max(len(line) for line in lines)
    shown = [_fit(line, min(width, COLUMNS)) for line in lines[: ROWS + 1]]
    return Preview(shown[0], shown[1:], cut or len(lines) > ROWS + 1, width > COLUMNS)


def _rows(text: str) -> Any:
    """Return the first rows that hold anything, one more than is shown."""
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    kept = 0
    for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        if any(cell.strip() for cell in cells):
            yield cells
            kept += 1
        if kept > ROWS + 1:
            return


def _whole_lines(data: bytes) -> bytes:
    """Return ``data`` up to its last line end: a letter or row cut in two is no error."""
    beginning = data[:BYTES]
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return beginning
    end = beginning.rfind(b"\n")
    return beginning[: end + 1] if end >= 0 else beginning.decode("utf-8", "ignore").encode()


def _fit(cells: list[str], width: int) -> list[str]:
    return [_cut(cell) for cell in [*cells, *[""] * width][:width]]


def _cut(cell: str) -> str:
    text = normalise_line(cell[: LETTERS * 4])
    return text if len(text) <= LETTERS else f"{text[: LETTERS - 1]}…"
