"""Where an agency's seat is on the map: coordinates, and plain links that open a map elsewhere.

A page never loads a map: it shows the site's own picture and lets the visitor open their own map.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# The mainland, the islands and the sea around them, with room to spare; degrees of WGS 84.
SOUTH, NORTH = Decimal("6"), Decimal("24")
WEST, EAST = Decimal("102"), Decimal("118")
ZOOM = 17  # streets and single houses


def validate_latitude(value: Decimal) -> None:
    """Accept degrees north at which Viet Nam lies.

    Raises:
        ValidationError: the place is elsewhere; the two numbers are often swapped.
    """
    if not SOUTH <= value <= NORTH:
        raise ValidationError(
            _("In Viet Nam the latitude lies between 6 and 24 degrees. Check that latitude and "
              "longitude are not swapped.")
        )  # fmt: skip


def validate_longitude(value: Decimal) -> None:
    """Accept degrees east at which Viet Nam lies.

    Raises:
        ValidationError: the place is elsewhere; the two numbers are often swapped.
    """
    if not WEST <= value <= EAST:
        raise ValidationError(
            _("In Viet Nam the longitude lies between 102 and 118 degrees. Check that latitude "
              "and longitude are not swapped.")
        )  # fmt: skip


def validate_pair(latitude: Decimal | None, longitude: Decimal | None) -> None:
    """Accept both coordinates or none.

    Raises:
        ValidationError: one is missing; tells which.
    """
    if (latitude is None) == (longitude is None):
        return
    missing = "latitude" if latitude is None else "longitude"
    raise ValidationError({missing: _("Enter both coordinates or none.")})


@dataclass(frozen=True)
class Place:
    """A point on the map."""

    latitude: Decimal
    longitude: Decimal

    def __str__(self) -> str:
        """Both coordinates with a decimal point, as maps and telephones read them."""
        return f"{_plain(self.latitude)},{_plain(self.longitude)}"

    @property
    def geo_url(self) -> str:
        """The address that opens the visitor's own map (RFC 5870)."""
        return f"geo:{self}"

    @property
    def openstreetmap_url(self) -> str:
        """The place on OpenStreetMap."""
        latitude, longitude = str(self).split(",")
        point = f"mlat={latitude}&mlon={longitude}"
        return f"https://www.openstreetmap.org/?{point}#map={ZOOM}/{latitude}/{longitude}"

    @property
    def google_url(self) -> str:
        """The place on Google Maps."""
        return f"https://www.google.com/maps/search/?api=1&query={self}"


def _plain(degrees: Decimal) -> str:
    return f"{degrees.normalize():f}"
