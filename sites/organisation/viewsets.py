"""Where webmasters find people, units and weeks of the schedule in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.forms import RadioSelect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters.filters import BooleanFilter, ModelChoiceFilter
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import ParentPageColumn
from wagtail.admin.viewsets.base import ViewSetGroup

from sites.base.page_lists import EITHER, PageList, PageListFilters, PageListView, columns

from .models import PersonPage, UnitPage, WeekPage


class PersonFilters(PageListFilters):
    """Leaders or not, and by unit."""

    is_leader = BooleanFilter(label=_("Leader of the agency"), widget=RadioSelect(choices=EITHER))
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


class UnitFilters(PageListFilters):
    """By status."""

    class Meta:
        model = UnitPage
        fields: list[str] = []


class WeekFilters(PageListFilters):
    """By status."""

    class Meta:
        model = WeekPage
        fields: list[str] = []


class LightView(PageListView):
    """A list that leaves long texts where they are."""

    def annotate_queryset(self, pages: Any) -> QuerySet[Any]:
        """Fetch what the columns show."""
        found: QuerySet[Any] = super().annotate_queryset(pages).defer_streamfields()
        return found


class PeopleView(LightView):
    """The people of the site by given name."""

    default_ordering = "name_key"


class UnitsView(LightView):
    """The units of the site in the order of the tree."""

    default_ordering = "path"


class WeeksView(LightView):
    """The weeks of the schedules, the latest first."""

    default_ordering = "-monday"


class PersonListing(PageList):
    """Everybody in one list, wherever they stand in the tree."""

    name = "organisation_people"
    model = PersonPage
    index_view_class = PeopleView
    icon = "user"
    menu_label = _("Leaders and officials")
    filterset_class = PersonFilters
    columns = columns(
        Column("position", label=pgettext_lazy("position", "Office"), width="24%"),
        ParentPageColumn("parent", label=_("Unit"), width="20%"),
        Column("phone", label=_("Telephone"), width="14%"),
        title=_("Full name"),
        order="name_key",
    )


class UnitListing(PageList):
    """All units in one list, in the order of the tree."""

    name = "organisation_units"
    model = UnitPage
    index_view_class = UnitsView
    icon = "group"
    menu_label = _("Units and divisions")
    filterset_class = UnitFilters
    columns = columns(
        ParentPageColumn("parent", label=_("Belongs to"), width="24%"),
        Column("phone", label=_("Telephone"), width="16%"),
        title=_("Name of the unit"),
        order="path",
    )


class WeekListing(PageList):
    """The weeks of the work schedule, the latest first."""

    name = "organisation_weeks"
    model = WeekPage
    index_view_class = WeeksView
    icon = "calendar-alt"
    menu_label = _("Work schedule")
    filterset_class = WeekFilters
    columns = columns(
        ParentPageColumn("parent", label=_("Work schedule"), width="24%"),
        title=_("Week"),
        order="monday",
    )


class OrganisationGroup(ViewSetGroup):
    """One entry of the menu with what belongs to the organisation."""

    menu_label = _("Organisation")
    menu_icon = "group"
    menu_order = 170
    items = (PersonListing, UnitListing, WeekListing)
