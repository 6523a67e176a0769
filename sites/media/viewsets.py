"""Where webmasters find albums and videos in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet

from .models import AlbumPage, VideoPage


class NewestView(IndexView):
    """The newest first; what merely stands in for a missing translation is left out."""

    default_ordering = "-date"

    def get_base_queryset(self) -> Any:
        """Return the pages that somebody made here."""
        return super().get_base_queryset().filter(alias_of=None)


class DayColumn(DateColumn):
    """A day, written dd/mm/yyyy."""

    cell_template_name = "media/admin/day_cell.html"


class AlbumListing(PageListingViewSet):
    """All albums in one list, wherever they stand in the tree."""

    name = "media_albums"
    model = AlbumPage
    index_view_class = NewestView
    icon = "image"
    menu_label = _("Photo albums")
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        DayColumn("date", label=_("Date"), sort_key="date", width="12%"),
        Column("place", label=_("Place"), width="18%"),
        Column(
            "count", label=_("Pictures"), accessor=lambda album: len(album.shots()), width="10%"
        ),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="12%"),
    ]


class VideoListing(PageListingViewSet):
    """All videos in one list."""

    name = "media_videos"
    model = VideoPage
    index_view_class = NewestView
    icon = "media"
    menu_label = _("Videos")
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        DayColumn("date", label=_("Date"), sort_key="date", width="12%"),
        Column("host", label=_("Elsewhere"), width="16%"),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="12%"),
    ]


class MediaGroup(ViewSetGroup):
    """One entry of the menu with what belongs to the library."""

    menu_label = _("Library")
    menu_icon = "image"
    menu_order = 160
    items = (AlbumListing, VideoListing)
