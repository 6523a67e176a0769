"""What webmasters see of the whole of their site: what waits, and the mandatory sections."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import (
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)

from .panels import WaitingPanel
from .reports import URLS, PlacesMenuItem

# The panel of what waits says the same: drafts among the recent edits, and why a page came back.
REPLACED = (RecentEditsPanel, UserObjectsInWorkflowModerationPanel)


@hooks.register("construct_homepage_panels")
def what_waits(request: HttpRequest, shown: list[Any]) -> None:
    """Begin with what others wait for, then with what waits for the person."""
    shown[:] = [panel for panel in shown if not isinstance(panel, REPLACED)]
    for panel in shown:
        if isinstance(panel, WorkflowObjectsToModeratePanel):
            panel.order = WaitingPanel.order - 1
    shown.append(WaitingPanel())


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    """The report on the places, and planting one again."""
    return URLS


@hooks.register("register_reports_menu_item")
def report_item() -> MenuItem:
    """The report comes first: the law asks for these sections."""
    return PlacesMenuItem(
        _("Mandatory sections"), reverse("home_places"), name="places", icon_name="list-ul",
        order=600,
    )  # fmt: skip
