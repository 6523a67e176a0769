from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from motcua.jobs.upkeep import prune_jobs


class Command(BaseCommand):
    help = "Forgets jobs that succeeded some days ago."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--older-than", type=float, required=True, metavar="DAYS")
        parser.add_argument("--dead", action="store_true", help="forget dead jobs too")

    def handle(self, *, older_than: float, dead: bool, **options: Any) -> None:
        count = prune_jobs(older_than_days=older_than, dead=dead)
        text = ngettext("%(count)d job was forgotten.", "%(count)d jobs were forgotten.", count)
        self.stdout.write(text % {"count": count})
