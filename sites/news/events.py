"""What happens at a time and a place, and its lists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail_localize.fields import SynchronizedField, TranslatableField

from motcua.hub.models import ItemKind
from sites.base.listing import Facet, address, facet, page_of
from sites.base.models import BodyPage, SitePage
from sites.base.seat import Place, validate_latitude, validate_longitude, validate_pair

from . import calendars
from .forms import agency, tabs
from .metadata import dublin_core

PER_PAGE = 20
WHEN, PAST, MONTH = "when", "past", "month"  # parameters of the list, and a value
REMEMBERED = timedelta(days=366)  # how long a calendar keeps what is over
IN_A_CALENDAR = 500


class EventQuerySet(PageQuerySet["EventPage"]):
    """Events by intent."""

    def shown(self) -> EventQuerySet:
        """What visitors may see."""
        unexpired = models.Q(expire_at=None) | models.Q(expire_at__gt=timezone.now())
        return self.live().public().filter(unexpired).select_related("lead_image", "alias_of")

    def upcoming(self) -> EventQuerySet:
        """What visitors may come to, the next first; what goes on now is among it."""
        return self.shown().filter(over_at__gte=timezone.now()).order_by("starts_at", "pk")

    def past(self) -> EventQuerySet:
        """What is over, the last first."""
        return self.shown().filter(over_at__lt=timezone.now()).order_by("-starts_at", "-pk")


class EventsPage(calendars.CalendarFile, SitePage):
    """The calendar of a site: what is to come by month, and what was."""

    template = "pages/events.html"
    subpage_types = ["news.EventPage"]

    class Meta:
        verbose_name = _("event calendar")
        verbose_name_plural = _("event calendars")

    def events(self) -> EventQuerySet:
        """The events of this calendar, drafts included."""
        return EventPage.objects.descendant_of(self)

    def feed_entries(self, request: HttpRequest) -> QuerySet[EventPage]:
        """Return what a feed of the calendar has: the newest announcements first."""
        return self.events().shown().order_by("-first_published_at", "-pk")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add ``events``, one page of them, the same as ``months`` in groups, and the ways on.

        ``?when=past`` shows what is over, ``?month=2026-11`` one month of either.
        """
        is_past = request.GET.get(WHEN) == PAST
        listed = self.events().past() if is_past else self.events().upcoming()
        page = page_of(request, _in_month(listed, request.GET.get(MONTH, "")), PER_PAGE)
        return {
            **super().get_context(request, *args, **kwargs),
            "events": page,
            "months": by_month(page),
            "is_past": is_past,
            "month_facet": _months(request, listed),
            "upcoming_url": address(request, **{WHEN: "", MONTH: ""}),
            "past_url": address(request, **{WHEN: PAST, MONTH: ""}),
        }

    def calendar_file(self, request: HttpRequest) -> HttpResponse:
        """Return everything to come and what was within a year."""
        since = timezone.now() - REMEMBERED
        events = self.events().shown().filter(over_at__gte=since).order_by("starts_at", "pk")
        name = f"{self.title} – {agency(self.locale.language_code)}"
        content = calendars.calendar(
            events[:IN_A_CALENDAR], name=name, language=self.locale.language_code
        )
        return calendars.respond(request, content, calendars.FILE)


def by_month(events: Iterable[EventPage]) -> list[tuple[datetime, list[EventPage]]]:
    """Return the events in groups of the month in which each begins, in their order."""

    def month(event: EventPage) -> datetime:
        first = timezone.localtime(event.starts_at).replace(day=1, hour=0, minute=0)
        return first.replace(second=0, microsecond=0)

    return [(first, list(group)) for first, group in groupby(events, month)]


def _in_month(events: EventQuerySet, month: str) -> EventQuerySet:
    """Keep what begins in a month such as ``2026-11``; nothing is left of what is no month."""
    if not month:
        return events
    try:
        first = datetime.strptime(month, "%Y-%m")  # noqa: DTZ007 - only year and month are used
    except ValueError:
        return events.none()
    return events.filter(starts_at__year=first.year, starts_at__month=first.month)


def _months(request: HttpRequest, events: EventQuerySet) -> Facet:
    of_month = events.order_by().annotate(first=TruncMonth("starts_at")).values_list("first")
    counts = of_month.annotate(Count("pk")).order_by("first")
    rows = [
        (f"{first:%Y-%m}", date_format(first, "YEAR_MONTH_FORMAT"), count)
        for first, count in counts
    ]
    return facet(request, MONTH, str(_("By month")), rows)


