"""Dates as people write them, and the formats of forms."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from datetime import date, datetime

import pytest
from django import forms
from django.test import override_settings
from django.utils import formats, translation
from hypothesis import given
from hypothesis import strategies as st

from motcua.text.dates import format_date, format_date_in_words, parse_date

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "25/09/2009",
        "25/9/2009",
        "25-09-2009",
        "25.9.2009",
        "25/9/09",
        "2009-09-25",
        "ngày 25 tháng 9 năm 2009",
        "Ngày 25 tháng 09 năm 2009",
        "25 thang 9 nam 2009",
        "ngày 25/9/2009",
        unicodedata.normalize("NFD", "ngày 25 tháng 9 năm 2009"),
        " 25 / 9 / 2009 ",
        "25–09–2009",
    ],
)
def test_the_day_always_comes_before_the_month(text: str) -> None:
    assert parse_date(text) == date(2009, 9, 25)


def test_the_fourth_of_march_is_not_the_third_of_april() -> None:
    assert parse_date("03/04/2026") == date(2026, 4, 3)


def test_two_digits_of_a_year_mean_1969_to_2068() -> None:
    assert parse_date("1/1/69").year == 1969
    assert parse_date("1/1/68").year == 2068


@pytest.mark.parametrize(
    "text",
    ["", "hôm nay", "25/9", "25/9-2009", "2009/25/9", "1/1/20260", "25/09/2009 10:00", "٢٥/٩/٢٠٠٩"],
)
def test_other_text_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        parse_date(text)


@pytest.mark.parametrize("text", ["31/4/2026", "9/25/2009", "29-02-2025", "0/1/2026", "2026-13-01"])
def test_days_outside_the_calendar_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no day"):
        parse_date(text)


@pytest.mark.parametrize("text", ["1/1/0001", "1/1/1899", "2200-01-01", "ngày 1 tháng 1 năm 9999"])
def test_years_of_no_office_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="between 1900 and 2199"):
        parse_date(text)


@given(DAYS)
def test_written_dates_read_back(day: date) -> None:
    assert parse_date(format_date(day)) == day
    assert parse_date(format_date_in_words(day)) == day
    assert parse_date(day.isoformat()) == day


@given(st.text())
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    with suppress(ValueError):
        assert parse_date(format_date(parse_date(text))) == parse_date(text)


def test_dates_are_written_day_first() -> None:
    assert format_date(date(2026, 4, 3)) == "03/04/2026"
    assert format_date(datetime(2026, 4, 3, 23, 59)) == "03/04/2026"  # noqa: DTZ001
    assert format_date_in_words(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert format_date_in_words(date(2026, 9, 25)) == "ngày 25 tháng 9 năm 2026"


@pytest.mark.parametrize("language", ["vi", "en"])
@override_settings(FORMAT_MODULE_PATH=["motcua.text.formats"], USE_THOUSAND_SEPARATOR=True)
def test_forms_read_the_day_first_in_both_languages(language: str) -> None:
    formats.reset_format_cache()
    with translation.override(language):
        for text in ["03/04/2026", "3/4/2026", "03-04-2026", "03.04.2026", "2026-04-03"]:
            assert forms.DateField().clean(text) == date(2026, 4, 3)
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1
        assert formats.date_format(date(2026, 4, 3), "SHORT_DATE_FORMAT") == "03/04/2026"
    formats.reset_format_cache()


@override_settings(FORMAT_MODULE_PATH=["motcua.text.formats"], USE_THOUSAND_SEPARATOR=True)
def test_vietnamese_numbers_group_by_dots() -> None:
    formats.reset_format_cache()
    with translation.override("vi"):
        assert formats.number_format(1441) == "1.441"
        assert formats.number_format("16.7", decimal_pos=1) == "16,7"
        assert formats.date_format(date(2026, 4, 3)) == "03/04/2026"
        assert formats.date_format(date(2026, 4, 3), "YEAR_MONTH_FORMAT") == "tháng 4/2026"
    formats.reset_format_cache()
