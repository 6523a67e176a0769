"""The organisation as branches: each unit with its head, its members and the units below it.

Built from two lists in the order of the page tree, without a query of its own. What stands below
a page that visitors may not see has no place in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from wagtail.models import Page

if TYPE_CHECKING:
    from .people import PersonPage, StructurePage, UnitPage


@dataclass
class Branch:
    """A unit, or the agency's top where ``page`` is the structure page itself."""

    page: StructurePage | UnitPage
    unit: UnitPage | None = None
    people: list[PersonPage] = field(default_factory=list)
    units: list[Branch] = field(default_factory=list)
    chosen_head: PersonPage | None = None

    @property
    def head(self) -> PersonPage | None:
        """The person chosen as head, or the first one below the unit."""
        return self.chosen_head or next(iter(self.people), None)

    @property
    def members(self) -> list[PersonPage]:
        """Everybody below the unit except its head."""
        return [person for person in self.people if person != self.head]

    @property
    def leaders(self) -> list[PersonPage]:
        """The leaders of the agency who stand here and are in office."""
        return [person for person in self.people if person.is_leader and not person.is_former]

    def walk(self) -> Iterator[Branch]:
        """Yield this branch and all below it, each before those below it."""
        yield self
        for below in self.units:
            yield from below.walk()


def grow(
    tops: Iterable[StructurePage | UnitPage],
    units: Iterable[UnitPage],
    people: Iterable[PersonPage],
) -> list[Branch]:
    """Return a branch for each of ``tops``.

    Args:
        tops: pages that visitors may see.
        units: units that visitors may see, by path, with their ``head_key``.
        people: people whom visitors may see, by path; also those who only head a unit.
    """
    everybody = list(people)
    heads = {person.translation_key: person for person in everybody}
    branches = {top.path: _branch(top, heads) for top in tops}
    roots = list(branches.values())
    for unit in units:
        superior = branches.get(_above(unit))
        if superior and unit.path not in branches:
            branches[unit.path] = _branch(unit, heads)
            superior.units.append(branches[unit.path])
    for person in everybody:
        if place := branches.get(_above(person)):
            person.unit = place.unit
            place.people.append(person)
    return roots


def _above(page: Page) -> str:
    return str(page.path)[: -Page.steplen]


def _branch(page: Any, heads: dict[UUID, PersonPage]) -> Branch:
    unit = page if hasattr(page, "head_key") else None
    return Branch(page, unit, chosen_head=heads.get(unit.head_key) if unit else None)
