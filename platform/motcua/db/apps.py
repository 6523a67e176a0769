from django.apps import AppConfig


class DbConfig(AppConfig):
    """The tenant-aware database."""

    name = "motcua.db"
    label = "db"

    def ready(self) -> None:
        from . import caches

        caches.install()
