"""The report on the places of a site: what the law asks for and how each stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import page_permission_policy

from sites.documents.exporting import csv_response

from . import actions
from .freshness import Standing, standings
from .places import BY_NAME
from .steps import Step, may_restore, next_steps

MAY_SEE = {"add", "change", "publish"}


@dataclass(frozen=True)
class Line:
    """One line of the report."""

    standing: Standing
    step: Step | None

    @property
    def title(self) -> str:
        return self.standing.title

    @property
    def duty(self) -> str:
        return self.standing.duty or "–"

    @property
    def state(self) -> str:
        return str(self.standing.state.label)

    @property
    def last(self) -> str:
        """The day of the last change, as people here write it."""
        moment = self.standing.last
        return date_format(timezone.localtime(moment), "d/m/Y") if moment else "–"

    @property
    def entries(self) -> str:
        number = self.standing.entries
        return "–" if number is None else str(number)

    @property
    def step_label(self) -> str:
        return str(self.step.label) if self.step else ""


def edit_url(line: Line) -> str | None:
    """Return where the page of a line is edited; None where it is missing."""
    page = line.standing.page
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else None


class StateColumn(Column):
    """The state as a coloured tag."""

    cell_template_name = "home/reports/state_cell.html"


class StepColumn(Column):
    """The one button of a line."""

    cell_template_name = "home/reports/step_cell.html"

    def get_cell_context_data(
        self, instance: Line, parent_context: dict[str, Any]
    ) -> dict[str, Any]:
        """Add what a form needs."""
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "csrf_token": parent_context.get("csrf_token", "")}


class PlacesView(ReportView):
    """All places in the order of the tree, with one button each; CSV and XLSX, for printing too."""

    template_name = "home/reports/places.html"
    page_title = _("Mandatory sections")
    header_icon = "list-ul"
    index_url_name = "home_places"
    index_results_url_name = "home_places_results"
    permission_policy = page_permission_policy
    any_permission_required = MAY_SEE
    export_filename = "muc-bat-buoc"
    list_export = ["title", "duty", "state", "last", "entries", "step_label"]
    export_headings = {
        "title": _("Website section"),
        "duty": _("Required by law as"),
        "state": _("State"),
        "last": _("Last update"),
        "entries": _("Entries"),
        "step_label": _("Next step"),
    }
    columns = [
        TitleColumn("title", label=export_headings["title"], get_url=edit_url),
        Column("duty", label=export_headings["duty"], classname="places__duty"),
        StateColumn("state", label=export_headings["state"], classname="places__state"),
        Column("last", label=export_headings["last"], classname="places__last"),
        Column("entries", label=export_headings["entries"], classname="places__entries"),
        StepColumn("step", label=export_headings["step_label"], classname="places__step"),
    ]

    def get_queryset(self) -> list[Line]:
        """Return the lines; what the person may not do has no button."""
        return [Line(*pair) for pair in next_steps(standings(), self.request.user)]

    @cached_property
    def waiting(self) -> int:
        """How many mandatory sections need somebody."""
        lines = [line.standing for line in self.object_list]
        return sum(1 for one in lines if one.duty and one.needs_somebody)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add how many sections there must be and how many of them need somebody."""
        mandatory = sum(1 for line in self.object_list if line.standing.duty)
        context = super().get_context_data(*args, **kwargs)
        return {**context, "mandatory": mandatory, "waiting": self.waiting}

    def write_csv_response(self, queryset: list[Line]) -> HttpResponse:
        """Return the lines as a file that spreadsheets open without danger."""
        headings = [self.export_headings[name] for name in self.list_export]
        rows = [[getattr(line, name) for name in self.list_export] for line in queryset]
        return csv_response(f"{self.export_filename}.csv", headings, rows)


@require_POST
def restore(request: HttpRequest, name: str) -> HttpResponse:
    """Plant a missing place again.

    Raises:
        Http404: there is no place of this name.
    """
    if name not in BY_NAME:
        raise Http404
    if not may_restore(BY_NAME[name], request.user):
        return permission_denied(request)
    page, made = actions.restore_place(name=name, by=request.user)
    _tell(request, page, made)
    return redirect(get_valid_next_url_from_request(request) or reverse("home_places"))


def _tell(request: HttpRequest, page: Any, made: int) -> None:
    if not made or page is None:
        messages.info(request, gettext("The section is there already."))
        return
    button = messages.button(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), gettext("Open the page")
    )
    text = gettext("“%(title)s” is there again.") % {"title": page.title}
    messages.success(request, text, buttons=[button])


class PlacesMenuItem(MenuItem):
    """An entry for those who work on pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(page_permission_policy.user_has_any_permission(request.user, MAY_SEE))


URLS: list[URLPattern] = [
    path("reports/places/", PlacesView.as_view(), name="home_places"),
    path("reports/places/results/", PlacesView.as_view(results_only=True),
         name="home_places_results"),
    path("reports/places/<slug:name>/restore/", restore, name="home_restore_place"),
]  # fmt: skip
