"""The weather at some places from Open-Meteo (CC BY 4.0), one request for all of them.

The answer is an object for one place and a list of objects for several, in their order::

    {"latitude": 10.375, "longitude": 106.375, "utc_offset_seconds": 25200, …,
     "current_units": {"time": "iso8601", "temperature_2m": "°C", …},
     "current": {"time": "2026-11-20T08:15", "interval": 900, "temperature_2m": 28.9,
                 "relative_humidity_2m": 78, "weather_code": 2}}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .providers import BadParameterError, Provider, UnreadableError
from .weather import PlaceWeather, Weather

MOST_PLACES = 15
COLDEST, HOTTEST = -60, 60  # °C: outside of what was ever measured where people live


class OpenMeteoWeather(Provider):
    """Weather at the ``places``: a list of name, latitude and longitude in degrees (WGS 84)."""

    key = "open-meteo"
    name = "Open-Meteo"
    title = gettext_lazy("Weather")
    website = "https://open-meteo.com/"
    hosts = frozenset({"api.open-meteo.com"})
    accepts = frozenset({"application/json"})
    parameters_label = gettext_lazy("Places")
    parameters_help = gettext_lazy(
        "One place on each line, the most important first: name; latitude; longitude. "
        "For example: Mỹ Tho; 10.36; 106.36"
    )
    every = timedelta(minutes=30)
    stale_after = timedelta(hours=3)
    address = "https://api.open-meteo.com/v1/forecast"

    def default_parameters(self) -> dict[str, Any]:
        """Return no place: only the administrator knows the province."""
        return {"places": []}

    def cleaned(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Return the places with coordinates as numbers; raises `BadParameterError`."""
        places = [_place(place) for place in parameters.get("places", [])]
        if not 0 < len(places) <= MOST_PLACES:
            text = _("Name at least one and at most %(most)s places.")
            raise BadParameterError(text % {"most": MOST_PLACES})
        return {"places": places}

    def to_text(self, parameters: Mapping[str, Any]) -> str:
        """Return one line for each place."""
        return "\n".join(
            "{name}; {latitude}; {longitude}".format(**place)
            for place in parameters.get("places", [])
        )

    def from_text(self, text: str) -> dict[str, Any]:
        """Return the places in the lines of a text; a decimal comma is as good as a point."""
        return {"places": [_line(line) for line in text.splitlines() if line.strip()]}

    def url(self, parameters: Mapping[str, Any]) -> str:
        """Return the address that tells the present weather at all places."""
        places = parameters["places"]
        query = {
            "latitude": ",".join(str(place["latitude"]) for place in places),
            "longitude": ",".join(str(place["longitude"]) for place in places),
            "current": "temperature_2m,relative_humidity_2m,weather_code",
            "timezone": "Asia/Ho_Chi_Minh",
        }
        return f"{self.address}?{urlencode(query, safe=',/')}"

    def parse(self, body: bytes, content_type: str, parameters: Mapping[str, Any]) -> Weather:
        """Return the weather at the places, in their order; raises `UnreadableError`."""
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise UnreadableError("not JSON") from error
        found = answer if isinstance(answer, list) else [answer]
        places = parameters["places"]
        if len(found) != len(places):
            raise UnreadableError(f"{len(found)} places instead of {len(places)}")
        rows = zip(places, found, strict=True)
        return Weather(tuple(_weather(place["name"], row) for place, row in rows))

    def summary(self, reading: Weather) -> str:
        """Return each place's temperature."""
        return ", ".join(f"{place.name} {place.temperature} °C" for place in reading.places)

    def to_json(self, reading: Weather) -> dict[str, Any]:
        """Return what is stored of the weather."""
        return reading.to_json()

    def from_json(self, stored: Mapping[str, Any]) -> Weather:
        """Return the weather that was stored."""
        return Weather.from_json(stored)


def _line(line: str) -> dict[str, str]:
    parts = [part.strip() for part in line.split(";")]
    if len(parts) != 3:
        text = _("“%(line)s” is not of the form: name; latitude; longitude.")
        raise BadParameterError(text % {"line": line.strip()[:80]})
    name, latitude, longitude = parts
    return {
        "name": name,
        "latitude": latitude.replace(",", "."),
        "longitude": longitude.replace(",", "."),
    }


def _place(place: Mapping[str, Any]) -> dict[str, Any]:
    name = str(place["name"]).strip()
    try:
        latitude, longitude = float(place["latitude"]), float(place["longitude"])
    except (TypeError, ValueError):
        latitude = longitude = float("nan")
    if not name or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        text = _("“%(name)s” needs a latitude from −90 to 90 and a longitude from −180 to 180.")
        raise BadParameterError(text % {"name": name})
    return {"name": name[:60], "latitude": round(latitude, 4), "longitude": round(longitude, 4)}


def _weather(name: str, row: Any) -> PlaceWeather:
    try:
        current = row["current"]
        temperature, code = float(current["temperature_2m"]), int(current["weather_code"])
        humidity = current.get("relative_humidity_2m")
        at = timezone.make_aware(datetime.fromisoformat(current["time"]))
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
        raise UnreadableError(f"no present weather: {type(error).__name__}") from error
    if not COLDEST <= temperature <= HOTTEST:
        raise UnreadableError(f"{temperature} °C cannot be")
    return PlaceWeather(name, round(temperature), _percent(humidity), code, at)


def _percent(value: Any) -> int | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return round(value) if is_number and 0 <= value <= 100 else None
