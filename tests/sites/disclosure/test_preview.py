"""The first rows of a data file are shown safely, whatever the file is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile

from sites.base.models import SiteDocument
from sites.disclosure.models import DatasetPage
from sites.disclosure.preview import BYTES, COLUMNS, LETTERS, ROWS, preview, table_of
from tenants.models import Tenant


def test_commas_semicolons_and_tabs_are_columns() -> None:
    for mark in ",;\t":
        table = table_of(f"a{mark}b\n1{mark}2\n".encode())
        assert table is not None
        assert (table.headings, table.rows) == (["a", "b"], [["1", "2"]])


def test_only_the_beginning_of_a_large_file_is_read_and_shown() -> None:
    lines = "x;" * 50 + "\n" + ("ă" * 500 + ";y" * 49 + "\n") * 5000
    table = table_of(lines.encode()[: BYTES + 1])
    assert table is not None
    assert len(table.rows) == ROWS
    assert len(table.headings) == COLUMNS
    assert all(len(cell) <= LETTERS for row in table.rows for cell in row)
    assert table.more_rows
    assert table.more_columns


def test_ragged_rows_are_filled_up() -> None:
    table = table_of(b"a,b,c\n1\n1,2,3,4\n")
    assert table is not None
    assert table.rows == [["1", "", "", ""], ["1", "2", "3", "4"]]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"only one line\n",
        b"\x00\x01\x02" * 100,
        b"PK\x03\x04rest",
        b"T\xean;S\xf4\xec\n",
        b'"' + b"x" * 200_000,
        b"a,b\r" * 3 + b"\xff",
        b"\xff\xfea",
    ],
)
def test_what_is_no_table_has_no_preview(data: bytes, data_file: Callable[..., Any]) -> None:
    assert preview(data_file(data)) is None


def test_file_that_is_gone_has_no_preview(data_file: Callable[..., Any]) -> None:
    document = data_file(b"a,b\n1,2\n")
    document.file.storage.delete(document.file.name)
    assert preview(document) is None


def test_another_file_under_the_same_document_is_read_again(data_file: Callable[..., Any]) -> None:
    document = data_file(b"a,b\n1,2\n")
    assert preview(document) is not None
    document.file.save("moi.csv", ContentFile(b"a,b\n3,4\n5,6\n"))
    found = preview(SiteDocument.objects.get(pk=document.pk))
    assert found is not None
    assert found.rows[0] == ["3", "4"]


def test_hostile_cells_are_text(
    register: Callable[..., Any], entry: Callable[..., Any], data_file: Callable[..., Any],
    here: Tenant, browse: Any,
) -> None:  # fmt: skip
    hostile = (
        b'<script>alert(1)</script>,"=cmd|\' /C calc\'!A0"\n"<img src=x onerror=a()>",\x1b[31m\n'
    )
    files = [("file", {"document": data_file(hostile), "title": "", "note": ""})]
    entry(register("datasets"), DatasetPage, "Số liệu", slug="x", data_files=files)
    text = browse(here).get("/datasets/x/").content.decode()
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert(1)" not in text
    assert "<img src=x" not in text
    assert "\x1b" not in text
