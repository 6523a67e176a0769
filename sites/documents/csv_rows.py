"""What a row of a list says of a document, and what is odd about it.

A row is never refused: it becomes a document with what it has, and what could not be placed is
kept in the document's notes, as it was written.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from motcua.text.codes import document_key, is_document_number
from motcua.text.dates import parse_date
from motcua.text.folding import fold, normalise, normalise_line

from .csv_reading import RawRow
from .states import State
from .vocabulary import known_type

# Columns of one line that go into the document as they are, with the room they have there.
LINES = {"number": 200, "issuer": 255, "signer": 150, "signer_office": 200, "field": 150,
         "source": 300, "gazette_number": 60}  # fmt: skip
DATES = {"issue_date": "issued", "effective_date": "effective", "expiry_date": "expires",
         "gazette_date": "gazette_date"}  # fmt: skip
NEEDED = ("number", "title", "type", "issuer", "issue_date")
URL_LENGTH, TYPE_LENGTH = 1000, 100
KEY, SUFFIX = 40, 24  # hexadecimal digits of a document's key, and of what tells twins apart

STATES = {
    "con hieu luc": State.IN_FORCE,
    "dang co hieu luc": State.IN_FORCE,
    "chua co hieu luc": State.PENDING,
    "sap co hieu luc": State.PENDING,
    "het hieu luc": State.EXPIRED,
    "het hieu luc toan bo": State.EXPIRED,
    "bi thay the": State.EXPIRED,
    "het hieu luc mot phan": State.PARTLY,
    "con hieu luc mot phan": State.PARTLY,
    **{state.value: state for state in State},
}
UNDETERMINED = {"", "khong xac dinh", "chua xac dinh", "unknown"}
# What no Vietnamese text writes in small letters; a list that does has lost its capitals.
_LOST_CAPITALS = re.compile(
    r"\b(?:tnhh|ubnd|hđnd|việt nam|ủy ban nhân dân|uỷ ban nhân dân|hội đồng nhân dân"
    r"|quốc hội|chính phủ)\b"
)
_YEAR = re.compile(r"/((?:19|20)\d\d)/")
_WITHOUT_D = re.compile(r"/(?:\d{4}/)?(?:QD|ND|HDND)\b|-HDND\b")


@dataclass(frozen=True)
class Oddity:
    """One thing that is odd about a row: a code of `MESSAGES`, a column, the raw value."""

    code: str
    column: str = ""
    value: str = ""

    @property
    def kind(self) -> str:
        """What a report counts it under: its code, with the column where that says more."""
        return f"{self.code}-{self.column}" if self.code in {"missing", "bad_date"} else self.code

    @property
    def summary(self) -> str:
        """What all oddities of this kind have in common, in the reader's language."""
        return Oddity(self.code, self.column, "…").text

    @property
    def text(self) -> str:
        """The oddity in the reader's language."""
        values = {"column": column_label(self.column), "value": self.value[:80]}
        return str(messages()[self.code]) % values


def messages() -> dict[str, str]:
    """Return the words for each oddity, with the places ``%(column)s`` and ``%(value)s``."""
    return {
        "missing": _("%(column)s is missing"),
        "bad_date": _("%(column)s: “%(value)s” is not a date; kept in the notes"),
        "future": _("%(column)s: %(value)s lies in the future"),
        "before_issue": _("in force (%(value)s) before it was issued"),
        "ends_before_start": _("ends (%(value)s) before it begins; kept in the notes"),
        "other_year": _("the number names another year than the date of issue (%(value)s)"),
        "unlike_number": _("“%(value)s” does not look like a document's number"),
        "number_without_d": _("“%(value)s” is written without the letter Đ"),
        "unknown_type": _("the type “%(value)s” is not a known one; kept as it is"),
        "unknown_status": _("the status “%(value)s” is not a known one; kept in the notes"),
        "lost_capitals": _("names in the title have lost their capital letters (“%(value)s”)"),
        "bad_url": _("“%(value)s” is not an address; kept in the notes"),
        "too_long": _("%(column)s is too long; kept whole in the notes"),
        "unknown_column": _("the column “%(value)s” is unknown; kept in the notes"),
        "same_number": _("same number, issuer and date as line %(value)s, but not the same"),
        "same_row": _("the same as line %(value)s; not imported twice"),
    }


def column_label(column: str) -> str:
    """Return what a column holds, in the reader's language."""
    labels = {
        "number": pgettext("of a document", "number"),
        "title": _("abstract"),
        "type": pgettext("of a document", "type"),
        "issuer": _("issuer"),
        "signer": _("signer"),
        "signer_office": _("office of the signer"),
        "field": pgettext("of a document", "field"),
        "issue_date": _("date of issue"),
        "effective_date": _("effective date"),
        "expiry_date": _("expiry date"),
        "gazette_number": _("number of the official gazette"),
        "gazette_date": _("date of the official gazette"),
        "source": _("source"),
    }
    return labels.get(column, column)


@dataclass
class DocumentRow:
    """A row as a document: `values` by the names of the page's fields."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    oddities: list[Oddity] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    key: str = ""
    repeats: int = 0  # the line that this one repeats, 0 if none
    shares_key: bool = False  # with a row of another title

    def odd(self, code: str, column: str = "", value: str = "", *, keep: bool = False) -> None:
        """Note an oddity; `keep` puts the raw value into the document's notes."""
        self.oddities.append(Oddity(code, column, value))
        if keep:
            self.notes.append(f"{column}: {value}")

    @property
    def content(self) -> str:
        """Everything the row says, in one writing."""
        return "\n".join([*(fold(str(value)) for value in self.values.values()), *self.notes])

    @property
    def stored_key(self) -> str:
        """The key that the row's document keeps: longer where others share its beginning."""
        return self.key + (_digest(self.content)[:SUFFIX] if self.shares_key else "")


