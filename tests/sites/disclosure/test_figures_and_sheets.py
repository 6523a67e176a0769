"""Numbers as Vietnamese write them; tables pasted from spreadsheets, refused line by line."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from sites.disclosure import figures
from sites.disclosure.blocks import IndicatorsBlock
from sites.disclosure.sheets import SheetError, read_amounts, read_indicators


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.441", "1441"), ("1.250.000", "1250000"), ("66,7", "66.7"), ("66.7", "66.7"),
     ("66,7 %", "66.7"), ("1.441,5", "1441.5"), ("1 441", "1441"), ("0.125", "0.125"),
     ("-3", "-3"), ("−3", "-3"), ("2015", "2015")],
)  # fmt: skip
def test_numbers_are_read_as_vietnamese_write_them(text: str, value: str) -> None:
    assert figures.parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", " ", "-", "–", "…", "x"])
def test_no_figure_is_no_figure_and_not_nothing(text: str) -> None:
    assert figures.parse_number(text) is None


@pytest.mark.parametrize("text", ["mười", "1,441,000", "1.44.1", "1e9", "٣", "9" * 16, "--1", "½"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="“"):
        figures.parse_number(text)


def test_numbers_are_written_for_their_readers() -> None:
    assert figures.number(Decimal("1441")) == "1.441"
    assert figures.number(Decimal("1E+3")) == "1.000"
    assert figures.measured(Decimal("66.70"), "%") == "66,7\u00a0%"
    assert figures.measured(10, "thủ tục") == "10\u00a0thủ tục"
    assert figures.ratio(Decimal(2), Decimal(3)) == "66,7\u00a0%"
    assert figures.ratio(Decimal(2), Decimal(0)) == ""
    assert figures.money(1_250_000_000) == "1.250.000.000 đồng"
    assert figures.money_in_short(1_250_000_000) == "1,25 tỷ đồng"
    assert figures.money_in_short(850_000_000) == "850 triệu đồng"
    assert figures.money_in_short(900) == "900 đồng"
    with translation.override("en"):
        assert figures.number(Decimal("1441.5")) == "1,441.5"
        assert figures.measured(Decimal("66.7"), "%") == "66.7%"


WIDE = (
    "Chỉ tiêu\tĐơn vị\t2014 mục tiêu\t2014 thực hiện\tKH 2015\tTH 2015\n"
    "Thủ tục mức độ 3\tthủ tục\t10\t12\t20\t\n"
    "Máy tính\t%\t80\t66,7\t100\t98,5\n"
)
LONG = (
    '"Chỉ tiêu","Đơn vị tính","Năm","Kế hoạch","Thực hiện"\r\n'
    '"Thủ tục mức độ 3","thủ tục","2015","20",""\r\n'
    '"Thủ tục mức độ 3","thủ tục","2014","10","12"\r\n'
    "\r\n"
    '"Máy tính","%","2014","80","66,7"\r\n'
    '"Máy tính","%","2015","100","98,5"\r\n'
)


@pytest.mark.parametrize("text", [WIDE, LONG, LONG.replace('","', '";"')])
def test_both_shapes_of_a_table_mean_the_same(text: str) -> None:
    first, second = read_indicators(text)
    assert (first.name, first.unit) == ("Thủ tục mức độ 3", "thủ tục")
    assert [(f.year, f.target, f.actual) for f in first.figures] == [
        (2014, 10, 12),
        (2015, 20, None),
    ]
    assert second.figures[0].actual == Decimal("66.7")


def messages(text: str) -> list[str]:
    with pytest.raises(SheetError) as refusal:
        read_indicators(text)
    return refusal.value.messages


def test_every_wrong_line_is_named() -> None:
    wrong = "Chỉ tiêu\tNăm\tMục tiêu\nA\t2014\tmười\nB\t20x4\t5\n\tnăm\t5\nC\t2014\t5\n"
    assert [m.split(":")[0] for m in messages(wrong)] == ["Dòng 4"]
    wrong = "Chỉ tiêu\tNăm\tMục tiêu\nA\t2014\tmười\n\nB\t20x4\t5\nC\t2014\t5\nC\t2014\t6\n"
    assert [m.split(":")[0] for m in messages(wrong)] == ["Dòng 2", "Dòng 4", "Dòng 6"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "hàng tiêu đề"),
        ("Chỉ tiêu\tMục tiêu", "hàng tiêu đề"),
        ("Chỉ tiêu\nA", "một cột"),
        ("Chỉ tiêu\t2014\nA\t5", "2014"),
        ("Chỉ tiêu\tMục tiêu\nA\t5", "năm nào"),
        ("Chỉ tiêu\tĐơn vị\nA\t5", "không có cột"),
        ("Chỉ tiêu\tNăm\t2014 KH\nA\t2014\t5", "không được cả hai"),
        ("Chỉ tiêu\t2014 KH\tKH 2014\nA\t1\t2", "trùng tiêu đề"),
        ("Chỉ tiêu\t2014 KH\nA\t1\t2", "nhiều ô hơn"),
        ("Chỉ tiêu\t2014 KH\t\tTH 2014\nA\t1\t2\t3", "không có tiêu đề"),
        ("A\t2014 KH\n" + "B\t1\n" * 400, "300"),
    ],
)
def test_a_table_that_cannot_be_meant_is_explained(text: str, word: str) -> None:
    assert word in " ".join(messages(text))


def test_amounts_cannot_be_less_than_nothing() -> None:
    table = read_amounts("Nguồn\t2014\t2015\nTỉnh\t33\t-\nTrung ương\t16,7\t1\n")
    assert table.columns == ("2014", "2015")
    assert table.total(0) == Decimal("49.7")
    with pytest.raises(SheetError, match="Dòng 2"):
        read_amounts("Nguồn\t2014\nTỉnh\t-33\n")


def test_the_form_of_the_admin_shows_the_lines() -> None:
    block = IndicatorsBlock()
    value = block.to_python({"title": "Nhóm", "data": "Chỉ tiêu\tNăm\tMục tiêu\nA\tx\t5\n"})
    with pytest.raises(ValidationError) as refusal:
        block.clean(value)
    assert "Dòng 2" in str(refusal.value.block_errors["data"].messages)  # type: ignore[attr-defined]
    good = block.to_python({"title": "Nhóm", "data": WIDE, "chart": "auto"})
    assert block.clean(good)["data"] == WIDE
