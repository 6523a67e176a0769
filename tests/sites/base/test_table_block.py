"""Tables write numbers the way Vietnamese readers expect them."""

from __future__ import annotations

import pytest

from sites.base.blocks import TableBlock

pytestmark = pytest.mark.django_db


def rendered(*columns: tuple[str, list[float | None]]) -> str:
    """HTML of a table with number columns under a heading each."""
    block = TableBlock()
    names = ["Phường 1", "Phường 2", "Phường 3"]
    value = block.to_python(
        {
            "caption": "",
            "table": {
                "columns": [
                    {"type": "text", "heading": "Nơi"},
                    *({"type": "number", "heading": heading} for heading, _cells in columns),
                ],
                "rows": [
                    {"values": [name, *cells]}
                    for name, *cells in zip(names, *(cells for _h, cells in columns), strict=False)
                ],
            },
        }
    )
    return str(block.render(value))


def test_digits_are_grouped_by_points() -> None:
    assert ">7.843<" in rendered(("Dân số", [7843, 12034, 1_251_034]))
    assert ">1.251.034<" in rendered(("Dân số", [7843, 12034, 1_251_034]))


def test_years_are_not_grouped() -> None:
    assert ">1976<" in rendered(("Thành lập", [1976, None, 2009]))


def test_number_that_looks_like_a_year_is_grouped_among_others() -> None:
    assert ">1.976<" in rendered(("Dân số", [1976, 12034, 5]))


def test_table_without_rows_shows_its_headings() -> None:
    assert "Dân số" in rendered(("Dân số", []))
