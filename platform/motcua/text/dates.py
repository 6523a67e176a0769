"""Dates as Vietnamese offices write them: day, month, year."""

from __future__ import annotations

import re
from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from motcua.text.folding import fold

FIRST_YEAR, LAST_YEAR = 1900, 2199

_DAY_FIRST = re.compile(
    r"(?:ngay )?(?P<day>[0-9]{1,2}) ?(?P<mark>[/.-]) ?(?P<month>[0-9]{1,2}) ?(?P=mark) ?"
    r"(?P<year>[0-9]{4}|[0-9]{2})"
)
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_IN_WORDS = re.compile(
    r"(?:ngay )?(?P<day>[0-9]{1,2}),? thang (?P<month>[0-9]{1,2}),? nam (?P<year>[0-9]{4})"
)


def format_date(day: date) -> str:
    """Return `day` as ``dd/mm/yyyy``. A `datetime` is written with its own calendar day."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def format_date_in_words(day: date) -> str:
    """Return `day` as the head of an official letter has it: ``ngày 05 tháng 02 năm 2026``.

    Days below 10 and the months 1 and 2 get a zero (decree 30/2020/NĐ-CP, appendix I, II.4).
    """
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def parse_date(text: str) -> date:
    """Return the date that `text` states, the day always before the month.

    Understands ``25/9/2009``, ``25-09-2009``, ``25.9.2009``, ``2009-09-25`` (ISO 8601) and
    ``ngày 25 tháng 9 năm 2009``, with or without diacritics. Two digits of a year mean 1969–2068,
    as POSIX has it.

    Raises `ValueError` with a message for people: not such a form, no such day, or a year outside
    1900–2199.
    """
    folded = fold(text)
    forms = (_DAY_FIRST.fullmatch(folded), _ISO.fullmatch(folded), _IN_WORDS.fullmatch(folded))
    match = next((form for form in forms if form), None)
    if match is None:
        raise _refusal(_("“{text}” is not a date. Write it as day/month/year: 25/09/2009."), text)
    return _calendar_day(match, text)


def _calendar_day(match: re.Match[str], text: str) -> date:
    year = _full_year(match["year"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _refusal(_("The year in “{text}” must be between 1900 and 2199."), text)
    try:
        return date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        raise _refusal(
            _("There is no day “{text}” in the calendar. The day comes before the month."), text
        ) from None


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (1900 if year >= 69 else 2000)


def _refusal(message: str, text: str) -> ValueError:
    return ValueError(format_lazy(message, text=text.strip()[:40]))
