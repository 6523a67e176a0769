from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationsConfig(AppConfig):
    """Reports and files on the translation of a site; no tables."""

    name = "sites.translations"
    label = "translations"
    verbose_name = _("Translations")
