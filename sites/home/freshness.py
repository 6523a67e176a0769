"""How the places of the current site stand: which are missing, empty or without anything new.

Webmasters work in Vietnamese, so the Vietnamese page of a place is asked; how far the other
language follows is the business of `sites.translations`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, Max, Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageViewRestriction

from sites.disclosure.models import RegisterPage
from sites.documents.models import DocumentsPage
from sites.media.models import MediaPage
from sites.news.models import EventsPage, NewsPage
from sites.organisation.models import SchedulePage, StructurePage

from .places import PLACES, Place, found

LISTS: tuple[type[Page], ...] = (
    NewsPage, EventsPage, DocumentsPage, MediaPage, RegisterPage, SchedulePage, StructurePage,
)  # fmt: skip
# What shows people of the whole site, wherever in the tree they stand.
WHOLE_SITE = {
    "leaders": Q(personpage__is_leader=True),
    "directory": Q(personpage__isnull=False),
}
# What is announced for a day is current until then, however long ago it was published.
DAYS_AHEAD = {"schedule": F("weekpage__monday"), "events": F("eventpage__over_at")}


class State(TextChoices):
    """How a place stands."""

    MISSING = "missing", _("Missing")
    HIDDEN = "hidden", _("Not public")
    EMPTY = "empty", _("Still empty")
    STALE = "stale", _("Nothing new")
    FRESH = "fresh", _("Up to date")
    WRITTEN = "written", _("Present")


NEEDS_SOMEBODY = (State.MISSING, State.HIDDEN, State.EMPTY, State.STALE)
TONES = {State.MISSING: "red", State.HIDDEN: "red", State.EMPTY: "orange", State.STALE: "orange"}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One place of the site.

    `page` is its Vietnamese page, published or not, None where there is none; `entries` counts
    what the public sees in it, None where the place is a single page; `last` is the last change
    of anything public at or below it.
    """

    place: Place
    page: Page | None
    state: State
    entries: int | None = None
    last: datetime | None = None

    @property
    def title(self) -> str:
        """What the site calls the place now; what it was born as where it is missing."""
        return self.page.get_admin_display_title() if self.page else self.place.label

    @property
    def duty(self) -> str:
        """What the law calls the place; empty where it only serves visitors."""
        return str(self.place.duty)

    @property
    def needs_somebody(self) -> bool:
        """Whether there is something to do."""
        return self.state in NEEDS_SOMEBODY

    @property
    def urgency(self) -> int:
        """Its place among what needs somebody, the worst first."""
        return list(State).index(self.state)

    @property
    def tone(self) -> str:
        """Red, orange or green."""
        return TONES.get(self.state, "green")


def standings(now: datetime | None = None) -> list[Standing]:
    """Return how each place of the current site stands, in the order of the tree.

    Args:
        now: the moment that staleness is measured at; the current one if not given.

    However many entries there are, four queries: the home page, the places' pages, what is
    restricted, and all entries at once.
    """
    pages = found(settings.LANGUAGE_CODE)
    restricted = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    figures = _figures(pages, restricted) if pages else {}
    moment = now or timezone.now()
    return [
        _standing(place, pages.get(place.name), restricted, figures, moment) for place in PLACES
    ]


def is_list(place: Place) -> bool:
    """Tell whether a place is a list, which can be empty or stale."""
    return issubclass(place.page_type, LISTS)


def _standing(
    place: Place,
    page: Page | None,
    restricted: tuple[str, ...],
    figures: Mapping[str, Any],
    now: datetime,
) -> Standing:
    if page is None:
        return Standing(place=place, page=None, state=State.MISSING)
    shown = page.live and not page.path.startswith(restricted)
    entries = figures[f"{place.name}_entries"] if is_list(place) else None
    changed = figures[f"{place.name}_last"]
    last = changed or (page.last_published_at if entries is None else None)
    current = max(filter(None, [last, _moment(figures.get(f"{place.name}_day"))]), default=None)
    state = _state(place, entries, current, now) if shown else State.HIDDEN
    return Standing(place=place, page=page, state=state, entries=entries, last=last)


def _state(place: Place, entries: int | None, current: datetime | None, now: datetime) -> State:
    if entries == 0:
        return State.EMPTY
    if entries is None or place.fresh_for is None or current is None:
        return State.WRITTEN
    return State.FRESH if current >= now - timedelta(days=place.fresh_for) else State.STALE


def _moment(value: Any) -> datetime | None:
    """Return a date as the beginning of its day; a moment, or nothing, as it is."""
    if value is None or isinstance(value, datetime):
        return value
    return timezone.make_aware(datetime.combine(value, time.min))


def _figures(pages: Mapping[str, Page], restricted: Iterable[str]) -> dict[str, Any]:
    """Count and date the public entries of all places in one query."""
    public = Page.objects.filter(live=True, locale__language_code=settings.LANGUAGE_CODE)
    for path in restricted:
        public = public.exclude(path__startswith=path)
    lists = [kind.pk for kind in ContentType.objects.get_for_models(*LISTS).values()]
    wanted: dict[str, Any] = {}
    for name, page in pages.items():
        entry = Q(path__startswith=page.path) & ~Q(content_type__in=lists)
        inside = WHOLE_SITE.get(name, entry)
        wanted[f"{name}_entries"] = Count("pk", filter=inside)
        wanted[f"{name}_last"] = Max("last_published_at", filter=inside)
        if name in DAYS_AHEAD:
            wanted[f"{name}_day"] = Max(DAYS_AHEAD[name], filter=inside)
    return dict(public.aggregate(**wanted))
