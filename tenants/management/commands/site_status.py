"""``manage.py site_status``: what is to know of one site."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from tenants import overview, reporting


class Command(BaseCommand):
    """A few lines over `tenants.overview.facts_of`."""

    help = "Tell what is known of one site. Exit code 1 if something keeps it from answering."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("site", metavar="LABEL|DOMAIN")

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = overview.find(options["site"])
        if tenant is None:
            raise CommandError(
                _("There is no site with the label or domain “%(site)s”.")
                % {"site": options["site"]}
            )
        facts = overview.facts_of(tenant)
        for line in reporting.lines_about(facts):
            self.stdout.write(line)
        if not facts.is_well:
            raise CommandError(_("Something is wrong with this site."))
