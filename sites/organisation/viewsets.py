"""Where webmasters find people, units and weeks of the schedule in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.forms import RadioSelect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters.filters import BooleanFilter, ChoiceFilter, ModelChoiceFilter
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import (
    BulkActionsColumn,
    PageStatusColumn,
    PageTitleColumn,
    ParentPageColumn,
)
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet

from .models import PersonPage, UnitPage, WeekPage

YES_OR_NO = [("", _("All")), ("true", _("Yes")), ("false", _("No"))]


class OwnFilters(PageFilterSet):
    """Wagtail's filters of pages, without those that tell nothing here."""

    site = None
    has_child_pages = None
    live = ChoiceFilter(
        label=_("Status"),
        choices=[("true", _("Live")), ("false", _("Not live"))],
        empty_label=_("All"),
        widget=RadioSelect,
    )


class PersonFilters(OwnFilters):
    """Leaders or not, and by unit."""

    is_leader = BooleanFilter(
        label=_("Leader of the agency"), widget=RadioSelect(choices=YES_OR_NO)
    )
    unit = ModelChoiceFilter(
        label=_("Unit"),
        queryset=lambda _request: UnitPage.objects.order_by("path").defer_streamfields(),
        method="in_unit",
    )

    class Meta:
        model = PersonPage
        fields: list[str] = []

    def in_unit(self, pages: Any, _name: str, unit: UnitPage) -> Any:
        """Keep those who work in a unit or in one below it."""
        return pages.descendant_of(unit)


class UnitFilters(OwnFilters):
    """By status."""

    class Meta:
        model = UnitPage
        fields: list[str] = []


class WeekFilters(OwnFilters):
    """By status."""

    class Meta:
        model = WeekPage
        fields: list[str] = []


class OriginalsView(IndexView):
    """A list without the copies that stand in for a missing translation."""

    def annotate_queryset(self, pages: Any) -> QuerySet[Any]:
        """Leave out the copies, and long texts where they are."""
        found: QuerySet[Any] = super().annotate_queryset(pages).filter(alias_of=None)
        return found.defer_streamfields()


class PeopleView(OriginalsView):
    """The people of the site by given name."""

    default_ordering = "name_key"


class UnitsView(OriginalsView):
    """The units of the site in the order of the tree."""

    default_ordering = "path"


class WeeksView(OriginalsView):
    """The weeks of the schedules, the latest first."""

    default_ordering = "-monday"


class PersonListing(PageListingViewSet):
    """Everybody in one list, wherever they stand in the tree."""

    name = "organisation_people"
    model = PersonPage
    index_view_class = PeopleView
    icon = "user"
    menu_label = _("Leaders and officials")
    filterset_class = PersonFilters
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Full name"), sort_key="name_key", classname="title"),
        Column("position", label=pgettext_lazy("position", "Office"), width="24%"),
        ParentPageColumn("parent", label=_("Unit"), width="20%"),
        Column("phone", label=_("Telephone"), width="14%"),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="10%"),
    ]


class UnitListing(PageListingViewSet):
    """All units in one list, in the order of the tree."""

    name = "organisation_units"
    model = UnitPage
    index_view_class = UnitsView
    icon = "group"
    menu_label = _("Units and divisions")
    filterset_class = UnitFilters
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Name of the unit"), sort_key="path", classname="title"),
        ParentPageColumn("parent", label=_("Belongs to"), width="24%"),
        Column("phone", label=_("Telephone"), width="16%"),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="10%"),
    ]


class WeekListing(PageListingViewSet):
    """The weeks of the work schedule, the latest first."""

    name = "organisation_weeks"
    model = WeekPage
    index_view_class = WeeksView
    icon = "calendar-alt"
    menu_label = _("Work schedule")
    filterset_class = WeekFilters
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Week"), sort_key="monday", classname="title"),
        ParentPageColumn("parent", label=_("Work schedule"), width="24%"),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="12%"),
    ]


class OrganisationGroup(ViewSetGroup):
    """One entry of the menu with what belongs to the organisation."""

    menu_label = _("Organisation")
    menu_icon = "group"
    menu_order = 170
    items = (PersonListing, UnitListing, WeekListing)
