"""What somebody can do for a place: the one button beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from sites.disclosure.models import RegisterPage
from sites.disclosure.registers import entry_model
from sites.documents.models import DocumentsPage, LegalDocumentPage
from sites.media.models import MediaPage
from sites.news.models import ArticlePage, EventPage, EventsPage, NewsPage
from sites.organisation.models import PersonPage, SchedulePage, StructurePage, WeekPage

from .freshness import WHOLE_SITE, Standing, State
from .models import home_page
from .places import BY_NAME, HOME, Place, found

# What is added to a place; where no type is named the webmaster chooses.
ADDITIONS: Mapping[type[Page], tuple[str | Promise, type[Page] | None]] = {
    NewsPage: (_("Write a story"), ArticlePage),
    EventsPage: (_("Add an event"), EventPage),
    DocumentsPage: (_("Add a legal document"), LegalDocumentPage),
    SchedulePage: (_("Add a week"), WeekPage),
    StructurePage: (_("Add a unit or a person"), None),
    MediaPage: (_("Add an album or a video"), None),
    RegisterPage: (_("Add an entry"), None),
}


@dataclass(frozen=True)
class Step:
    """A button: a link, or where `posts` a form that changes something."""

    label: str | Promise
    url: str
    posts: bool = False


def next_steps(standings: list[Standing], user: Any) -> list[tuple[Standing, Step | None]]:
    """Return what `user` can do for each place; None where nothing is to be done, or they may not.

    Args:
        standings: of all places of the current site.
    """
    pages = {one.place.name: one.page for one in standings if one.page}
    if len(pages) < len(standings):
        pages |= _home()
    pages |= _registers(pages)
    return [(one, _step(one, pages, user)) for one in standings]


def may_restore(place: Place, user: Any) -> bool:
    """Tell whether `user` may plant a missing place of the current site again."""
    return _may_plant(place, found() | _home(), user)


def _registers(pages: Mapping[str, Page]) -> dict[str, Page]:
    """Return the registers as their own type: what fits below depends on their kind."""
    registers = {
        name: page.pk
        for name, page in pages.items()
        if name in BY_NAME and BY_NAME[name].page_type is RegisterPage
    }
    found_by_id = RegisterPage.objects.in_bulk(list(registers.values()))
    return {name: found_by_id[pk] for name, pk in registers.items() if pk in found_by_id}


def _home() -> dict[str, Page]:
    home = home_page()
    return {HOME: home} if home else {}


def _step(standing: Standing, pages: Mapping[str, Page], user: Any) -> Step | None:
    if standing.page is None:
        may = _may_plant(standing.place, pages, user)
        address = reverse("home_restore_place", args=[standing.place.name])
        return Step(_("Plant it again"), address, posts=True) if may else None
    if standing.state is State.HIDDEN:
        may = standing.page.permissions_for_user(user).can_edit()
        address = reverse("wagtailadmin_pages:edit", args=[standing.page.pk])
        return Step(_("Open the page"), address) if may else None
    return _addition(standing, pages, user) if standing.needs_somebody else None


def _addition(standing: Standing, pages: Mapping[str, Page], user: Any) -> Step | None:
    """Return how something is added; people of the whole site are added to the structure."""
    label, model = ADDITIONS[standing.place.page_type]
    below: Page | None = standing.page
    if standing.place.name in WHOLE_SITE:
        label, model = _("Add a person"), PersonPage
        below = pages.get("structure", standing.page)
    elif isinstance(register := pages.get(standing.place.name), RegisterPage):
        model, below = entry_model(register.kind), register
    if below is None or not below.permissions_for_user(user).can_add_subpage():
        return None
    if model is None:
        return Step(label, reverse("wagtailadmin_pages:add_subpage", args=[below.pk]))
    names = [model._meta.app_label, model._meta.model_name]
    return Step(label, reverse("wagtailadmin_pages:add", args=[*names, below.pk]))


def _may_plant(place: Place, pages: Mapping[str, Page], user: Any) -> bool:
    """Ask the nearest page above that is there: what lies between is planted with the place."""
    parent = place.parent
    while parent != HOME and parent not in pages:
        parent = BY_NAME[parent].parent
    above = pages.get(parent)
    if above is None:
        return False
    permissions = above.permissions_for_user(user)
    return bool(permissions.can_add_subpage() and permissions.can_publish_subpage())
