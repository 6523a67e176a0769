"""Units, people and weeks for tests, each below a page of the current site."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from wagtail.models import Page

from sites.organisation.models import PersonPage, SchedulePage, StructurePage, UnitPage, WeekPage
from tests.factories import home

P = TypeVar("P", bound=Page)


def grow(parent: Page, page: P, publish: bool = True) -> P:
    """Add a page below another, published unless told otherwise."""
    page.locale = parent.locale
    page.live = False
    parent.add_child(instance=page)
    revision = page.save_revision()
    if publish:
        revision.publish()
    page.refresh_from_db()
    return page


def create_structure(layout: str = "chart", **fields: Any) -> StructurePage:
    """Make a page ``/<layout>/`` below the home page."""
    values = {"title": layout.title(), "slug": layout, "layout": layout, **fields}
    return grow(home(), StructurePage(**values))


def create_unit(parent: Page, title: str = "Văn phòng", **fields: Any) -> UnitPage:
    """Make a unit."""
    return grow(parent, UnitPage(title=title, **fields))


def create_person(
    parent: Page, name: str = "Nguyễn Văn An", *, publish: bool = True, **fields: Any
) -> PersonPage:
    """Make a person; no leader unless told so."""
    person = PersonPage(title=name, position=fields.pop("position", "Chuyên viên"), **fields)
    return grow(parent, person, publish)


def create_schedule() -> SchedulePage:
    """Make the page ``/lich/``."""
    return grow(home(), SchedulePage(title="Lịch làm việc", slug="lich"))


def create_week(
    schedule: SchedulePage, day: date, *entries: dict[str, Any], publish: bool = True
) -> WeekPage:
    """Make the week of a day; entries as of `EntryBlock`, by default on Monday at 8."""
    standard = {"day": 1, "start": "08:00", "what": "Họp giao ban"}
    values = [("entry", {**standard, **entry}) for entry in entries]
    return grow(schedule, WeekPage(monday=day, entries=values), publish)


def about_pages(queries: Iterable[dict[str, str]]) -> list[str]:
    """Return the statements that read the site's pages and pictures.

    What every page asks besides, of the registry and the visits, is cached for seconds only and
    would make the count depend on the machine.
    """
    tables = ("wagtailcore_page", "organisation_", "base_site")
    return [query["sql"] for query in queries if any(name in query["sql"] for name in tables)]
