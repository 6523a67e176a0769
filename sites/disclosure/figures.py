"""Numbers as people write and read them: 1.441; 66,7 %; 1,25 tỷ đồng. Years are never grouped."""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.text.folding import fold

NARROW = "\u00a0"  # between a number and its unit, so that no line ends between them
UNKNOWN = frozenset({"", "-", "–", "—", "…", "...", "x", "n/a", "na"})
MOST_DIGITS = 15

_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_PLAIN = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_PERCENT = frozenset({"%", "phan tram", "percent", "per cent"})


def parse_number(text: str) -> Decimal | None:
    """Return the number a cell of a Vietnamese spreadsheet shows; nothing where none is known.

    ``1.441`` is one thousand four hundred and forty-one, ``66,7`` and ``66.7`` are both
    sixty-six point seven; spaces and a percent sign are ignored.

    Raises:
        ValueError: no such number; the message is for people.
    """
    digits = "".join(text.split()).rstrip("%").replace("−", "-")
    if digits.lower() in UNKNOWN:
        return None
    if _GROUPED.fullmatch(digits):
        digits = digits.replace(".", "")
    elif not _PLAIN.fullmatch(digits):
        raise ValueError(
            _("“%(text)s” is not a number. Write 1.441 or 66,7.") % {"text": text[:40]}
        )
    if sum(char.isdigit() for char in digits) > MOST_DIGITS:
        raise ValueError(_("“%(text)s” has too many digits.") % {"text": text[:40]})
    return Decimal(digits.replace(",", "."))


def number(value: Decimal | int | None) -> str:
    """Return a number grouped and with the decimal sign of the reader's language."""
    if value is None:
        return ""
    plain = Decimal(value).normalize()
    places = max(-int(plain.as_tuple().exponent), 0)
    return str(number_format(plain, decimal_pos=places, force_grouping=True))


def measured(value: Decimal | int | None, unit: str = "") -> str:
    """Return a number with its unit; the percent sign stands off in Vietnamese only."""
    if value is None or not unit:
        return number(value)
    gap = "" if is_percent(unit) and get_language() == "en" else NARROW
    return f"{number(value)}{gap}{'%' if is_percent(unit) else unit}"


def is_percent(unit: str) -> bool:
    """Whether a unit means parts of a hundred."""
    return fold(unit) in _PERCENT


def ratio(part: Decimal | None, whole: Decimal | None) -> str:
    """Return ``part`` in percent of ``whole`` with at most one decimal; empty where unknown."""
    if part is None or not whole or whole < 0:
        return ""
    return measured(round(part * 100 / whole, 1), "%")


def money(amount: int | Decimal | None) -> str:
    """Return an amount of đồng in full: 1.250.000.000 đồng."""
    if amount is None:
        return ""
    return _("%(amount)s đồng") % {"amount": number(amount)}


def money_in_short(amount: int | Decimal | None) -> str:
    """Return an amount of đồng as people say it: 1,25 tỷ đồng, 850 triệu đồng."""
    if amount is None:
        return ""
    value = Decimal(amount)
    if value >= 10**9:
        return _("%(amount)s billion đồng") % {"amount": number(round(value / 10**9, 2))}
    if value >= 10**6:
        return _("%(amount)s million đồng") % {"amount": number(round(value / 10**6, 2))}
    return money(amount)
