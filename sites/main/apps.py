from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MainConfig(AppConfig):
    """What only the main portal has."""

    name = "sites.main"
    label = "main"
    verbose_name = _("Main portal")
