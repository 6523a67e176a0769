from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisclosureConfig(AppConfig):
    """What an agency owes the public: projects, procurement, plans, data, programmes."""

    name = "sites.disclosure"
    label = "disclosure"
    verbose_name = _("Disclosure")
