"""Where news appear in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from .panels import NewsPanel


@hooks.register("construct_homepage_panels")
def news_panel(request: HttpRequest, shown: list[Any]) -> None:
    """One click from the admin's home to a new story."""
    shown.append(NewsPanel())
