"""Numbers and codes of documents, procedures, dossiers, agencies and citizens.

Each has a *key*: one spelling for all the ways people write it, made to be stored beside the
original, indexed and compared. PostgreSQL's text search cannot do this: it splits
``1507/QĐ-UBND`` at the Đ and reads the date in a dossier code as a negative number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from motcua.text.folding import CYRILLIC_LOOKALIKES, fold

# Real decisions are published as "SỐ 64/QĐ-NHNN".
_NUMBER_WORD = re.compile(r"^(?:(?:so(?: hieu)?|no)\b[ /-]*)+")
_NOT_DOCUMENT = re.compile(r"[^a-z0-9/. -]+|(?<![0-9])\.|\.(?![0-9])")
_AROUND_SEPARATOR = re.compile(r" *([/-])[ /-]*")
_LEADING_ZEROS = re.compile(r"^0+(?=[0-9])")
# Party documents write "12-NQ/TW", and addresses "1507-qd-ubnd": still number 12, number 1507.
_HYPHEN_AFTER_NUMBER = re.compile(r"^([0-9]+(?:\.[0-9]+)?[a-z]?)-")
_DOCUMENT_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?[a-z]?(?:/[0-9]{4})?/[a-z][a-z0-9/-]*")

_NATIONAL_PROCEDURE = r"[0-9]\.[0-9]{6}"
_AGENCY = r"[A-Z0-9]{2,3}(?:\.[A-Z0-9]{2,3})*"
_PROCEDURE = re.compile(rf"(?P<national>{_NATIONAL_PROCEDURE})(?:\.(?P<agency>{_AGENCY}))?")
_DOSSIER = re.compile(
    rf"(?P<agency>{_AGENCY})-(?P<year>[0-9]{{2}})(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})"
    r"-(?P<sequence>[0-9]{4,})"
)
_TOP_DOWN = re.compile(r"[A-Z][0-9]{2}(?:\.[A-Z0-9]{2,3})*")
_BOTTOM_UP = re.compile(r"[A-Z0-9]{3}\.[A-Z0-9]{2}\.[A-Z0-9]{2}\.[A-Z][0-9]{2}")
_MOST_LEVELS = 8

CITIZEN_ID_LENGTH = 12  # digits; law on identification 26/2023/QH15, article 12
_SHOWN_DIGITS = 4


def document_key(number: str) -> str:
    """Return the key of a document number (số ký hiệu), empty when nothing is left of it.

    ``1507/QĐ-UBND``, ``1507/qd-ubnd``, ``Số: 1507 / QÐ – UBND`` and ``1507 QD UBND`` have the key
    ``1507/qd-ubnd``. Kept are a–z, digits, ``/``, ``-`` and dots within numbers. A slash follows
    the number itself (``12-NQ/TW`` is ``12/nq/tw``), leading zeros are dropped (``05/2013/…`` is
    ``5/2013/…``), Cyrillic look-alikes are read as Latin.
    """
    key = _spaced_parts(_document_text(number)).rstrip("/- ")
    return _HYPHEN_AFTER_NUMBER.sub(r"\1/", key)


def document_prefix(number: str) -> str:
    """Return what the key of every matching document begins with, for an indexed prefix lookup.

    A bare number means that number (``1507`` gives ``1507/`` and will not find 15070); a beginning
    such as ``1507/q`` is taken as it is. The result holds neither ``%`` nor ``_``.
    """
    key = document_key(number)
    ends_open = key.isdigit() or _document_text(number).rstrip().endswith("/")
    return f"{key}/" if key and ends_open else key


def is_document_number(text: str) -> bool:
    """Return whether `text` reads like a whole document number, so that a key can find it."""
    return bool(_DOCUMENT_NUMBER.fullmatch(document_key(text)))


@dataclass(frozen=True)
class ProcedureCode:
    """A procedure's national code, and the agency code of a province's own version of it."""

    national: str
    agency: str = ""

    def __str__(self) -> str:
        return f"{self.national}.{self.agency}" if self.agency else self.national


def parse_procedure_code(text: str) -> ProcedureCode:
    """Return the parts of ``1.001612`` or ``1.001612.000.00.00.H58``.

    Raises `ValueError` with a message for people.
    """
    match = _PROCEDURE.fullmatch(_code(text))
    if match is None:
        raise _refusal(_("“{text}” is not a procedure code such as 1.001612."), text)
    return ProcedureCode(match["national"], match["agency"] or "")


def procedure_key(text: str) -> str:
    """Return the key of a procedure code: capitals, no spaces. Never raises; may be empty.

    A key of a national code is a prefix of the keys of its local versions.
    """
    return _code(text).rstrip(".")


@dataclass(frozen=True)
class AgencyCode:
    """An agency's code (mã định danh), from the highest level down: ``("H08", "01", "05")``.

    Decision 20/2020/QĐ-TTg writes the levels top down with dots, ``H08.01.05``; QCVN
    102:2016/BTTTT wrote exactly four from the bottom up, ``000.05.01.H08``. Both are the same
    agency and compare equal.
    """

    levels: tuple[str, ...]

    def __str__(self) -> str:
        return ".".join(self.levels)

    @property
    def parent(self) -> AgencyCode | None:
        """The code one level up, or nothing for a province or ministry."""
        return AgencyCode(self.levels[:-1]) if len(self.levels) > 1 else None

    def is_within(self, other: AgencyCode) -> bool:
        """Whether `other` is this agency or one above it."""
        return self.levels[: len(other.levels)] == other.levels


def parse_agency_code(text: str) -> AgencyCode:
    """Return the agency of ``H08``, ``H08.01``, ``H08.01.05`` or, older, ``000.00.53.H48``.

    Accepted are a letter and two digits for the highest level and two or three digits or letters
    for each lower one, at most eight levels. A code that reads both ways (``A12.01.05.H48``) is
    taken as the older form. Raises `ValueError` with a message for people.
    """
    code = _code(text)
    levels = code.split(".")
    if _BOTTOM_UP.fullmatch(code):
        return AgencyCode(_without_empty_levels(levels[::-1]))
    if _TOP_DOWN.fullmatch(code) and len(levels) <= _MOST_LEVELS:
        return AgencyCode(tuple(levels))
    raise _refusal(_("“{text}” is not an agency code such as H08 or H08.01.05."), text)


@dataclass(frozen=True)
class DossierCode:
    """A dossier's code: receiving agency, day of receipt, running number of that day."""

    agency: str
    day: date
    sequence: str  # as written: zeros in front belong to the code

    def __str__(self) -> str:
        return f"{self.agency}-{self.day:%y%m%d}-{self.sequence}"


