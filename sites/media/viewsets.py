"""Where webmasters find albums and videos in Wagtail's admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.base import ViewSetGroup

from sites.base.page_lists import PageList, PageListView, columns

from .models import AlbumPage, VideoPage


class NewestView(PageListView):
    """The newest first."""

    default_ordering = "-date"


class DayColumn(DateColumn):
    """A day, written dd/mm/yyyy."""

    cell_template_name = "media/admin/day_cell.html"


class AlbumListing(PageList):
    """All albums in one list, wherever they stand in the tree."""

    name = "media_albums"
    model = AlbumPage
    index_view_class = NewestView
    icon = "image"
    menu_label = _("Photo albums")
    columns = columns(
        DayColumn("date", label=_("Date"), sort_key="date", width="12%"),
        Column("place", label=_("Place"), width="18%"),
        Column(
            "count", label=_("Pictures"), accessor=lambda album: len(album.shots()), width="10%"
        ),
    )


class VideoListing(PageList):
    """All videos in one list."""

    name = "media_videos"
    model = VideoPage
    index_view_class = NewestView
    icon = "media"
    menu_label = _("Videos")
    columns = columns(
        DayColumn("date", label=_("Date"), sort_key="date", width="12%"),
        Column("host", label=_("Elsewhere"), width="16%"),
    )


class MediaGroup(ViewSetGroup):
    """One entry of the menu with what belongs to the library."""

    menu_label = _("Library")
    menu_icon = "image"
    menu_order = 160
    items = (AlbumListing, VideoListing)
