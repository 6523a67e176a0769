"""Which pictures still lack an alternative text."""

from __future__ import annotations

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import AdminOnlyMenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports.base import ReportView
from wagtail.images.permissions import permission_policy

from sites.base.models import SiteImage


class WithoutAltTextView(ReportView):
    """Pictures from before descriptions were required, the latest first."""

    model = SiteImage
    page_title = _("Pictures without alternative text")
    header_icon = "image"
    index_url_name = "media_without_alt_text"
    index_results_url_name = "media_without_alt_text_results"
    permission_policy = permission_policy
    any_permission_required = ["add", "change"]
    default_ordering = "-created_at"
    columns = [
        TitleColumn(
            "title",
            label=_("Title"),
            get_url=lambda image: reverse("wagtailimages:edit", args=[image.pk]),
        ),
        Column("collection", label=_("Collection")),
        Column("uploaded_by_user", label=_("Uploaded by")),
    ]
    list_export = ["title", "collection", "uploaded_by_user"]

    def get_base_queryset(self) -> Any:
        """Return those that the person may edit."""
        mine = permission_policy.instances_user_has_permission_for(self.request.user, "change")
        found = mine.filter(pk__in=SiteImage.objects.without_alt_text())
        return found.select_related("collection", "uploaded_by_user")

    get_queryset = get_base_queryset


class WithoutAltTextItem(AdminOnlyMenuItem):
    """The report's place in the menu, for those who may edit pictures."""

    def is_shown(self, request: Any) -> bool:
        """Tell whether the person may edit pictures."""
        shown: bool = permission_policy.user_has_any_permission(request.user, ["add", "change"])
        return shown


URLS = [
    path("reports/alt-text/", WithoutAltTextView.as_view(), name="media_without_alt_text"),
    path(
        "reports/alt-text/results/",
        WithoutAltTextView.as_view(results_only=True),
        name="media_without_alt_text_results",
    ),
]
