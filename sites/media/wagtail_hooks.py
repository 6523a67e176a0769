"""Where the library appears in Wagtail's admin."""

from __future__ import annotations

from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .reports import URLS, WithoutAltTextItem
from .viewsets import MediaGroup


@hooks.register("register_admin_viewset")
def library() -> MediaGroup:
    """Albums and videos in lists of their own."""
    return MediaGroup()


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    """The report of pictures that lack an alternative text."""
    return URLS


@hooks.register("register_reports_menu_item")
def report_item() -> MenuItem:
    """Its place in the menu."""
    address = reverse("media_without_alt_text")
    return WithoutAltTextItem(
        _("Pictures without alternative text"), address, icon_name="image", order=900
    )
