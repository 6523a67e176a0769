"""The report of broken links, with a button that looks again."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports.base import ReportView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from .actions import check_page
from .models import BrokenLink

REPORT, RECHECK = "base_broken_links", "base_broken_links_recheck"


class LinkColumn(Column):
    """The link as visitors see it: its words, and where it leads."""

    cell_template_name = "base/links/link_cell.html"


class AgainColumn(Column):
    """Edit the page, or look again."""

    cell_template_name = "base/links/again_cell.html"


class BrokenLinksView(ReportView):
    """Links of public pages that lead nowhere, the latest first."""

    model = BrokenLink
    page_title = gettext_lazy("Broken links")
    header_icon = "link"
    index_url_name = REPORT
    index_results_url_name = f"{REPORT}_results"
    permission_policy = page_permission_policy
    any_permission_required = ["add", "change", "publish"]
    default_ordering = "-since"
    columns = [
        TitleColumn(
            "page",
            label=gettext_lazy("Page"),
            get_url=lambda link: reverse("wagtailadmin_pages:edit", args=[link.page_id]),
        ),
        LinkColumn("address", label=gettext_lazy("Link")),
        Column("reason", label=gettext_lazy("Reason"), accessor="get_reason_display"),
        DateColumn("since", label=gettext_lazy("Since"), sort_key="since"),
        AgainColumn("again", label=gettext_lazy("Actions"), accessor="pk"),
    ]
    list_export = ["page", "text", "address", "get_reason_display", "since"]
    export_headings = {"get_reason_display": gettext_lazy("Reason")}

    def get_base_queryset(self) -> Any:
        """Return those on pages that the person may edit."""
        mine = page_permission_policy.instances_user_has_any_permission_for(
            self.request.user, {"change", "publish"}
        )
        found = BrokenLink.objects.on_public_pages().filter(page__in=mine)
        return found.select_related("page").order_by("-since", "pk")

    get_queryset = get_base_queryset


class BrokenLinksItem(MenuItem):
    """The report's place in the menu, for those who may edit pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the person may edit any page."""
        wanted = ["add", "change", "publish"]
        return bool(page_permission_policy.user_has_any_permission(request.user, wanted))


@require_POST
def recheck(request: HttpRequest, page: int) -> HttpResponse:
    """Look again at the links of one page.

    Raises:
        Http404: there is no such page.
        PermissionDenied: the person may not edit it.
    """
    found = get_object_or_404(Page, pk=page)
    if not found.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    left = len(check_page(found))
    text = _("“%(page)s” was checked again; broken links: %(n)d.")
    messages.success(request, text % {"page": found.get_admin_display_title(), "n": left})
    return redirect(REPORT)


URLS = [
    path("reports/links/", BrokenLinksView.as_view(), name=REPORT),
    path(
        "reports/links/results/",
        BrokenLinksView.as_view(results_only=True),
        name=f"{REPORT}_results",
    ),
    path("reports/links/<int:page>/again/", recheck, name=RECHECK),
]
