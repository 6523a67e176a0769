"""The weather at some places, whoever tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Sky:
    """What the sky does, in words and as the name of an icon."""

    words: StrPromise
    icon: str


# WMO Code table 4677, as Open-Meteo uses it: the codes of "present weather" that it gives.
SKIES: dict[int, Sky] = {
    0: Sky(_("clear sky"), "sun"),
    1: Sky(_("mostly clear"), "sun"),
    2: Sky(_("partly cloudy"), "cloud-sun"),
    3: Sky(_("overcast"), "cloud"),
    45: Sky(_("fog"), "cloud-fog"),
    48: Sky(_("freezing fog"), "cloud-fog"),
    51: Sky(_("light drizzle"), "cloud-drizzle"),
    53: Sky(_("drizzle"), "cloud-drizzle"),
    55: Sky(_("heavy drizzle"), "cloud-drizzle"),
    56: Sky(_("freezing drizzle"), "cloud-drizzle"),
    57: Sky(_("freezing drizzle"), "cloud-drizzle"),
    61: Sky(_("light rain"), "cloud-rain"),
    63: Sky(_("rain"), "cloud-rain"),
    65: Sky(_("heavy rain"), "cloud-rain"),
    66: Sky(_("freezing rain"), "cloud-rain"),
    67: Sky(_("freezing rain"), "cloud-rain"),
    71: Sky(_("snow"), "cloud"),
    73: Sky(_("snow"), "cloud"),
    75: Sky(_("snow"), "cloud"),
    77: Sky(_("snow"), "cloud"),
    80: Sky(_("light showers"), "cloud-rain"),
    81: Sky(_("showers"), "cloud-rain"),
    82: Sky(_("violent showers"), "cloud-rain"),
    85: Sky(_("snow"), "cloud"),
    86: Sky(_("snow"), "cloud"),
    95: Sky(_("thunderstorm"), "cloud-lightning"),
    96: Sky(_("thunderstorm with hail"), "cloud-lightning"),
    99: Sky(_("thunderstorm with hail"), "cloud-lightning"),
}
UNKNOWN_SKY = Sky("", "cloud-sun")


@dataclass(frozen=True)
class PlaceWeather:
    """The weather at one place: degrees Celsius, percent of humidity, WMO code, local time."""

    name: str
    temperature: int
    humidity: int | None
    code: int
    at: datetime

    @property
    def sky(self) -> Sky:
        """What the sky does; wordless for a code nobody knows yet."""
        return SKIES.get(self.code, UNKNOWN_SKY)


@dataclass(frozen=True)
class Weather:
    """The weather at the configured places, in their order."""

    places: tuple[PlaceWeather, ...]

    @property
    def at(self) -> datetime:
        """When the oldest of the values was measured."""
        return min(place.at for place in self.places)

    def to_json(self) -> dict[str, Any]:
        """Return what is stored."""
        return {"places": [{**vars(place), "at": place.at.isoformat()} for place in self.places]}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Weather:
        """Return what was stored."""
        return cls(tuple(
            PlaceWeather(**{**place, "at": datetime.fromisoformat(place["at"])})
            for place in stored["places"]
        ))  # fmt: skip
