"""The directory: who works where, found by name without diacritics or by telephone number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Page
from django.http import HttpRequest

from motcua.text.folding import fold
from sites.base.listing import address, page_of

from .phones import digits_of
from .tree import Branch

if TYPE_CHECKING:
    from .people import PersonPage, UnitPage

PER_PAGE = 100
FEWEST_DIGITS = 3
_NUMBER = re.compile(r"[\d\s.()+/-]+")


@dataclass(frozen=True)
class Entry:
    """One line: a person in a unit, or a unit with a number and nobody in it."""

    unit: UnitPage | None
    person: PersonPage | None

    @property
    def name(self) -> str:
        """The person's name without diacritics, each word after a space."""
        return f" {fold(self.person.title)}" if self.person else ""

    @property
    def place(self) -> str:
        """Office and unit without diacritics, each word after a space."""
        office = self.person.position if self.person else ""
        unit = self.unit.title if self.unit else ""
        return f" {fold(f'{office} {unit}')}"

    @property
    def numbers(self) -> list[str]:
        """All telephone numbers of the line, as digits."""
        texts = [self.person.phone, self.person.mobile] if self.person else []
        texts += [self.unit.phone] if self.unit else []
        return [digits_of(text) for text in texts if text]

    @property
    def name_key(self) -> str:
        """The key by which the line sorts by given name; units without people come last."""
        return self.person.name_key if self.person else "~"


@dataclass(frozen=True)
class Answer:
    """What the directory shows for one request."""

    query: str
    by_name: bool
    entries: Page[Entry]
    by_unit_url: str
    by_name_url: str

    @property
    def total(self) -> int:
        """How many lines there are on all pages."""
        return self.entries.paginator.count


def answer(request: HttpRequest, roots: Iterable[Branch]) -> Answer:
    """Return the lines that ``?q=`` asks for, by unit or for ``?by=name`` by given name."""
    query = request.GET.get("q", "").strip()[:100]
    by_name = request.GET.get("by") == "name"
    found = _found(_lines(roots), query)
    if by_name:
        found.sort(key=lambda entry: entry.name_key)
    return Answer(
        query=query,
        by_name=by_name,
        entries=page_of(request, found, PER_PAGE),
        by_unit_url=address(request, by=""),
        by_name_url=address(request, by="name"),
    )


def _lines(roots: Iterable[Branch]) -> list[Entry]:
    branches = (branch for root in roots for branch in root.walk())
    return [line for branch in branches for line in _lines_of(branch)]


def _lines_of(branch: Branch) -> list[Entry]:
    if branch.people or branch.unit is None:
        return [Entry(branch.unit, person) for person in branch.people]
    return [Entry(branch.unit, None)]


def _found(lines: list[Entry], query: str) -> list[Entry]:
    """Return the lines with all words in the name or all in office and unit; else all anywhere.

    So *nguyen van* does not find every Nguyễn of the Văn phòng, and *binh van phong* finds Bình.
    """
    digits = digits_of(query) if _NUMBER.fullmatch(query) else ""
    if len(digits) >= FEWEST_DIGITS:
        return [line for line in lines if any(digits in number for number in line.numbers)]
    words = [f" {word}" for word in fold(query).split()]
    strict = [line for line in lines if _has(line.name, words) or _has(line.place, words)]
    return strict or [line for line in lines if _has(line.name + line.place, words)]


def _has(text: str, words: list[str]) -> bool:
    return all(word in text for word in words)
