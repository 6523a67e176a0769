"""``manage.py create_sites``: make the sites of a list."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenants import creating_sites


class Command(BaseCommand):
    """A few lines over `tenants.creating_sites`."""

    help = (
        "Make the sites of a CSV file. All lines are checked first; one bad line, and nothing is "
        "made. Sites that exist are skipped, so a run can be repeated after an interruption. "
        "Exit codes: 1 the file has problems, 3 some sites could not be made, 130 interrupted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--dry-run", action="store_true", help="Check the file only.")
        parser.add_argument(
            "--jobs",
            type=int,
            default=min(os.cpu_count() or 1, 4),
            metavar="N",
            help="Sites at once (default: processors, at most 4).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        checked = creating_sites.check(data, path.name, self.stderr)
        if not options["dry_run"]:
            creating_sites.create(checked, jobs=options["jobs"], stdout=self.stdout)
        else:
            creating_sites.preview(checked, self.stdout)
