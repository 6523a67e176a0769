from django.apps import AppConfig
from django.core import checks


class WebConfig(AppConfig):
    """From a host to its site, and back to the browser."""

    name = "motcua.web"
    label = "web"

    def ready(self) -> None:
        from . import theme_folders

        checks.register(theme_folders.check, checks.Tags.templates)
