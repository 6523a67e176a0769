"""What the registry's screens have in common."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from motcua.web import hosts
from tenants.models import Tenant

ICON = "site"


class RegistryScreen(WagtailAdminTemplateMixin):
    """A screen below “Member sites”, in Wagtail's frame."""

    header_icon = ICON
    page_title = gettext_lazy("Member sites")
    request: HttpRequest

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the registry, what lies between, this screen."""
        index = {"url": reverse("member_sites:index"), "label": _("Member sites")}
        return [
            *self.breadcrumbs_items,
            index,
            *self.breadcrumbs_between(),
            {"url": "", "label": self.get_page_title()},
        ]

    def breadcrumbs_between(self) -> list[dict[str, Any]]:
        """Return what leads from the list to this screen."""
        return []


class SiteScreen(RegistryScreen):
    """A screen about one member site, named by ``pk`` in the address. The main portal is none."""

    kwargs: dict[str, Any]

    @cached_property
    def tenant(self) -> Tenant:
        """The member site; 404 if there is none."""
        sites = Tenant.objects.members().select_related("parent", "successor")
        return get_object_or_404(sites.prefetch_related("domains"), pk=self.kwargs["pk"])

    def breadcrumbs_between(self) -> list[dict[str, Any]]:
        """Lead through the site's own screen."""
        return [{"url": self.site_url(), "label": self.tenant.name}]

    def site_url(self) -> str:
        """Return the address of the site's own screen, its checklist."""
        return reverse("member_sites:site", args=[self.tenant.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add ``tenant`` and where one goes back to."""
        return super().get_context_data(tenant=self.tenant, site_url=self.site_url(), **kwargs)


def forget_hosts() -> None:
    """Let this process look hosts up anew once the change is committed."""
    transaction.on_commit(hosts.cache.clear)
