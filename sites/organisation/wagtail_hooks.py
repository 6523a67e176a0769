"""Where the organisation appears in Wagtail's admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from . import views
from .models import SchedulePage, WeekPage
from .viewsets import OrganisationGroup

COPY = _("Copy to the next free week")


@hooks.register("register_admin_viewset")
def organisation_group() -> OrganisationGroup:
    """“Organisation”: people, units, the work schedule."""
    return OrganisationGroup()


@hooks.register("register_admin_urls")
def organisation_addresses() -> list[URLPattern]:
    """Answer below ``/admin/organisation/``."""
    return [path("organisation/weeks/<int:page_id>/copy/", views.copy_week, name="copy_week")]


@hooks.register("insert_global_admin_css")
def entries_in_rows() -> SafeString:
    """Lay a line of the schedule out as a line."""
    return format_html('<link rel="stylesheet" href="{}">', static("organisation/schedule.css"))


@hooks.register("register_page_header_buttons")
def header_button(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """From a week, or from the schedule's latest one, to the next."""
    yield from _copy_button(page, user)


@hooks.register("register_page_listing_more_buttons")
def listing_button(page: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """The same in lists."""
    yield from _copy_button(page, user)


def _copy_button(page: Any, user: Any) -> Iterator[Button]:
    week = _source(page)
    if week and page.permissions_for_user(user).can_edit():
        address = reverse("copy_week", args=[week.pk])
        yield Button(COPY, address, icon_name="copy", priority=5)


def _source(page: Any) -> WeekPage | None:
    if page.specific_class is WeekPage:
        return page.specific
    if page.specific_class is SchedulePage:
        return WeekPage.objects.child_of(page).order_by("-monday").first()
    return None
