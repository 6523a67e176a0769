from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    """What every page and every site stands on."""

    name = "sites.base"
    label = "base"
    verbose_name = _("Site")

    def ready(self) -> None:
        from . import appearance, mirroring_signals, sharing_signals, translation_drafts

        appearance.connect()
        sharing_signals.connect()
        mirroring_signals.connect()
        translation_drafts.connect()
