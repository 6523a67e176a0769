"""Where disclosure appears in Wagtail's admin."""

from __future__ import annotations

from wagtail import hooks

from .listings import DisclosureGroup


@hooks.register("register_admin_viewset")
def disclosure_menu() -> DisclosureGroup:
    """One menu entry for everything that is made public."""
    return DisclosureGroup()
