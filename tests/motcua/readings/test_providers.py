"""What the two providers ask, and what they read out of recorded and of broken answers."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from motcua.fetching.addresses import target_of
from motcua.readings.open_meteo import OpenMeteoWeather
from motcua.readings.providers import BadParameterError, Provider, UnreadableError, providers
from motcua.readings.rates import Rate, dong
from motcua.readings.vietcombank import VietcombankRates

RECORDED = Path(__file__).parent / "recorded"
RATES = (RECORDED / "vietcombank.xml").read_bytes()
WEATHER = (RECORDED / "open_meteo.json").read_bytes()
PLACES = {"places": [{"name": "Mỹ Tho", "latitude": 10.36, "longitude": 106.36},
                     {"name": "Gò Công", "latitude": 10.36, "longitude": 106.67}]}  # fmt: skip
CURRENCIES = {"currencies": ["USD", "DKK", "JPY", "ZZZ"]}  # no bank has the last

vietcombank, open_meteo = VietcombankRates(), OpenMeteoWeather()


def test_vietcombank_s_rates_are_read_in_the_order_asked_for() -> None:
    reading = vietcombank.parse(RATES, "text/xml", CURRENCIES)
    usd, dkk, jpy = reading.rates
    assert usd == Rate("USD", "US DOLLAR", Decimal("26100"), Decimal("26130"), Decimal("26390"))
    assert (dkk.buy, dkk.transfer) == (None, Decimal("4012.55"))
    assert reading.at.isoformat() == "2026-11-20T08:15:00+07:00"
    assert vietcombank.from_json(json.loads(json.dumps(vietcombank.to_json(reading)))) == reading
    assert vietcombank.summary(reading) == "USD 26.390, DKK 4.166, JPY 173,54"
    with translation.override("en"):
        assert (dong(usd.sell), dong(jpy.sell), dong(dkk.buy)) == ("26,390", "173.54", "–")


def test_open_meteo_s_weather_is_read_in_the_order_of_the_places() -> None:
    reading = open_meteo.parse(WEATHER, "application/json", PLACES)
    my_tho, go_cong = reading.places
    assert (my_tho.name, my_tho.temperature, my_tho.humidity) == ("Mỹ Tho", 29, 78)
    assert (my_tho.sky.icon, go_cong.sky.icon) == ("cloud-sun", "cloud-lightning")
    assert reading.at.isoformat() == "2026-11-20T08:15:00+07:00"
    assert open_meteo.from_json(json.loads(json.dumps(open_meteo.to_json(reading)))) == reading
    assert open_meteo.summary(reading) == "Mỹ Tho 29 °C, Gò Công 28 °C"
    one = json.dumps(json.loads(WEATHER)[0]).encode()
    [place] = open_meteo.parse(one, "application/json", {"places": PLACES["places"][:1]}).places
    assert place == my_tho


def test_one_address_asks_for_everything() -> None:
    assert open_meteo.url(PLACES) == (
        "https://api.open-meteo.com/v1/forecast?latitude=10.36,10.36&longitude=106.36,106.67"
        "&current=temperature_2m,relative_humidity_2m,weather_code&timezone=Asia/Ho_Chi_Minh"
    )
    for provider, parameters in ((open_meteo, PLACES), (vietcombank, CURRENCIES)):
        assert target_of(provider.url(parameters), provider.hosts).scheme == "https"


BILLION = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;">]><ExrateList><DateTime>&c;</DateTime></ExrateList>"""
FILE = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<ExrateList><DateTime>&a;</DateTime></ExrateList>"""


@pytest.mark.parametrize(
    "body",
    [
        b"", b"\xff\xfe", b"<ExrateList>", b"<html></html>", b"{}", BILLION, FILE,
        b"<ExrateList/>",
        RATES.replace(b'Sell="26,390.00"', b'Sell="26,39o.00"'),
        RATES.replace(b'Sell="26,390.00"', b'Sell="NaN"'),
        RATES.replace(b'Sell="26,390.00"', b'Sell="-26,390.00"'),
        RATES.replace(b'Sell="26,390.00"', b'Sell="1e999999999"'),
        RATES.replace(b'Buy="26,100.00" Transfer="26,130.00" Sell="26,390.00"', b""),
        RATES.replace(b"11/20/2026 8:15:00 AM", b"20/11/2026"),
        RATES.replace(b"utf-8", b"klingon"),
    ],
)  # fmt: skip
def test_what_is_no_list_of_rates_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        vietcombank.parse(body, "text/xml", CURRENCIES)


def with_current(**changes: Any) -> bytes:
    answer = json.loads(WEATHER)
    answer[0]["current"].update(changes)
    return json.dumps(answer).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"", b"\xff", b"{", b"null", b"[]", b"[1, 2]", b"{}", b'"text"', b"[" * 100_000,
        b'{"error": true, "reason": "Daily API request limit exceeded."}',
        WEATHER.replace(b'"current":', b'"now":'),
        with_current(temperature_2m=None), with_current(temperature_2m="warm"),
        with_current(temperature_2m=300), with_current(weather_code=None),
        with_current(time="yesterday"), with_current(temperature_2m=float("nan")),
    ],
)  # fmt: skip
def test_what_is_no_weather_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        open_meteo.parse(body, "application/json", PLACES)


def test_what_can_be_missing_may_be_missing() -> None:
    reading = open_meteo.parse(
        with_current(relative_humidity_2m=None, weather_code=1234), "application/json", PLACES
    )
    assert reading.places[0].humidity is None
    assert str(reading.places[0].sky.words) == ""


def test_an_administrator_writes_places_and_currencies_as_people_do() -> None:
    written = open_meteo.from_text(" Mỹ Tho ; 10,36; 106,36\n\nGò Công;10.36;106.67\n")
    assert open_meteo.cleaned(written) == PLACES
    assert open_meteo.cleaned(open_meteo.from_text(open_meteo.to_text(PLACES))) == PLACES
    written = vietcombank.from_text("usd, eur;JPY  usd")
    assert vietcombank.cleaned(written) == {"currencies": ["USD", "EUR", "JPY"]}


@pytest.mark.parametrize(
    ("provider", "text"),
    [
        (open_meteo, ""), (open_meteo, "Mỹ Tho"), (open_meteo, "Mỹ Tho; 10"),
        (open_meteo, "Mỹ Tho; x; y"), (open_meteo, "Mỹ Tho; nan; 106"),
        (open_meteo, "Mỹ Tho; 91; 106"), (open_meteo, "; 10; 106"), (open_meteo, "A; 1; 2\n" * 16),
        (vietcombank, ""), (vietcombank, "dollar"), (vietcombank, "U$D"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_said(provider: Provider, text: str) -> None:
    with pytest.raises(BadParameterError) as caught:
        provider.cleaned(provider.from_text(text))
    assert str(caught.value)


def test_every_provider_is_polite_and_keeps_to_its_terms(settings: Any) -> None:
    assert set(providers()) == {"open-meteo", "vietcombank"}
    for provider in providers().values():
        assert provider.every >= timedelta(minutes=5)
        assert provider.every < provider.stale_after < provider.gone_after
