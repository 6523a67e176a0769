"""What the form of a new story or event begins with, and how it is laid out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import ObjectList, Panel, TabbedInterface
from wagtail.models import Page

from sites.base.facts import formal_name


class NewsForm(WagtailAdminPageForm):
    """The form of a page that knows its good beginning."""

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        parent_page: Any = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        page = kwargs.get("instance")
        if page is not None and page.pk is None:
            page.begin(parent_page, kwargs.get("for_user"))
        super().__init__(data, files, parent_page, *args, **kwargs)


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
    return TabbedInterface(lists, base_form_class=NewsForm)
