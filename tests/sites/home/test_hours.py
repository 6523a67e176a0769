"""Whether a counter is open, from hours as webmasters write them."""

from __future__ import annotations

from datetime import datetime

import pytest

from sites.home.hours import is_open

# 23/11/2026 is a Monday.
WEEK = "Thứ Hai–Thứ Sáu: 7:30–11:30, 13:30–17:00\nThứ Bảy: 7h30 - 11h30"


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M")  # noqa: DTZ007 - local time is meant


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("23/11/2026 07:30", True), ("23/11/2026 11:30", False), ("27/11/2026 16:59", True),
        ("28/11/2026 08:00", True), ("28/11/2026 14:00", False), ("29/11/2026 08:00", False),
    ],
)  # fmt: skip
def test_hours_of_a_week(when: str, expected: bool) -> None:
    assert is_open(WEEK, moment(when)) is expected


@pytest.mark.parametrize(
    "text",
    ["Từ thứ 2 đến thứ 6: 7 giờ 30 - 11 giờ 30", "T2-T6: 7g30-11g30",
     "Monday to Friday: 7:30 – 11:30", "Thứ Hai đến Thứ Sáu\nSáng 7:30–11:30\nChiều 13:00–17:00"],
)  # fmt: skip
def test_hours_are_read_in_any_writing(text: str) -> None:
    assert is_open(text, moment("23/11/2026 08:00")) is True
    assert is_open(text, moment("23/11/2026 20:00")) is False
    assert is_open(text, moment("29/11/2026 08:00")) is False


def test_days_may_run_over_the_end_of_the_week() -> None:
    text = "Thứ Bảy–Thứ Hai: 8:00–9:00"
    days = [is_open(text, moment(f"{day}/11/2026 08:30")) for day in range(23, 30)]
    assert days == [True, False, False, False, False, True, True]


@pytest.mark.parametrize(
    "text", ["", "Giờ hành chính", "Liên hệ trước", "7:30–11:30", "T2: 99:00–99:30"]
)
def test_what_cannot_be_read_is_not_guessed(text: str) -> None:
    assert is_open(text, moment("23/11/2026 08:00")) is None
