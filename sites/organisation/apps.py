from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationConfig(AppConfig):
    """Units, people and schedules of an agency."""

    name = "sites.organisation"
    label = "organisation"
    verbose_name = _("Organisation")
