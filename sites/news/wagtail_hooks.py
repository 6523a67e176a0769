"""Where news appear in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .panels import NewsPanel
from .viewsets import NewsGroup

register_snippet(NewsGroup)


@hooks.register("construct_homepage_panels")
def news_panel(request: HttpRequest, shown: list[Any]) -> None:
    """One click from the admin's home to a new story."""
    shown.append(NewsPanel())
