"""Where webmasters write notices."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from .notices import Notice


class MomentColumn(Column):
    """A day with its hour, which may lie ahead."""

    def get_value(self, instance: Any) -> str:
        """Return the moment on the wall clock."""
        return date_format(timezone.localtime(super().get_value(instance)), "H:i d/m/Y")


class NoticeViewSet(SnippetViewSet):
    """“Site notices”: list with state, form in two parts."""

    model = Notice
    icon = "warning"
    menu_label = _("Site notices")
    menu_order = 260
    add_to_admin_menu = True
    list_display = [
        "text",
        Column("get_tone_display", label=pgettext_lazy("notice", "Tone"), sort_key="tone"),
        Column("state", label=_("State")),
        MomentColumn("starts_at", label=_("Shown from"), sort_key="starts_at"),
        MomentColumn("ends_at", label=_("Shown until"), sort_key="ends_at"),
    ]
    list_filter = ["tone"]
    search_fields = ["text", "text_en"]
    panels = [
        MultiFieldPanel(
            [FieldPanel("text"), FieldPanel("text_en"), FieldPanel("link")], _("What it says")
        ),
        MultiFieldPanel(
            [FieldPanel("tone"), FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")])],
            _("When and how it is shown"),
        ),
    ]
