"""Lists of documents and reports as CSV files that a spreadsheet may open without danger."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: Any) -> str:
    """Return a value as text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def csv_response(
    file_name: str, headings: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """Return a CSV file in the encoding that spreadsheets recognise.

    It is made whole, in the request: a streamed answer would ask the database when the request's
    site has been left.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([safe_cell(heading) for heading in headings])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    data = text.getvalue().encode("utf-8-sig")
    return HttpResponse(data, content_type="text/csv; charset=utf-8", headers=headers)
