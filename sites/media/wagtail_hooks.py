"""Where the library appears in Wagtail's admin."""

from __future__ import annotations

from wagtail import hooks

from .viewsets import MediaGroup


@hooks.register("register_admin_viewset")
def library() -> MediaGroup:
    """Albums and videos in lists of their own."""
    return MediaGroup()
