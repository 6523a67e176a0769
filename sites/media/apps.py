from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    """Photo albums and videos."""

    name = "sites.media"
    label = "media"
    verbose_name = _("Media library")
