"""The two providers speak to a machine on loopback; a provincial administrator is signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django_tenants.utils import schema_context

from motcua.readings.models import Source, ensure_sources
from motcua.readings.open_meteo import OpenMeteoWeather
from motcua.readings.vietcombank import VietcombankRates
from tenants.models import Tenant
from tests.outside import JSON, XML, Outside, outside_server

RECORDED = Path(__file__).parents[2] / "motcua" / "readings" / "recorded"
PLACES = [{"name": "Mỹ Tho", "latitude": 10.36, "longitude": 106.36},
          {"name": "Gò Công", "latitude": 10.36, "longitude": 106.67}]  # fmt: skip


@pytest.fixture(scope="session")
def server() -> Iterator[Outside]:
    with outside_server() as outside:
        yield outside


@pytest.fixture
def outside(server: Outside, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Outside:
    """The machine the providers ask, which answers as recorded unless told otherwise."""
    settings.FETCH_TEST_HOSTS = [server.host]
    server.answers["/rates"] = (XML, (RECORDED / "vietcombank.xml").read_bytes())
    server.answers["/weather"] = (JSON, (RECORDED / "open_meteo.json").read_bytes())
    server.asked.clear()
    for provider, path in ((VietcombankRates, "/rates"), (OpenMeteoWeather, "/weather")):
        monkeypatch.setattr(provider, "hosts", frozenset({server.host}))
        monkeypatch.setattr(provider, "address", server.url(path))
    return server


@pytest.fixture
def sources(db: None) -> dict[str, Source]:
    """Both sources, switched on."""
    with schema_context("public"):
        found = {source.provider_key: source for source in ensure_sources()}
        found["open-meteo"].parameters = {"places": PLACES}
        for source in found.values():
            source.is_on = True
            source.save()
    return found


@pytest.fixture
def admin(main: Tenant, administrator: Any, browse: Callable[..., Client]) -> Client:
    """A browser in which the provincial administrator is signed in."""
    return browse(main, user=administrator)
