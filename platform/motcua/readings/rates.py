"""Exchange rates of foreign currencies in đồng, whoever tells them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format

CHEAP = 1000  # đồng: below, what is behind the comma matters


def dong(amount: Decimal | None) -> str:
    """Return an amount in đồng as the reader's language writes it, a dash for none."""
    if amount is None:
        return "–"
    return number_format(amount, 2 if amount < CHEAP else 0, force_grouping=True)


@dataclass(frozen=True)
class Rate:
    """Đồng for one unit of a currency; a bank that does not deal in one way has none there."""

    code: str
    name: str
    buy: Decimal | None
    transfer: Decimal | None
    sell: Decimal | None

    @property
    def headline(self) -> Decimal | None:
        """The one number to show where there is room for one: what a buyer pays."""
        return self.sell or self.transfer or self.buy

    @property
    def text(self) -> str:
        """The headline number as people here write it."""
        return dong(self.headline)


@dataclass(frozen=True)
class Rates:
    """The rates at one moment, in the order the administrator gave."""

    rates: tuple[Rate, ...]
    at: datetime

    def to_json(self) -> dict[str, Any]:
        """Return what is stored: decimals as text."""
        rows = [{name: value if value is None else str(value) for name, value in vars(rate).items()}
                for rate in self.rates]  # fmt: skip
        return {"rates": rows, "at": self.at.isoformat()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Rates:
        """Return what was stored."""
        return cls(
            tuple(
                Rate(
                    row["code"],
                    row["name"],
                    *(Decimal(row[way]) if row[way] else None
                      for way in ("buy", "transfer", "sell")),
                )
                for row in stored["rates"]
            ),
            datetime.fromisoformat(stored["at"]),
        )  # fmt: skip
