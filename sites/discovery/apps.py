from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscoveryConfig(AppConfig):
    """Feeds, site maps and what search engines read; no tables."""

    name = "sites.discovery"
    label = "discovery"
    verbose_name = _("Discovery")
