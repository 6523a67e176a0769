"""What every entry of a register has: a field, a period, files, and words to find it by."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail_localize.fields import SynchronizedField, TranslatableField

from motcua.text.dates import format_date
from motcua.text.folding import fold
from motcua.text.sorting import sort_key
from sites.base.blocks import DocumentLinkBlock
from sites.base.models import BodyPage, SitePage
from sites.base.stream_fields import BlocksField

from .statuses import Status

Counts = list[tuple[Any, Any, int]]


class EntryQuerySet(PageQuerySet["EntryPage"]):
    """Entries of registers by intent."""

    def listed_in(self, register: Page) -> Self:
        """What visitors may read in a register and the registers below it."""
        return self.descendant_of(register).live().public()

    def newest(self) -> Self:
        """The newest first, by the day that matters for this kind."""
        return self.order_by(F(self.model.day_field).desc(nulls_last=True), "-pk")

    def with_words(self, query: str) -> Self:
        """Those that have all words of ``query``, diacritics aside."""
        found = self
        for word in fold(query).split()[:8]:
            found = found.filter(words__contains=word)
        return found

    def of_year(self, year: str) -> Self:
        """Those of a year given as text; anything that is no year finds nothing."""
        if not year.isdecimal() or len(year) != 4:
            return self.none()
        return self.filter(**{f"{self.model.day_field}__year": int(year)})

    def years(self) -> Counts:
        """Count by year, newest first."""
        day = self.model.day_field
        rows: QuerySet[Any, Any] = (
            self.filter(**{f"{day}__isnull": False})
            .order_by()
            .values_list(f"{day}__year")
            .annotate(count=Count("pk"))
        )
        return [(year, str(year), count) for year, count in sorted(rows, reverse=True)]

    def fields(self) -> Counts:
        """Count by field of government, in alphabetical order."""
        rows = self.exclude(field="").order_by().values_list("field").annotate(count=Count("pk"))
        ordered = sorted(rows, key=lambda row: sort_key(row[0]))
        return [(name, name, count) for name, count in ordered]

    def statuses(self) -> Counts:
        """Count by status, in the order of the table of states."""
        if not self.model.states:
            return []
        counts = dict(self.order_by().values_list("status").annotate(count=Count("pk")))
        table = self.model.states
        return [(s.value, s.label, counts[s.value]) for s in table if s.value in counts]


class EntryPage(BodyPage):
    """A page that a register lists."""

    field = models.CharField(
        pgettext_lazy("of government", "field"), max_length=120, blank=True,
        help_text=_("Field of government, such as health or land. Visitors filter by it."),
    )  # fmt: skip
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    files = BlocksField(
        [("document", DocumentLinkBlock(icon="doc-full", label=_("Document")))],
        verbose_name=_("files"), blank=True,
    )  # fmt: skip
    words = models.TextField(blank=True, editable=False)

    register_kinds: ClassVar[frozenset[str]] = frozenset()
    day_field: ClassVar[str] = "starts_on"
    states: ClassVar[tuple[Status, ...]] = ()
    found_by: ClassVar[tuple[str, ...]] = ("title", "abstract", "field")

    parent_page_types = ["disclosure.RegisterPage"]
    subpage_types: ClassVar[list[str]] = []
    translatable_fields = [
        *BodyPage.translatable_fields,
        TranslatableField("field"),
        SynchronizedField("starts_on"),
        SynchronizedField("ends_on"),
        TranslatableField("files"),
    ]

    objects = PageManager.from_queryset(EntryQuerySet)()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the words by which the list finds the entry."""
        self.words = fold(" ".join(str(getattr(self, name)) for name in self.found_by))
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a period that ends before it begins."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The end cannot be before the beginning.")})

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Offer each kind of entry only in registers of that kind."""
        return bool(super().can_create_at(parent)) and cls._fits(parent)

    def can_move_to(self, parent: Page) -> bool:
        """Keep entries in registers of their kind."""
        return bool(super().can_move_to(parent)) and self._fits(parent)

    @classmethod
    def _fits(cls, parent: Page) -> bool:
        return getattr(parent.specific, "kind", "") in cls.register_kinds

    @property
    def period(self) -> str:
        """The period in words: years where it is made of whole years, else days."""
        start, end = self.starts_on, self.ends_on
        if _is_first_day(start) and (end is None or _is_last_day(end)):
            first, last = str(start.year), str(end.year) if end else ""
        else:
            first, last = (format_date(day) if day else "" for day in (start, end))
        return first if first == last else f"{first}–{last}" if last else first

    @property
    def has_ended(self) -> bool:
        """Whether its period is over."""
        return self.ends_on is not None and self.ends_on < timezone.localdate()

    def get_register_kind(self) -> str:
        """Return the kind of the register above; one query or two."""
        parent = self.get_parent()
        return str(getattr(parent.specific, "kind", "")) if parent else ""


def _is_first_day(day: date | None) -> bool:
    return day is not None and (day.month, day.day) == (1, 1)


def _is_last_day(day: date) -> bool:
    return (day.month, day.day) == (12, 31)


def period_panel(help_text: Any = "") -> MultiFieldPanel:
    """Return the panel of the period."""
    row = FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")])
    return MultiFieldPanel([row], _("Period"), help_text=help_text)


def tabs(details: list[Panel], *more: ObjectList) -> list[ObjectList]:
    """Return the tabs of an entry's form: what it is, its details, its files, the rest."""
    content = ObjectList([*SitePage.content_panels, FieldPanel("body")], heading=_("Content"))
    return [
        content,
        ObjectList(details, heading=_("Details")),
        *more,
        ObjectList(SitePage.promote_panels, heading=_("Promote")),
        ObjectList(SitePage.settings_panels, heading=_("Settings")),
    ]


def files_tab(help_text: Any = "") -> ObjectList:
    """Return the tab with the files."""
    return ObjectList([FieldPanel("files", help_text=help_text)], heading=_("Files"))
