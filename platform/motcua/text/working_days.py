"""Working days of Vietnamese offices: Monday to Friday without public holidays.

Public holidays, Tết among them, and the days that the government swaps (a Friday off for a
Saturday worked) come from the library `holidays`, which knows what has been decided when it was
released; days it cannot know yet are given by the caller.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

import holidays

ONE_DAY = timedelta(days=1)


def is_working_day(day: date, days_off: Collection[date] = ()) -> bool:
    """Return whether offices work on `day`; `days_off` are further days on which they do not."""
    return day not in days_off and bool(_calendar().is_working_day(day))


def add_working_days(day: date, count: int, days_off: Collection[date] = ()) -> date:
    """Return the last day of a period of `count` working days that begins on the day after `day`.

    That is how periods are counted in law: the day of the event itself is not counted (civil
    code 91/2015/QH13, article 147). `count` is 0 or more; 0 is the day itself.
    """
    while count > 0:
        day += ONE_DAY
        count -= is_working_day(day, days_off)
    return day


def working_days_between(start: date, end: date, days_off: Collection[date] = ()) -> int:
    """Return how many working days lie after `start` up to and with `end`; 0 if `end` is no later.

    >>> working_days_between(friday, monday_after)
    1
    """
    days = range(1, (end - start).days + 1)
    return sum(is_working_day(start + timedelta(days=offset), days_off) for offset in days)


@cache
def _calendar() -> holidays.HolidayBase:
    # It adds the years it is asked for as they come.
    return holidays.country_holidays("VN")
