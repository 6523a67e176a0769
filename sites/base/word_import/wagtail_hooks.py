"""Where “Import from Word” appears in Wagtail's admin; `sites.base.wagtail_hooks` loads it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from .actions import LOG_ACTION
from .views import URLS, import_url

PRIORITY = 16  # right after “Add child page” of the header; 8 in lists


@hooks.register("register_admin_urls")
def word_urls() -> list[URLPattern]:
    """The upload and the report."""
    return URLS


@hooks.register("register_log_actions")
def word_log_action(actions: Any) -> None:
    """Tell in a page's history that it was made of a document."""
    actions.register_action(LOG_ACTION, _("Import from Word"), _("Imported from Word"))


@hooks.register("register_page_header_buttons")
def word_header_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """In the menu beside a page's title."""
    yield from _buttons(page, user, PRIORITY)


@hooks.register("register_page_listing_more_buttons")
def word_listing_button(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """In the menu of a row of the explorer."""
    yield from _buttons(page, user, PRIORITY // 2 + 1)


def _buttons(page: Page, user: Any, priority: int) -> Iterator[Button]:
    address = import_url(page, user)
    if address:
        yield Button(_("Import from Word"), address, icon_name="upload", priority=priority)
