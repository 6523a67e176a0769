"""Working days: weekends, public holidays, Tết, further days off."""

from __future__ import annotations

from datetime import date

import pytest

from motcua.text.working_days import add_working_days, is_working_day, working_days_between


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 11, 18), 2, date(2026, 11, 20)),
        (date(2026, 11, 19), 2, date(2026, 11, 23)),  # over a weekend
        (date(2025, 4, 29), 2, date(2025, 5, 6)),  # 30 April, 1 May, a swapped 2 May, a weekend
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # Tết
        (date(2026, 11, 18), 0, date(2026, 11, 18)),
    ],
)
def test_a_period_ends_on_a_working_day(start: date, count: int, end: date) -> None:
    assert add_working_days(start, count) == end
    assert working_days_between(start, end) == count


def test_a_saturday_worked_for_a_bridge_day_is_a_working_day() -> None:
    assert is_working_day(date(2025, 4, 26))
    assert not is_working_day(date(2025, 5, 2))


def test_further_days_off_count_as_holidays() -> None:
    storm = {date(2026, 11, 19)}
    assert not is_working_day(date(2026, 11, 19), storm)
    assert add_working_days(date(2026, 11, 18), 1, storm) == date(2026, 11, 20)


def test_nothing_lies_between_a_day_and_an_earlier_one() -> None:
    assert working_days_between(date(2026, 11, 20), date(2026, 11, 18)) == 0
