"""Photo albums, videos, and the page that lists them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.query import PageQuerySet

from sites.base.listing import Facet, facet, page_of
from sites.base.models import SitePage

from .albums import AlbumPage
from .entries import newest_below, with_covers
from .videos import VideoPage

__all__ = ["AlbumPage", "MediaPage", "VideoPage"]

KIND = "kind"  # the parameter of the list
ALBUM, VIDEO = Q(albumpage__isnull=False), Q(videopage__isnull=False)
KINDS = {"album": ALBUM, "video": VIDEO}
PER_PAGE = 12


class MediaPage(SitePage):
    """The library: albums and videos, newest first."""

    template = "pages/media.html"
    subpage_types = ["media.AlbumPage", "media.VideoPage", "media.MediaPage"]

    class Meta:
        verbose_name = _("media library")
        verbose_name_plural = _("media libraries")

    def feed_entries(self, request: HttpRequest) -> PageQuerySet[Any]:
        """Return what a feed of the list has: newest first, of ``?kind=`` if given."""
        return newest_below(self).filter(KINDS.get(request.GET.get(KIND, ""), Q()))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add ``entries``, one page of them, and ``kinds``, the facet."""
        page = page_of(request, self.feed_entries(request), PER_PAGE)
        page.object_list = with_covers(page.object_list)
        context = super().get_context(request, *args, **kwargs)
        return {**context, "entries": page, "kinds": self._kinds(request)}

    def _kinds(self, request: HttpRequest) -> Facet:
        found = newest_below(self).order_by()
        counts = found.aggregate(album=Count("pk", ALBUM), video=Count("pk", VIDEO))
        rows = [("album", gettext("Photo albums"), counts["album"]),
                ("video", gettext("Videos"), counts["video"])]  # fmt: skip
        return facet(request, KIND, gettext("Kind"), [row for row in rows if row[2]])
