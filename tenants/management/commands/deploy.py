"""``manage.py deploy``: bring everything to the code's state, in the right order."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tenants import deploying


class Command(BaseCommand):
    """One line over `tenants.deploying`."""

    help = "Migrate public, build the template, migrate the sites, renew the pool."

    def handle(self, *args: Any, **options: Any) -> None:
        deploying.prepare(self.stdout.write)
