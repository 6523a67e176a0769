"""``manage.py add_programme FILE.csv``: publish a programme with its figures on a site."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_tenants.utils import tenant_context

from sites.disclosure import starter
from tenants.models import MAIN_SCHEMA, Tenant


class Command(BaseCommand):
    """One line over `sites.disclosure.starter`."""

    help = "Publish the programme of a file on the main portal or another site; safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=f"Columns: {', '.join(starter.COLUMNS)}.")
        parser.add_argument("--site", default="", help="Label of the site; the main portal's.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            programme = starter.read_programme(options["file"])
            site = self._site(options["site"])
        except (OSError, ValueError, Tenant.DoesNotExist) as error:
            raise CommandError(str(error)) from error
        with tenant_context(site):
            for page in starter.add_programme(programme):
                self.stdout.write(page.full_url)

    def _site(self, label: str) -> Tenant:
        sites = Tenant.objects.prefetch_related("domains")
        return sites.get(label=label) if label else sites.get(schema_name=MAIN_SCHEMA)
