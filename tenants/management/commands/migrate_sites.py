"""``manage.py migrate_sites``: bring the sites that lag behind to the code's migrations."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenants.fleet import reporting, upgrading
from tenants.fleet.lock import only_one
from tenants.fleet.progress import progress_on
from tenants.migrating import NotAtomicError


def add_fleet_arguments(parser: ArgumentParser) -> None:
    """Add what every command over all sites takes."""
    parser.add_argument(
        "--jobs", type=int, default=0, metavar="N", help="Sites at once (default: processors)."
    )
    parser.add_argument(
        "--canary",
        type=int,
        default=0,
        metavar="N",
        help="Migrate N sites first and stop if one of them fails.",
    )


class Command(BaseCommand):
    """A few lines over `tenants.fleet`."""

    help = "Compare every site with the code and migrate those that differ; safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_fleet_arguments(parser)
        parser.add_argument(
            "--check", action="store_true", help="Only tell who lags behind; exit code 1 if so."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            reporting.tell_lag(upgrading.survey(), self.stdout.write)
            return
        try:
            with only_one(self.stdout.write):
                outcome = upgrading.upgrade(
                    jobs=options["jobs"],
                    canary=options["canary"],
                    progress=progress_on(self.stdout),
                )
        except (NotAtomicError, upgrading.NotReadyError) as error:
            raise CommandError(str(error)) from error
        reporting.tell_outcome(outcome, self.stdout.write)