def judge(rows: Iterable[RawRow], today: date | None = None) -> list[DocumentRow]:
    """Return what each row says and what is odd about it, also when compared with the others."""
    day = today or timezone.localdate()
    judged = [_judge(row, day) for row in rows]
    _compare(judged)
    return judged


def counts(rows: Iterable[DocumentRow]) -> list[tuple[Oddity, int]]:
    """Return one oddity of each kind with its number of lines, the most frequent first."""
    kinds: dict[str, Oddity] = {}
    found: Counter[str] = Counter()
    for row in rows:
        of_row = {oddity.kind: oddity for oddity in row.oddities}
        kinds.update(of_row)
        found.update(of_row.keys())
    return [(kinds[kind], count) for kind, count in found.most_common()]


def row_key(number: str, issuer: str, issued: date | None, abstract: str) -> str:
    """Return the key by which a document of a list is known again; `KEY` characters.

    It is made of number, issuer and date of issue, or of the title where there is no number.
    """
    number_key = document_key(number)
    parts = [number_key, fold(issuer), str(issued or "")] if number_key else ["", fold(abstract)]
    return _digest("\n".join(parts))[:KEY]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _judge(raw: RawRow, today: date) -> DocumentRow:
    row = DocumentRow(raw.line)
    for column in NEEDED:
        if not raw.cells.get(column):
            row.odd("missing", column)
    _take_lines(row, raw.cells)
    _take_dates(row, raw.cells, today)
    _take_title_and_type(row, raw.cells)
    _take_status(row, raw.cells.get("status", ""))
    _take_url(row, raw.cells.get("url", ""))
    for heading, value in raw.extra.items():
        row.odd("unknown_column", value=heading)
        row.notes.append(f"{heading}: {value}")
    values = row.values
    row.key = row_key(values["number"], values["issuer"], values["issued"], values["abstract"])
    return row


def _take_lines(row: DocumentRow, cells: dict[str, str]) -> None:
    for column, room in LINES.items():
        text = normalise_line(cells.get(column, ""))
        if len(text) > room:
            row.odd("too_long", column, text, keep=True)
        row.values[column] = text[:room]
    number = row.values["number"]
    if number and not is_document_number(number):
        row.odd("unlike_number", "number", number)
    elif _WITHOUT_D.search(number):
        row.odd("number_without_d", "number", number)


def _take_dates(row: DocumentRow, cells: dict[str, str], today: date) -> None:
    for column, name in DATES.items():
        row.values[name] = _date(row, column, cells.get(column, ""))
    issued, effective = row.values["issued"], row.values["effective"]
    if issued and issued > today:
        row.odd("future", "issue_date", issued.isoformat())
    if issued and effective and effective < issued:
        row.odd("before_issue", "effective_date", effective.isoformat())
    expires = row.values["expires"]
    if effective and expires and expires <= effective:
        row.odd("ends_before_start", "expiry_date", expires.isoformat(), keep=True)
        row.values["expires"] = None
    year = _YEAR.search(row.values["number"])
    if year and issued and int(year[1]) != issued.year:
        row.odd("other_year", "number", issued.isoformat())


def _date(row: DocumentRow, column: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return parse_date(text)
    except ValueError:
        row.odd("bad_date", column, text, keep=True)
        return None


def _take_title_and_type(row: DocumentRow, cells: dict[str, str]) -> None:
    title = normalise(cells.get("title", "")).strip()
    row.values["abstract"] = title
    if lost := _LOST_CAPITALS.search(title):
        row.odd("lost_capitals", "title", lost.group())
    text = normalise_line(cells.get("type", ""))
    kind = known_type(text)
    if text and not kind:
        row.odd("unknown_type", "type", text, keep=len(text) > TYPE_LENGTH)
    row.values["type"] = kind or text[:TYPE_LENGTH]


def _take_status(row: DocumentRow, text: str) -> None:
    word = fold(text)
    row.values["stated"] = "" if word in UNDETERMINED else STATES.get(word, State.UNKNOWN).value
    if row.values["stated"] == State.UNKNOWN:
        row.values["stated"] = ""
        row.odd("unknown_status", "status", text, keep=True)


def _take_url(row: DocumentRow, text: str) -> None:
    row.values["source_url"] = ""
    if not text:
        return
    try:
        URLValidator(schemes=["http", "https"])(text)
        if len(text) > URL_LENGTH:
            raise ValidationError("")
        row.values["source_url"] = text
    except ValidationError:
        row.odd("bad_url", "url", text, keep=True)


def _compare(rows: Sequence[DocumentRow]) -> None:
    """Find rows that are the same document, and different documents under one number."""
    groups: dict[str, list[DocumentRow]] = defaultdict(list)
    for row in rows:
        groups[row.key].append(row)
    for group in groups.values():
        first, *others = group
        for row in others:
            _compare_with(row, group, first)
        if any(row.shares_key for row in others):
            first.shares_key = True


def _compare_with(row: DocumentRow, group: Sequence[DocumentRow], first: DocumentRow) -> None:
    earlier = (other for other in group if other.line < row.line)
    same = next((other for other in earlier if other.content == row.content), None)
    if same is not None:
        row.repeats = same.line
        row.odd("same_row", value=str(same.line))
    else:
        row.shares_key = True
        row.odd("same_number", value=str(first.line))
