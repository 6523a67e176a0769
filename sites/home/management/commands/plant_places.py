"""``manage.py plant_places``: give existing sites the places they never had."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django_tenants.utils import tenant_context

from sites.home import starter
from tenants.models import Tenant


class Command(BaseCommand):
    """One line over `sites.home.starter`."""

    help = "Order jobs that plant missing places on all sites, or on one; safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--site", default="", help="Label of the one site.")

    def handle(self, *args: Any, **options: Any) -> None:
        sites = Tenant.objects.filter(label=options["site"]) if options["site"] else None
        if sites is not None and not sites.exists():
            raise CommandError(_("No site has the label “%(label)s”.") % {"label": options["site"]})
        for site in Tenant.objects.all() if sites is None else sites:
            with tenant_context(site):
                starter.plant_places.enqueue()
