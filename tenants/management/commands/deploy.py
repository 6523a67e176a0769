"""``manage.py deploy``: bring everything to the code's state, in the right order."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.db.roles import TooMightyError
from tenants import deploying
from tenants.fleet import reporting
from tenants.fleet.progress import progress_on
from tenants.fleet.upgrading import NotReadyError
from tenants.migrating import NotAtomicError

from .migrate_sites import add_fleet_arguments


class Command(BaseCommand):
    """A few lines over `tenants.deploying`."""

    help = "Migrate public, build the template, migrate the sites, renew the pool."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_fleet_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = deploying.deploy(
                jobs=options["jobs"],
                canary=options["canary"],
                progress=progress_on(self.stdout),
                say=self.stdout.write,
            )
        except (NotAtomicError, NotReadyError, TooMightyError) as error:
            raise CommandError(str(error)) from error
        reporting.tell_outcome(outcome, self.stdout.write)
