"""The work schedule of the leaders, week by week.

A week is a page below the schedule, its entries a list inside it. The alternatives were a table
of entries shown in one form, which after two years would hold thousands of rows and as many
again in every revision; and a table of its own without drafts, approval and history, which an
office that has its schedule approved would have to be built again. With one page a week the form
stays as long as a week, five years are 260 small pages, and the week can be sent to approval.

An entry tells its weekday and never its date. So a copy of last week is this week once its
Monday has changed, which is how these schedules are written (see `actions.copy_week`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from sites.base.models import SitePage
from sites.base.page_forms import SitePageForm
from sites.base.stream_fields import BlocksField

from .people import PersonPage
from .weeks import Week

WEEKDAYS = [
    (1, _("Monday")), (2, _("Tuesday")), (3, _("Wednesday")), (4, _("Thursday")),
    (5, _("Friday")), (6, _("Saturday")), (7, _("Sunday")),
]  # fmt: skip


def leader_choices() -> list[tuple[str, str]]:
    """Return the leaders of the current site for a select, published or not, in order.

    The value is the translation key: the same person in every language.
    """
    leaders = PersonPage.objects.leaders().filter(alias_of=None).order_by("path")
    rows = leaders.values_list("translation_key", "title", "position")
    return list({str(key): f"{name}, {position}" for key, name, position in rows}.items())


class LeaderBlock(blocks.ChoiceBlock):
    """One of the site's leaders, in a select: faster than a chooser for thirty lines a week."""

    def normalize_choice(self, value: Any) -> Any:
        """Return the value as it is; looking it up would cost a query for each entry shown."""
        return value


class EntryBlock(blocks.StructBlock):
    """One line of the schedule."""

    day = blocks.ChoiceBlock(label=_("Day"), choices=WEEKDAYS, default=1)
    start = blocks.TimeBlock(label=_("From"), required=False, format="%H:%M")
    end = blocks.TimeBlock(label=_("To"), required=False, format="%H:%M")
    what = blocks.TextBlock(label=_("What"), rows=2)
    leader = LeaderBlock(
        label=_("Leader"), choices=leader_choices, required=False, search_index=False
    )
    others = blocks.CharBlock(
        label=_("Who else"), required=False, help_text=_("Such as: heads of the divisions.")
    )
    where = blocks.CharBlock(label=_("Where"), required=False)
    host = blocks.CharBlock(label=_("Host or preparing unit"), required=False)

    class Meta:
        icon = "calendar-alt"
        label = _("Entry")
        label_format = "{day} {start} {what}"
        form_classname = "struct-block schedule-entry"

    def clean(self, value: Any) -> Any:
        """Want an end after the beginning.

        Raises:
            StructBlockValidationError: it ends before it begins.
        """
        cleaned = super().clean(value)
        if cleaned["start"] and cleaned["end"] and cleaned["end"] <= cleaned["start"]:
            raise blocks.StructBlockValidationError(
                {"end": ValidationError(_("It ends before it begins."))}
            )
        return cleaned


@dataclass(frozen=True)
class Entry:
    """One line of the schedule as visitors see it."""

    start: time | None
    end: time | None
    what: str
    where: str
    others: str
    host: str
    leader: PersonPage | None


@dataclass(frozen=True)
class Day:
    """One day of the week with its lines, the earliest first."""

    date: date
    name: str
    is_today: bool
    entries: list[Entry]


@dataclass(frozen=True)
class WeekView:
    """A week as the page shows it."""

    week: Week
    is_current: bool
    note: str
    days: list[Day]
    previous: Week | None
    next: Week | None

    @property
    def has_entries(self) -> bool:
        """Whether there is anything in it."""
        return any(day.entries for day in self.days)


class WeekQuerySet(PageQuerySet["WeekPage"]):
    """Weeks by intent."""

    def shown(self) -> WeekQuerySet:
        """What visitors may see, from the first week on."""
        return self.live().public().order_by("monday")


class SchedulePage(SitePage):
    """The work schedule of the leaders; shows the current week, or the one of ``?week=``."""

    template = "pages/schedule.html"
    subpage_types = ["organisation.WeekPage"]
    content_panels = [*Page.content_panels, FieldPanel("abstract")]

    class Meta:
        verbose_name = _("work schedule")
        verbose_name_plural = _("work schedules")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add ``schedule``, the week asked for; one that cannot be read means the current."""
        week = _asked_for(request)
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "schedule": self.week_view(week), "schedule_page": self}

    def week_view(self, week: Week, draft: WeekPage | None = None) -> WeekView:
        """Return a week for visitors.

        Args:
            week: which one.
            draft: a week to show instead of the published one.
        """
        mondays = list(self.weeks().values_list("monday", flat=True))
        page = draft or self.weeks().filter(monday=week.monday).first()
        first = Week(min([*mondays, Week.current().monday]))
        last = Week(max([*mondays, Week.current().monday]))
        return WeekView(
            week=week,
            is_current=week == Week.current(),
            note=page.abstract if page else "",
            days=page.days() if page else [],
            previous=week.previous if first < week else None,
            next=week.next if week < last else None,
        )

    def weeks(self) -> WeekQuerySet:
        """Return the published weeks below this page."""
        return WeekPage.objects.child_of(self).shown()

    def next_free(self) -> Week:
        """Return the first week after all there are, drafts too; this week if there is none."""
        last = WeekPage.objects.child_of(self).order_by("-monday").first()
        return Week(last.monday).next if last else Week.current()


class WeekForm(SitePageForm):
    """Proposes the first week that the schedule does not have yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schedule = self.parent_page.specific if self.parent_page else None
        if self.instance.pk is None and isinstance(schedule, SchedulePage):
            self.initial.setdefault("monday", None)
            self.initial["monday"] = schedule.next_free().monday


