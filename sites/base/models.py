"""Everything of `sites.base` that is stored, and the page types without a subject of their own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .links.models import BrokenLink
from .media import SiteDocument, SiteImage, SiteRendition
from .pages import BodyPage, SitePage
from .settings import SiteSettings

__all__ = [
    "BodyPage",
    "BrokenLink",
    "SectionPage",
    "SiteDocument",
    "SiteImage",
    "SitePage",
    "SiteRendition",
    "SiteSettings",
    "StandardPage",
]


class StandardPage(BodyPage):
    """A page of text."""

    template = "pages/standard.html"

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")


class SectionPage(BodyPage):
    """A page that leads to those below it."""

    template = "pages/section.html"

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add ``children``: the public pages directly below, in the order of the tree."""
        children = self.get_children().live().public().specific()
        return {**super().get_context(request, *args, **kwargs), "children": children}
