"""What the frame of every page shows beside the page: notices, readings, visits.

Each is looked up at most once in `KEPT_FOR` seconds by each process, so that most pages pay
nothing and none pays more than one cheap query for each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import connection

from motcua.insight import visits
from motcua.readings import shown as readings
from motcua.readings.rates import Rates
from motcua.readings.weather import Weather
from tenants.models import MAIN_SCHEMA

from .notices import MOST_AT_ONCE, Notice
from .settings import WidgetSettings

KEPT_FOR = 30  # seconds; other processes learn of a change after so long
NOTICES, VISITS, SETTINGS = "widgets-notices", "widgets-visits", "widgets-settings"


@dataclass(frozen=True)
class Readings:
    """Weather and rates where there are any; `at` is the time of the older of the two."""

    weather: readings.Shown | None
    rates: readings.Shown | None

    def __bool__(self) -> bool:
        return bool(self.weather or self.rates)

    @property
    def at(self) -> datetime | None:
        """When the older of them was fetched."""
        return min((one.at for one in (self.weather, self.rates) if one), default=None)

    @property
    def is_stale(self) -> bool:
        """Whether a source is interrupted."""
        return any(one.is_stale for one in (self.weather, self.rates) if one)


def all_readings() -> Readings:
    """Return the newest weather and the newest rates, of whichever provider."""
    found = list(readings.shown().values())
    return Readings(_newest(found, Weather), _newest(found, Rates))


def strip_readings() -> Readings | None:
    """Return what the strip above every page shows; nothing where the site wants none."""
    if connection.schema_name != MAIN_SCHEMA and not _settings().shows_readings:
        return None
    return all_readings() or None


def notices() -> list[Notice]:
    """Return the notices in force, the most important first."""
    return _kept(NOTICES, lambda: list(Notice.objects.in_force()[:MOST_AT_ONCE]))


def visit_figures() -> visits.Figures | None:
    """Return the visits of the site, on the main portal of the province; nothing if unwanted."""
    if not _settings().shows_visits:
        return None
    is_main = connection.schema_name == MAIN_SCHEMA
    figures = _kept(VISITS, visits.of_province if is_main else visits.of_site)
    return figures if figures.total else None


def forget_notices() -> None:
    """Look notices up anew at the next page of this site in this process."""
    cache.delete(NOTICES)


def forget_settings() -> None:
    """Look the settings up anew at the next page of this site in this process."""
    cache.delete(SETTINGS)


def _newest(found: list[readings.Shown], kind: type) -> readings.Shown | None:
    fitting = [one for one in found if isinstance(one.reading, kind)]
    return max(fitting, key=lambda one: one.at, default=None)


def _settings() -> WidgetSettings:
    return _kept(SETTINGS, lambda: WidgetSettings.objects.first() or WidgetSettings())


def _kept(key: str, look_up: Callable[[], Any]) -> Any:
    """Return what is kept under a key; keys are each site's own (``KEY_FUNCTION``)."""
    return cache.get_or_set(key, look_up, KEPT_FOR)
