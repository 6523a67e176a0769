"""The seat on the map: coordinates within Viet Nam, links out, nothing loaded from elsewhere."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from sites.base.models import SiteSettings
from sites.base.seat import Place
from tenants.models import Tenant
from tests.factories import create_image


def settings_with(latitude: str | None, longitude: str | None) -> SiteSettings:
    """Settings of no site, with coordinates."""
    degrees = [Decimal(text) if text else None for text in (latitude, longitude)]
    return SiteSettings(latitude=degrees[0], longitude=degrees[1])


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [("10.3601", "106.3597"), ("23.392", "105.323"), ("8.55", "104.8"), ("8.645", "111.92"),
     (None, None)],
)  # fmt: skip
def test_places_in_viet_nam_are_accepted(latitude: str | None, longitude: str | None) -> None:
    settings_with(latitude, longitude).clean_fields(exclude={"site"})
    settings_with(latitude, longitude).clean()


def test_swapped_or_single_coordinates_are_refused_with_the_reason() -> None:
    with pytest.raises(ValidationError) as swapped:
        settings_with("106.3597", "10.3601").clean_fields(exclude={"site"})
    assert set(swapped.value.message_dict) == {"latitude", "longitude"}
    assert "6" in swapped.value.message_dict["latitude"][0]
    with pytest.raises(ValidationError) as single:
        settings_with("10.3601", None).clean()
    assert set(single.value.message_dict) == {"longitude"}


def test_links_write_degrees_with_a_point_in_every_language() -> None:
    place = Place(Decimal("10.360100"), Decimal("106.000000"))
    assert place.geo_url == "geo:10.3601,106"
    assert "mlat=10.3601&mlon=106#map=17/10.3601/106" in place.openstreetmap_url
    assert place.google_url.endswith("query=10.3601,106")


def test_contact_page_shows_map_and_links_and_loads_nothing_foreign(
    alpha: Tenant, browse: Any
) -> None:
    with tenant_context(alpha):
        SiteSettings.objects.update(
            latitude="10.3601", longitude="106.3597",
            seat_map=create_image("ban-do.png", description="Cổng ở ngã tư Rạch Gầm"),
        )  # fmt: skip
    text = browse(alpha).get("/lien-he/").content.decode()
    assert 'href="geo:10.3601,106.3597"' in text
    assert 'alt="Cổng ở ngã tư Rạch Gầm"' in text
    assert "https://www.openstreetmap.org/" in text
    assert not re.search(r"<(?:iframe|script|img|link)[^>]+(?:openstreetmap|google)", text)


def test_only_the_page_with_the_map_asks_for_the_picture(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        SiteSettings.objects.update(seat_map=create_image("ban-do.png"))
    browse(alpha).get("/gioi-thieu/")
    with CaptureQueriesContext(connection) as queries:
        browse(alpha).get("/gioi-thieu/")
    assert not [query for query in queries if "base_siteimage" in query["sql"]]
