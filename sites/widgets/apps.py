from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WidgetsConfig(AppConfig):
    """Weather, exchange rates and notices beside the pages."""

    name = "sites.widgets"
    label = "widgets"
    verbose_name = _("Widgets")
