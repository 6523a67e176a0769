"""Weeks of the calendar, which begin on Monday (ISO 8601)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from motcua.text.dates import FIRST_YEAR, LAST_YEAR, format_date

_WRITTEN = re.compile(r"(\d{4})-W(\d{2})")


@dataclass(frozen=True, order=True)
class Week:
    """One week, known by its Monday."""

    monday: date

    def __str__(self) -> str:
        """``2026-W47``, as addresses and calendars write it."""
        year, number, _day = self.monday.isocalendar()
        return f"{year:04}-W{number:02}"

    @classmethod
    def of(cls, day: date) -> Week:
        """Return the week in which a day lies."""
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def current(cls) -> Week:
        """Return this week, in the province's time."""
        return cls.of(timezone.localdate())

    @classmethod
    def parse(cls, text: str) -> Week:
        """Return the week that `text` states as ``2026-W47``.

        Raises:
            ValueError: it states none, or a year outside 1900–2199.
        """
        written = _WRITTEN.fullmatch(text.strip().upper())
        if written is None or not FIRST_YEAR <= int(written[1]) <= LAST_YEAR:
            raise ValueError(text)
        return cls(date.fromisocalendar(int(written[1]), int(written[2]), 1))

    @property
    def number(self) -> int:
        """Its number in the year to which its Thursday belongs."""
        return self.monday.isocalendar().week

    @property
    def year(self) -> int:
        """The year to which its Thursday belongs."""
        return self.monday.isocalendar().year

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def days(self) -> list[date]:
        """Its seven days from Monday on."""
        return [self.monday + timedelta(days=number) for number in range(7)]

    @property
    def previous(self) -> Week:
        """The week before."""
        return Week(self.monday - timedelta(days=7))

    @property
    def next(self) -> Week:
        """The week after."""
        return Week(self.monday + timedelta(days=7))

    @property
    def span(self) -> str:
        """``16/11/2026 – 22/11/2026``."""
        return f"{format_date(self.monday)} – {format_date(self.sunday)}"