class WeekPage(SitePage):
    """One week of the schedule; its title and address follow from its Monday."""

    monday = models.DateField(
        _("week"), help_text=_("Any day of the week; it is kept by its Monday.")
    )
    entries = BlocksField([("entry", EntryBlock())], verbose_name=_("entries"), blank=True)

    template = "pages/schedule.html"
    hub_kind: ClassVar[str | None] = None
    is_shown_by_parent: ClassVar[bool] = True  # no address of its own: see `serve`
    parent_page_types = ["organisation.SchedulePage"]
    subpage_types: ClassVar[list[str]] = []
    base_form_class = WeekForm
    content_panels = [
        FieldPanel("monday"),
        FieldPanel("abstract", heading=_("Note"), help_text=_("Stands above the schedule.")),
        FieldPanel("entries"),
    ]
    promote_panels: list[Any] = []
    search_fields = [*Page.search_fields, index.SearchField("folded_title", boost=2)]
    translatable_fields = [
        TranslatableField("abstract"),
        SynchronizedField("monday"),
        TranslatableField("entries"),
    ]

    objects = PageManager.from_queryset(WeekQuerySet)()

    class Meta:
        verbose_name = _("week of a work schedule")
        verbose_name_plural = _("weeks of work schedules")

    @property
    def week(self) -> Week:
        """The week this is."""
        return Week.of(self.monday)

    def _set_core_field_defaults(self) -> None:
        if self.monday:
            self.monday = self.week.monday
            self.slug = str(self.week).lower()
            with translation.override(self.locale.language_code):
                self.title = gettext("Week %(number)s: %(span)s") % {
                    "number": self.week.number, "span": self.week.span,
                }  # fmt: skip
        super()._set_core_field_defaults()

    def clean(self) -> None:
        """Want each week once."""
        if self.monday and self._is_taken():
            raise ValidationError({"monday": _("The schedule has this week already.")})
        super().clean()

    def _is_taken(self) -> bool:
        parent = self.get_parent() if self.path else None
        if parent is None:
            return False
        same = WeekPage.objects.child_of(parent).filter(monday=self.week.monday)
        return same.exclude(pk=self.pk).exists()

    def days(self) -> list[Day]:
        """Return the seven days with their entries; asks for all leaders at once."""
        leaders = self._leaders()
        today = timezone.localdate()
        names = dict(WEEKDAYS)
        return [
            Day(day, str(names[number]), day == today, _lines(self._blocks(number), leaders))
            for number, day in enumerate(self.week.days, 1)
        ]

    def _blocks(self, number: int) -> list[Any]:
        return [block.value for block in self.entries if int(block.value["day"]) == number]

    def _leaders(self) -> dict[str, PersonPage]:
        """Those named this week whom visitors may see, in this language or else in Vietnamese."""
        keys = {str(block.value["leader"]) for block in self.entries if block.value["leader"]}
        people = PersonPage.objects.live().public().filter(translation_key__in=_uuids(keys))
        ordered = sorted(people.defer_streamfields(), key=lambda p: p.locale_id == self.locale_id)
        return {str(person.translation_key): person for person in ordered}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add ``schedule``, as the schedule's own page does: this is how a draft is previewed."""
        schedule: SchedulePage = self.get_parent().specific
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        view = schedule.week_view(self.week, draft=self)
        return {**context, "schedule": view, "schedule_page": schedule}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the schedule, where a week has its place between its neighbours."""
        if getattr(request, "is_preview", False):
            response: HttpResponse = super().serve(request, *args, **kwargs)
            return response
        return HttpResponseRedirect(f"{self.get_parent().get_url(request)}?week={self.week}")


def _asked_for(request: HttpRequest) -> Week:
    try:
        return Week.parse(request.GET.get("week", ""))
    except ValueError:
        return Week.current()


def _lines(values: Iterable[Any], leaders: dict[str, PersonPage]) -> list[Entry]:
    ordered = sorted(values, key=lambda value: value["start"] or time.min)
    texts = ("what", "where", "others", "host")
    return [
        Entry(
            start=value["start"],
            end=value["end"],
            leader=leaders.get(str(value["leader"])),
            **{name: value[name] or "" for name in texts},
        )
        for value in ordered
    ]


def _uuids(texts: Iterable[str]) -> list[UUID]:
    return [UUID(text) for text in texts]