def parse_dossier_code(text: str) -> DossierCode:
    """Return the parts of ``000.00.53.H48-220921-0099``.

    Raises `ValueError` with a message for people, also when the day is not in the calendar.
    """
    match = _DOSSIER.fullmatch(_code(text))
    day = _dossier_day(match) if match else None
    if match is None or day is None:
        raise _refusal(_("“{text}” is not a dossier code such as 000.00.53.H48-220921-0099."), text)
    return DossierCode(match["agency"], day, match["sequence"])


def dossier_key(text: str) -> str:
    """Return the key of a dossier code: capitals, ASCII hyphens, no spaces. Never raises."""
    return _code(text)


def is_citizen_id(text: str) -> bool:
    """Return whether `text` is a citizen's number (CCCD): 12 ASCII digits, spaces aside."""
    return bool(re.fullmatch(rf"[0-9]{{{CITIZEN_ID_LENGTH}}}", _without_spaces(text)))


def mask_citizen_id(text: str) -> str:
    """Return a citizen's number for screens: ``********1234``, the last four digits only.

    The first digits tell birthplace, sex and year of birth. Anything that is not a citizen's
    number is masked whole, so that a wrong value is not disclosed either; empty stays empty.
    """
    digits = _without_spaces(text)
    shown = _SHOWN_DIGITS if is_citizen_id(text) else 0
    return "*" * (len(digits) - shown) + digits[len(digits) - shown :]


def _document_text(number: str) -> str:
    """Return the folded number with tight separators and without what no number contains."""
    text = fold(number).translate(CYRILLIC_LOOKALIKES).replace("\\", "/")
    text = _AROUND_SEPARATOR.sub(r"\1", _NOT_DOCUMENT.sub(" ", text)).lstrip("/- ")
    return _LEADING_ZEROS.sub("", _NUMBER_WORD.sub("", text))


def _spaced_parts(text: str) -> str:
    """Join parts set apart by spaces: a slash beside a number, a hyphen between letters."""
    key, *parts = text.split() or [""]
    for part in parts:
        between_letters = key[-1:].isalpha() and part[:1].isalpha()
        key += ("-" if between_letters else "/") + part
    return key


def _code(text: str) -> str:
    return _without_spaces(fold(text).translate(CYRILLIC_LOOKALIKES)).upper()


def _without_spaces(text: str) -> str:
    return "".join(text.split())


def _without_empty_levels(levels: list[str]) -> tuple[str, ...]:
    """Return levels, top down, without the zeros that fill a fixed-length code."""
    while len(levels) > 1 and not levels[-1].strip("0"):
        levels = levels[:-1]
    return tuple(levels)


def _dossier_day(match: re.Match[str]) -> date | None:
    try:
        return date(2000 + int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _refusal(message: str, text: str) -> ValueError:
    return ValueError(format_lazy(message, text=text.strip()[:60]))
