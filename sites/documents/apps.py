from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Legal documents of an agency: look-up, links between them, import."""

    name = "sites.documents"
    label = "documents"
    verbose_name = _("Legal documents")

    def ready(self) -> None:
        from . import previews, relations, searching

        relations.connect()
        previews.connect()
        searching.connect()
