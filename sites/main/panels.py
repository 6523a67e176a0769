"""What the admin's home begins with: the province, or one's own site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.admin.ui.components import Component

from tenants.lifecycle import Status
from tenants.models import SiteImport, Tenant


class ProvincePanel(Component):
    """How many member sites there are in which state, and what needs somebody."""

    name = "province"
    template_name = "main/panels/province.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Count by status, failed upgrades and running imports: two queries."""
        index = reverse("member_sites:index")
        numbers = count_sites()
        return {
            "index": index,
            "failed": numbers.pop("failed"),
            "failed_url": f"{index}?failed=1",
            "statuses": [
                {
                    "label": label,
                    "count": numbers[status],
                    "url": f"{index}?{urlencode({'status': status})}",
                }
                for status, label in Status.choices
            ],
            "imports": SiteImport.objects.filter(status=SiteImport.Status.RUNNING),
        }


class OwnSitePanel(Component):
    """One's own address and whether the public sees the site."""

    name = "own_site"
    template_name = "main/panels/own_site.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Add the site."""
        assert parent_context is not None  # noqa: S101 - Wagtail always gives one
        tenant = parent_context["request"].tenant
        return {"tenant": tenant, "is_active": tenant.status == Status.ACTIVE}


def count_sites() -> dict[str, int]:
    """Return the number of member sites by status, and under ``failed`` of failed upgrades."""
    counts = {
        **{status: Count("pk", filter=Q(status=status)) for status in Status.values},
        "failed": Count("pk", filter=~Q(maintenance_error="")),
    }
    return dict(Tenant.objects.members().aggregate(**counts))
