"""Lists of one type of page in Wagtail's admin, alike in every application."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.forms import RadioSelect
from django.utils.translation import gettext_lazy as _
from django_filters.filters import BooleanFilter
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.viewsets.pages import PageListingViewSet

EITHER = [("", _("All")), ("true", _("Yes")), ("false", _("No"))]
PUBLISHED = [("", _("All")), ("true", _("Live")), ("false", _("Not live"))]


class PageListFilters(PageFilterSet):
    """Wagtail's filters of pages, without those that tell nothing here."""

    site = None
    has_child_pages = None
    live = BooleanFilter(label=_("Status"), widget=RadioSelect(choices=PUBLISHED))


class PageListView(IndexView):
    """What people here have written, without what stands in for a missing translation."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """Leave out aliases: whoever edits the original edits them."""
        found: QuerySet[Any] = super().get_base_queryset().filter(alias_of=None)
        return found


class PageList(PageListingViewSet):
    """All pages of one type in one list, wherever they stand in the tree."""

    index_view_class = PageListView


def columns(*own: Column, title: Any = None, order: str = "title") -> list[Column]:
    """Return the columns of a list: the page, what is its own, its status.

    Args:
        own: the columns between title and status.
        title: the heading of the page's column; “Title” if none.
        order: the field by which that column sorts.
    """
    heading = PageTitleColumn(
        "title", label=title or _("Title"), sort_key=order, classname="title"
    )  # fmt: skip
    status = PageStatusColumn("status", label=_("Status"), sort_key="live", width="12%")
    return [BulkActionsColumn("bulk_actions"), heading, *own, status]
