"""Where the registry appears in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from motcua.people.provincial import may_manage_sites, on_main_portal

from . import panels, registry_urls
from .views import ICON


class RegistryMenuItem(MenuItem):
    """Only there for those who may use it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the registry exists for this person here."""
        return may_manage_sites(request)


@hooks.register("register_admin_urls")
def registry_addresses() -> list[URLPattern | URLResolver]:
    """Answer below ``/admin/member-sites/``."""
    return [path("member-sites/", include(registry_urls))]


@hooks.register("register_admin_menu_item")
def registry_item() -> RegistryMenuItem:
    """“Member sites”, right after the pages."""
    return RegistryMenuItem(
        _("Member sites"), reverse_lazy("member_sites:index"), name="member-sites", icon_name=ICON,
        order=150,
    )  # fmt: skip


@hooks.register("construct_homepage_panels")
def home_panels(request: HttpRequest, shown: list[Any]) -> None:
    """Begin with the province on the main portal, with the own site on the others."""
    if may_manage_sites(request):
        shown.append(panels.ProvincePanel())
    if not on_main_portal(request):
        shown.append(panels.OwnSitePanel())
