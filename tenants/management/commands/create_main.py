"""``manage.py create_main``: make the main portal."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.text.folding import normalise_line
from tenants import main_portal, site_facts
from tenants.models import Kind, Tenant
from tenants.problems import InvalidError, in_both_languages
from tenants.provisioning import NewSite


class Command(BaseCommand):
    """One line over `tenants.main_portal`."""

    help = "Make the main portal, or complete the one there is; safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name-vi", required=True)
        parser.add_argument("--name-en", default="")
        parser.add_argument("--domain", required=True)
        parser.add_argument("--serve-also", action="append", default=[])
        parser.add_argument("--address", default="")
        parser.add_argument("--phone", default="")
        parser.add_argument("--email", default="")
        parser.add_argument("--admin-email", default="")
        parser.add_argument(
            "--admin-password-env",
            default="",
            help="Name of the environment variable that holds the administrator's password.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            tenant = self.ensure(**options)
        except InvalidError as error:
            raise CommandError(" / ".join(in_both_languages(error.message).values())) from error
        self.stdout.write(tenant.url)

    def ensure(self, **options: Any) -> Tenant:
        """Check what cannot be mended later, and make the portal."""
        domain = site_facts.domain(options["domain"])
        spec = NewSite(
            label=domain.split(".")[0],
            domain=domain,
            name_vi=site_facts.name_vi(normalise_line(options["name_vi"])),
            name_en=options["name_en"],
            kind=Kind.PROVINCE,
            address=options["address"],
            phone=options["phone"],
            email=options["email"],
        )
        return main_portal.ensure(
            spec,
            serve_also=options["serve_also"],
            admin_email=options["admin_email"],
            admin_password=os.environ.get(options["admin_password_env"], ""),
        )
