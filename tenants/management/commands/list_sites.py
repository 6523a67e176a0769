"""``manage.py list_sites``: the registry as a table."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from tenants import overview
from tenants.lifecycle import Status
from tenants.models import Kind


class Command(BaseCommand):
    """A few lines over `tenants.overview.list_sites`."""

    help = "List the sites: label, kind, status, address, name."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kind", choices=Kind.values, default="")
        parser.add_argument("--status", choices=Status.values, default="")
        parser.add_argument("--search", default="", help="Part of a name, label, code or domain.")
        parser.add_argument("--json", action="store_true", help="As JSON, with every field.")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = {name: options[name] for name in ("kind", "status", "search")}
        sites = overview.list_sites(**wanted)
        if options["json"]:
            rows = [overview.as_json(site) for site in sites]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for site in sites:
            self.stdout.write(
                f"{site.label:<20} {site.kind:<10} {site.status:<9} {site.url:<45} {site.name}"
            )
