from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Each site's home page and the tree it is born with."""

    name = "sites.home"
    label = "home"
    verbose_name = _("Home page")
