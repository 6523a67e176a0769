"""Where broken links appear in Wagtail's admin; `sites.base.wagtail_hooks` loads it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from sites.base.page_checks import headings_out_of_order
from sites.base.pages import SitePage

from .actions import broken_in_draft, check_page
from .finding import Found
from .models import Reason
from .reports import REPORT, URLS, BrokenLinksItem

SHOWN = 5


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    """The report and its buttons."""
    return URLS


@hooks.register("register_reports_menu_item")
def report_item() -> MenuItem:
    """Its place in the menu."""
    return BrokenLinksItem(
        gettext_lazy("Broken links"), reverse(REPORT), name="broken-links", icon_name="link",
        order=910,
    )  # fmt: skip


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_text(request: HttpRequest, page: Page) -> None:
    """Tell whoever has just saved what readers would stumble over; nothing is held back."""
    if not isinstance(page, SitePage):
        return
    draft = page.get_latest_revision_as_object()
    _warn_of_links(request, broken_in_draft(draft))
    if headings_out_of_order(draft):
        messages.warning(
            request,
            _("The text begins with a small heading. Begin with a large one: people who listen to "
              "the page find their way by the levels."),
        )  # fmt: skip


@hooks.register("after_publish_page")
def check_published(request: HttpRequest, page: Page) -> None:
    """Put what is broken on a page that has just gone live into the report at once."""
    if isinstance(page, SitePage):
        check_page(page)


def _warn_of_links(request: HttpRequest, broken: dict[Found, str]) -> None:
    if not broken:
        return
    intro = ngettext(
        "%(n)d link on this page leads nowhere:", "%(n)d links on this page lead nowhere:",
        len(broken),
    ) % {"n": len(broken)}  # fmt: skip
    messages.warning(request, format_html("{} {}", intro, _listed(broken)))


def _listed(broken: dict[Found, str]) -> SafeString:
    rows: list[tuple[Any, ...]] = [
        (one.text or one.address, Reason(reason).label) for one, reason in broken.items()
    ]
    return format_html_join("; ", "“{}” ({})", rows[:SHOWN])
