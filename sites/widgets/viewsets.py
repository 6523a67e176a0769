"""Where webmasters write notices."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import DateColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from .notices import Notice


class NoticeViewSet(SnippetViewSet):
    """“Site notices”: list with state, form in two parts."""

    model = Notice
    icon = "warning"
    menu_label = _("Site notices")
    menu_order = 260
    add_to_admin_menu = True
    list_display = [
        "text",
        "get_tone_display",
        "state",
        DateColumn("starts_at", label=_("shown from"), sort_key="starts_at"),
        DateColumn("ends_at", label=_("shown until"), sort_key="ends_at"),
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
