"""Lists that visitors narrow down: facets as links, pages of results.

Everything is in the address, so a list can be sent to somebody, works without JavaScript and
with the browser's back button.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PAGE = "page"


@dataclass(frozen=True)
class Choice:
    """One value of a facet: how many entries have it, and the address that adds or drops it."""

    value: str
    label: str
    count: int
    url: str
    active: bool


@dataclass(frozen=True)
class Facet:
    """One property by which a list is narrowed down."""

    name: str
    label: str
    choices: list[Choice]

    @property
    def active(self) -> Choice | None:
        """The choice in force, if any."""
        return next((choice for choice in self.choices if choice.active), None)


def facet(
    request: HttpRequest, name: str, label: str, counts: Iterable[tuple[Any, Any, int]]
) -> Facet:
    """Return the facet of the parameter ``name`` from rows of value, label and count.

    A choice in force stays in the list with its way out even where nothing has it any more.
    """
    chosen = request.GET.get(name, "")
    rows = [(str(value), str(text), count) for value, text, count in counts]
    if chosen and chosen not in {value for value, _text, _count in rows}:
        rows.append((chosen, chosen, 0))
    choices = [
        Choice(
            value=value,
            label=text,
            count=count,
            url=address(request, **{name: "" if value == chosen else value}),
            active=value == chosen,
        )
        for value, text, count in rows
    ]
    return Facet(name, label, choices)


def address(request: HttpRequest, **changes: str) -> str:
    """Return the current address with parameters set, or dropped where empty; from page one on."""
    query = request.GET.copy()
    query.pop(PAGE, None)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"{request.path}?{query.urlencode()}" if query else request.path


def page_of(request: HttpRequest, entries: Any, per_page: int) -> Page[Any]:
    """Return the page of ``entries`` that ``?page=`` asks for; out of range means the nearest."""
    return Paginator(entries, per_page).get_page(request.GET.get(PAGE))
