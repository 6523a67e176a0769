"""Where widgets appear in Wagtail's admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from motcua.people.provincial import may_manage_sites

from . import source_urls
from .views import ICON
from .viewsets import NoticeViewSet

register_snippet(NoticeViewSet)


class SourcesMenuItem(MenuItem):
    """Only there for those who may use it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the sources exist for this person here."""
        return may_manage_sites(request)


@hooks.register("register_admin_urls")
def source_addresses() -> list[URLPattern | URLResolver]:
    """Answer below ``/admin/data-sources/``."""
    return [path("data-sources/", include(source_urls))]


@hooks.register("register_settings_menu_item")
def sources_item() -> SourcesMenuItem:
    """“Data sources”, among the settings of the main portal."""
    return SourcesMenuItem(
        _("Data sources"), reverse_lazy("data_sources:index"), name="data-sources",
        icon_name=ICON, order=120,
    )  # fmt: skip
