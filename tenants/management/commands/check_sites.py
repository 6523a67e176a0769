"""``manage.py check_sites``: compare the registry with what is really there."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tenants import checking, orphans
from tenants.models import Tenant
from tenants.problems import in_both_languages


class Command(BaseCommand):
    """A few lines over `tenants.checking`."""

    help = "Name what is wrong with sites, schemas, domains and media; exit code 1 if anything is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--drop-orphans",
            action="store_true",
            help="Offer to drop schemas that belong to no site and were never one.",
        )
        parser.add_argument(
            "--no-input", action="store_false", dest="interactive", help="Do not ask."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["drop_orphans"]:
            self._drop_orphans(options["interactive"])
        findings = checking.check()
        for finding in findings:
            self.stdout.write(finding.both())
        if findings:
            raise CommandError(_both(_("Problems found:")) + f" {len(findings)}")
        self.stdout.write(_both(_("All sites are in order:")) + f" {Tenant.objects.count()}")

    def _drop_orphans(self, interactive: bool) -> None:
        names = orphans.droppable()
        if not names:
            return
        for name in names:
            self.stdout.write(name)
        question = _both(_("Drop these schemas for good? Type “yes”:"))
        if not interactive or input(f"{question} ").strip().lower() == "yes":
            orphans.drop(names, by="check_sites")


def _both(message: StrOrPromise) -> str:
    return " / ".join(in_both_languages(message).values())
