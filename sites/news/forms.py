"""What a new story or event begins with, and how its form is laid out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import ObjectList, Panel, TabbedInterface
from wagtail.models import Page

from sites.base.facts import formal_name
from sites.base.page_forms import SitePageForm


def agency(language: str) -> str:
    """Return the current site's agency as it signs in a language."""
    with override(language):
        return formal_name(connection.tenant)


def tabs(
    page_type: type[Page], *, content: Sequence[Panel], details: Sequence[Panel],
    relations: Sequence[Panel] = (),
) -> TabbedInterface:  # fmt: skip
    """Return the tabs of a page's form: what readers see first, then what is about it."""
    groups: list[tuple[Sequence[Any], Any]] = [
        (content, _("Content")),
        (details, _("Details")),
        (relations, _("Relations")),
        (page_type.promote_panels, _("Promote")),
        (page_type.settings_panels, _("Settings")),
    ]
    lists = [ObjectList(panels, heading=heading) for panels, heading in groups if panels]
    return TabbedInterface(lists, base_form_class=SitePageForm)
