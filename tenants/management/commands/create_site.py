"""``manage.py create_site``: make one site."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenants.bulk import taken_message
from tenants.problems import Problem, in_both_languages
from tenants.provisioning import NoTemplateError, SiteExistsError, create_site
from tenants.validation import FIELDS, check

_HELP = {
    "domain": "Full domain (default: LABEL.<the main portal's domain>).",
    "name_vi": "Vietnamese name; required.",
    "name_en": "English name.",
    "kind": "sở, huyện, xã, phường, thị trấn …; department, district, commune, agency; required.",
    "division_type": "Type of unit: xã, phường, thị trấn, huyện, thị xã, thành phố.",
    "agency_code": "Agency code, such as H58.01.02.",
    "parent": "Label or domain of the superior agency (default: the main portal).",
    "languages": "Languages, separated by commas (default: vi,en).",
    "theme": "Name of a theme.",
    "address": "Postal address.",
    "phone": "Telephone number.",
    "email": "The agency's e-mail address.",
    "admin_email": "E-mail address of the first administrator, who is invited.",
    "admin_name": "Full name of the first administrator.",
    "launch": "Whether the site opens at once: yes or no (default: yes).",
}


class Command(BaseCommand):
    """A few lines over `tenants.provisioning.create_site`."""

    help = "Make one site: schema, domain, starter pages, invitation. Prints its address."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("label", metavar="LABEL", help="First part of the site's domain.")
        for name, text in _HELP.items():
            parser.add_argument(f"--{name.replace('_', '-')}", default="", help=text)

    def handle(self, *args: Any, **options: Any) -> None:
        spec, problems = check({name: options[name] for name in FIELDS})
        if spec is None:
            raise CommandError("\n".join(f"{p.field}: {p.both()}" for p in problems))
        try:
            self.stdout.write(create_site(spec, by="create_site").url)
        except NoTemplateError as error:
            raise CommandError(" / ".join(in_both_languages(error.message).values())) from error
        except SiteExistsError as error:
            message = taken_message(spec.label, spec.domain)
            raise CommandError(Problem("label", message).both()) from error
