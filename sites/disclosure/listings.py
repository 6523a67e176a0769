"""Lists of the admin: everything a site discloses, of each kind, wherever it stands in the tree."""

from __future__ import annotations

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.base import ViewSetGroup

from sites.base.page_lists import PageList, columns

from .datasets import DatasetPage
from .figures import money_in_short
from .programmes import ProgrammePage
from .projects import ProjectPage, RecordPage
from .registers import RegisterPage


def _freshness(page: DatasetPage) -> str:
    return pgettext("data", "Overdue") if page.is_overdue else gettext("On time")


class RegisterListing(PageList):
    """The registers."""

    model = RegisterPage
    icon = "list-ul"
    menu_label = _("Registers")
    name = "disclosure_registers"
    columns = columns(Column("kind", label=_("Kind"), accessor="get_kind_display"))
    list_filter = ["kind", "live"]


class ProjectListing(PageList):
    """Projects and procurement."""

    model = ProjectPage
    icon = "clipboard-list"
    menu_label = _("Projects and procurement")
    name = "disclosure_projects"
    columns = columns(
        Column("state", label=_("State"), accessor="get_status_display", sort_key="status"),
        Column("capital", label=_("Total capital"), sort_key="capital",
               accessor=lambda page: money_in_short(page.capital)),
    )  # fmt: skip
    list_filter = ["status", "selection", "field", "live"]


class RecordListing(PageList):
    """Plans and records."""

    model = RecordPage
    icon = "doc-full-inverse"
    menu_label = _("Plans and records")
    name = "disclosure_records"
    columns = columns(
        Column("number", label=_("Decision"), sort_key="number"),
        Column("state", label=_("State"), accessor="get_status_display", sort_key="status"),
    )
    list_filter = ["status", "level", "field", "live"]


class DatasetListing(PageList):
    """Datasets, with what is overdue."""

    model = DatasetPage
    icon = "table"
    menu_label = _("Statistics and open data")
    name = "disclosure_datasets"
    columns = columns(
        DateColumn("updated_on", label=_("Figures updated on"), sort_key="updated_on"),
        Column("due", label=_("Freshness"), accessor=_freshness),
    )
    list_filter = ["frequency", "licence", "field", "live"]


class ProgrammeListing(PageList):
    """Programmes."""

    model = ProgrammePage
    icon = "tasks"
    menu_label = _("Programmes")
    name = "disclosure_programmes"
    columns = columns(
        Column("number", label=_("Decision"), sort_key="number"),
        DateColumn("data_on", label=_("Figures updated on"), sort_key="data_on"),
    )
    list_filter = ["field", "live"]


class DisclosureGroup(ViewSetGroup):
    """The menu."""

    menu_label = _("Disclosure")
    menu_icon = "clipboard-list"
    menu_name = "disclosure"
    menu_order = 330
    items = (RegisterListing, ProjectListing, RecordListing, DatasetListing, ProgrammeListing)
