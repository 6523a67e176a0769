from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.jobs.upkeep import retry_jobs


class Command(BaseCommand):
    help = "Gives dead jobs all their attempts again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ids", nargs="*", type=UUID, metavar="ID")
        parser.add_argument("--all-dead", action="store_true")

    def handle(self, *, ids: list[UUID], all_dead: bool, **options: Any) -> None:
        if bool(ids) == all_dead:
            raise CommandError(_("Name the jobs to retry, or give --all-dead."))
        count = retry_jobs(None if all_dead else ids)
        text = ngettext("%(count)d job will run again.", "%(count)d jobs will run again.", count)
        self.stdout.write(text % {"count": count})
