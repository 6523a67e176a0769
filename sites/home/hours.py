"""Whether an agency's counter is open, read from the lines its webmaster wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time

from motcua.text.folding import fold

# Monday is 0, as in `datetime.weekday`. Longer spellings first.
_DAYS = {
    "thu hai": 0, "thu 2": 0, "t2": 0, "monday": 0, "mon": 0,
    "thu ba": 1, "thu 3": 1, "t3": 1, "tuesday": 1, "tue": 1,
    "thu tu": 2, "thu 4": 2, "t4": 2, "wednesday": 2, "wed": 2,
    "thu nam": 3, "thu 5": 3, "t5": 3, "thursday": 3, "thu": 3,
    "thu sau": 4, "thu 6": 4, "t6": 4, "friday": 4, "fri": 4,
    "thu bay": 5, "thu 7": 5, "t7": 5, "saturday": 5, "sat": 5,
    "chu nhat": 6, "cn": 6, "sunday": 6, "sun": 6,
}  # fmt: skip
_DAY = "|".join(sorted(map(re.escape, _DAYS), key=len, reverse=True))
_RANGE = re.compile(rf"\b({_DAY})\b(?:\s*(?:-|den|to)\s*\b({_DAY})\b)?")
_CLOCK = r"(\d{1,2})\s*(?:[:hg]|gio)\s*(\d{2})?"
_PERIOD = re.compile(rf"{_CLOCK}\s*(?:-|den|to)\s*{_CLOCK}")


def is_open(text: str, moment: datetime) -> bool | None:
    """Return whether the lines of working hours include a moment (local time).

    A line names days and periods: ``Thứ Hai–Thứ Sáu: 7:30–11:30, 13:30–17:00``. A line without
    days belongs to those named before it. Public holidays are not known here.

    Returns:
        Nothing where no line can be read so: better no word than a wrong one.
    """
    periods = list(_periods(text))
    if not periods:
        return None
    now, today = moment.time(), moment.weekday()
    return any(today in days and begin <= now < end for days, begin, end in periods)


def _periods(text: str) -> Iterator[tuple[set[int], time, time]]:
    named: set[int] = set()
    for line in text.splitlines():
        folded = fold(line)
        named = set(_days(folded)) or named
        for match in _PERIOD.finditer(folded):
            begin, end = _clock(match[1], match[2]), _clock(match[3], match[4])
            if named and begin is not None and end is not None and begin < end:
                yield named, begin, end


def _days(line: str) -> Iterator[int]:
    for match in _RANGE.finditer(line):
        first = _DAYS[match[1]]
        last = _DAYS[match[2]] if match[2] else first
        yield from (day % 7 for day in range(first, last + (1 if first <= last else 8)))


def _clock(hour: str, minute: str | None) -> time | None:
    if int(hour) > 23 or int(minute or 0) > 59:
        return None
    return time(int(hour), int(minute or 0))