class EventPage(calendars.CalendarFile, BodyPage):
    """Something people may come to."""

    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(
        _("ends"), null=True, blank=True, help_text=_("Empty: the end of the same day.")
    )
    all_day = models.BooleanField(
        _("all day"), default=False, help_text=_("Readers see days only, no times.")
    )
    over_at = models.DateTimeField(editable=False, help_text="Computed: when lists drop it.")
    cancelled = models.BooleanField(
        _("cancelled"),
        default=False,
        help_text=_("Stays in the lists, marked; calendars of those who subscribed follow."),
    )
    featured = models.BooleanField(
        _("featured"), default=False, help_text=_("The province shows featured events first.")
    )
    place = models.CharField(
        _("place"), max_length=200, blank=True, help_text=_("Such as the name of the hall.")
    )
    address = models.CharField(_("address"), max_length=300, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=6, null=True, blank=True,
        validators=[validate_latitude],
    )  # fmt: skip
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True,
        validators=[validate_longitude],
    )  # fmt: skip
    organiser = models.CharField(_("organiser"), max_length=200, blank=True)
    contact = models.CharField(
        _("contact"), max_length=200, blank=True, help_text=_("Name, telephone or e-mail address.")
    )
    registration_url = models.URLField(
        _("registration"), blank=True, help_text=_("Where people put their names down.")
    )
    audience = models.CharField(
        _("for whom"),
        max_length=300,
        blank=True,
        help_text=_("Who is invited, what it costs, what to bring."),
    )

    template = "pages/event.html"
    hub_kind: ClassVar[str | None] = ItemKind.EVENT
    parent_page_types = ["news.EventsPage"]
    subpage_types: ClassVar[list[str]] = []

    translatable_fields = [
        *BodyPage.translatable_fields,
        *(TranslatableField(name) for name in ("place", "address", "organiser", "audience")),
        *(SynchronizedField(name) for name in (
            "starts_at", "ends_at", "all_day", "over_at", "cancelled", "featured", "latitude",
            "longitude", "contact", "registration_url")),
    ]  # fmt: skip

    objects = PageManager.from_queryset(EventQuerySet)()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["over_at", "starts_at"], name="news_event_over")]

    def begin(self, parent: Page, user: Any) -> None:
        """Fill in what a new event most likely says."""
        self.organiser = self.organiser or agency(self.locale.language_code)

    def _set_core_field_defaults(self) -> None:
        super()._set_core_field_defaults()
        if self.starts_at:
            self.over_at = self.ends()

    def ends(self) -> datetime:
        """When it is over: at its end, without one or all day with that day."""
        last = self.ends_at or self.starts_at
        return last if self.ends_at and not self.all_day else calendars.moment_after(last)

    def clean(self) -> None:
        """Check what the fields say together.

        Raises:
            ValidationError: it ends before it begins, or one coordinate is missing.
        """
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("It cannot end before it begins.")})
        validate_pair(self.latitude, self.longitude)

    @property
    def location(self) -> Place | None:
        """The point on the map, if the webmaster knows it."""
        if self.latitude is None or self.longitude is None:
            return None
        return Place(self.latitude, self.longitude)

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.over_at < timezone.now()

    @property
    def days(self) -> int:
        """On how many days it takes place."""
        begin, end = timezone.localtime(self.starts_at), timezone.localtime(self.ends())
        return (end.date() - begin.date()).days + 1

    @property
    def hub_starts_at(self) -> datetime:
        """When it begins."""
        return self.starts_at

    @property
    def hub_ends_at(self) -> datetime:
        """When it is over."""
        return self.ends()

    @property
    def hub_featured(self) -> bool:
        """What the webmaster has ticked; nothing that is cancelled."""
        return self.featured and not self.cancelled

    @property
    def hub_details(self) -> dict[str, Any]:
        """Where it is, whether it has times, whether it takes place at all."""
        return {"place": self.place, "all_day": self.all_day, "cancelled": self.cancelled}

    @property
    def body_text(self) -> str:
        """Place and organiser with the blocks, for search."""
        parts = (self.place, self.address, self.organiser, self.audience, super().body_text)
        return " ".join(part for part in parts if part)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add ``upcoming``, the next other events of the calendar, and ``metadata``."""
        others = EventPage.objects.sibling_of(self, inclusive=False).upcoming()
        metadata = dublin_core(self, creator=self.organiser, kind="Event")
        context = super().get_context(request, *args, **kwargs)
        return {**context, "upcoming": others[:4], "metadata": metadata}

    def structured_data(self, request: HttpRequest) -> dict[str, Any] | None:
        """Add where exactly it is and who organises it; of a whole day only the days."""
        told = super().structured_data(request) or {}
        if self.organiser:
            told["organizer"] = {"@type": "Organization", "name": self.organiser}
        if self.place or self.address:
            told["location"] = {
                "@type": "Place",
                "name": self.place or self.address,
                "address": self.address or self.place,
                "geo": self._geo(),
            }
        if self.all_day:
            told["startDate"] = timezone.localdate(self.starts_at).isoformat()
            told["endDate"] = timezone.localdate(self.ends_at or self.starts_at).isoformat()
        return told

    def _geo(self) -> dict[str, Any] | None:
        point = self.location
        if point is None:
            return None
        return {"@type": "GeoCoordinates", "latitude": str(point.latitude),
                "longitude": str(point.longitude)}  # fmt: skip

    def calendar_file(self, request: HttpRequest) -> HttpResponse:
        """Return this event alone."""
        content = calendars.calendar([self], name=self.title, language=self.locale.language_code)
        return calendars.respond(request, content, f"{self.slug}.ics")


EventPage.edit_handler = tabs(
    EventPage,
    content=[
        *Page.content_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
             FieldPanel("all_day"),
             FieldRowPanel([FieldPanel("place"), FieldPanel("address")])],
            _("When and where"),
        ),
        FieldPanel("abstract"),
        FieldPanel("lead_image"),
        FieldPanel("body"),
    ],
    details=[
        MultiFieldPanel([FieldPanel("cancelled"), FieldPanel("featured")], _("State")),
        MultiFieldPanel(
            [FieldPanel("audience"), FieldPanel("registration_url")], _("Taking part")
        ),
        MultiFieldPanel([FieldPanel("organiser"), FieldPanel("contact")], _("Who organises it")),
        MultiFieldPanel(
            [HelpPanel(_("Degrees as a map shows them, such as 10.354500 and 106.362100.")),
             FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")])],
            _("On the map"),
        ),
    ],
)  # fmt: skip
