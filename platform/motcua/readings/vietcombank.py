"""Exchange rates of Vietcombank, which publishes them as XML for reference.

The answer (recorded in tests/motcua/readings/)::

    <ExrateList>
      <DateTime>11/20/2026 8:15:00 AM</DateTime>
      <Exrate CurrencyCode="USD" CurrencyName="US DOLLAR   " Buy="26,100.00"
              Transfer="26,130.00" Sell="26,390.00" />
      …
      <Source>Joint Stock Commercial Bank for Foreign Trade of Vietnam - Vietcombank</Source>
    </ExrateList>

A missing way of dealing is "-". The bank asks for no more than one request in five minutes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .providers import BadParameterError, Provider, UnreadableError
from .rates import Rate, Rates

CODE = re.compile(r"[A-Z]{3}")
LARGEST = Decimal(1_000_000)  # đồng for one unit; the dearest currency costs about 90,000
MOST_CURRENCIES = 20


class VietcombankRates(Provider):
    """Rates of the currencies in the parameter ``currencies``: a list of ISO 4217 codes."""

    key = "vietcombank"
    name = "Vietcombank"
    title = gettext_lazy("Exchange rates")
    website = "https://www.vietcombank.com.vn/"
    hosts = frozenset({"portal.vietcombank.com.vn"})
    accepts = frozenset({"text/xml", "application/xml"})
    parameters_label = gettext_lazy("Currencies")
    parameters_help = gettext_lazy(
        "Codes of three letters, separated by spaces or commas, the most important first: "
        "USD, EUR, JPY."
    )
    every = timedelta(minutes=30)
    stale_after = timedelta(hours=3)
    address = "https://portal.vietcombank.com.vn/Usercontrols/TVPortal.TyGia/pXML.aspx?b=68"

    def default_parameters(self) -> dict[str, Any]:
        """Return the currencies most asked for."""
        return {"currencies": ["USD", "EUR", "JPY", "CNY", "KRW"]}

    def cleaned(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Return the codes in capitals, each once; raises `BadParameterError`."""
        codes = list(
            dict.fromkeys(str(code).strip().upper() for code in parameters.get("currencies", []))
        )
        wrong = [code for code in codes if not CODE.fullmatch(code)]
        if wrong:
            text = _("“%(code)s” is no code of a currency, which has three letters, such as USD.")
            raise BadParameterError(text % {"code": wrong[0]})
        if not 0 < len(codes) <= MOST_CURRENCIES:
            text = _("Name at least one and at most %(most)s currencies.")
            raise BadParameterError(text % {"most": MOST_CURRENCIES})
        return {"currencies": codes}

    def to_text(self, parameters: Mapping[str, Any]) -> str:
        """Return the codes with commas."""
        return ", ".join(parameters.get("currencies", []))

    def from_text(self, text: str) -> dict[str, Any]:
        """Return the codes in a text."""
        return {"currencies": [code for code in re.split(r"[\s,;]+", text) if code]}

    def url(self, parameters: Mapping[str, Any]) -> str:
        """Return the one address; the bank gives all currencies at once."""
        return self.address

    def parse(self, body: bytes, content_type: str, parameters: Mapping[str, Any]) -> Rates:
        """Return the rates of the currencies asked for; raises `UnreadableError`."""
        root = _document(body)
        found = {
            element.get("CurrencyCode", "").strip(): element for element in root.iter("Exrate")
        }
        rates = [_rate(code, found[code]) for code in parameters["currencies"] if code in found]
        if not rates:
            raise UnreadableError("none of the currencies is there")
        return Rates(tuple(rates), _moment(root.findtext("DateTime", "")))

    def summary(self, reading: Rates) -> str:
        """Return each currency's headline rate."""
        return ", ".join(f"{rate.code} {rate.text}" for rate in reading.rates)

    def to_json(self, reading: Rates) -> dict[str, Any]:
        """Return what is stored of the rates."""
        return reading.to_json()

    def from_json(self, stored: Mapping[str, Any]) -> Rates:
        """Return the rates that were stored."""
        return Rates.from_json(stored)


def _document(body: bytes) -> Element:
    """Read XML that declares nothing of its own: no document type, so no entities."""
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise UnreadableError(f"not the XML expected: {type(error).__name__}") from error
    if root.tag != "ExrateList":
        raise UnreadableError(f"<{root.tag[:40]}> instead of <ExrateList>")
    return root


def _rate(code: str, element: Element) -> Rate:
    name = element.get("CurrencyName", "").strip()
    ways = [_amount(element.get(way, "")) for way in ("Buy", "Transfer", "Sell")]
    if not any(ways):
        raise UnreadableError(f"{code} has no rate")
    return Rate(code, name[:60], *ways)


def _amount(text: str) -> Decimal | None:
    text = text.strip().replace(",", "")
    if text in {"", "-"}:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise UnreadableError(f"{text[:40]!r} is no amount") from error
    if not amount.is_finite() or not 0 <= amount < LARGEST:
        raise UnreadableError(f"{text[:40]!r} is no rate")
    return amount or None


def _moment(text: str) -> datetime:
    """Read the bank's time, written the American way, in Viet Nam's time."""
    try:
        plain = datetime.strptime(text.strip(), "%m/%d/%Y %I:%M:%S %p")  # noqa: DTZ007
    except ValueError as error:
        raise UnreadableError(f"{text[:40]!r} is no time") from error
    return timezone.make_aware(plain)
