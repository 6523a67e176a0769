from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from motcua.jobs.states import Status
from motcua.jobs.upkeep import list_jobs


class Command(BaseCommand):
    help = "Lists background jobs, the newest first. Arguments of tasks are not shown."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--status", choices=Status.values, default="")
        parser.add_argument("--dead", action="store_const", dest="status", const=Status.DEAD)
        parser.add_argument("--site", default="", help="schema name")
        parser.add_argument("--limit", type=int, default=100)

    def handle(self, *, status: str, site: str, limit: int, **options: Any) -> None:
        for job in list_jobs(status=status, site=site, limit=limit):
            tries = f"{job.attempts}/{job.max_attempts}"
            when = job.finished_at or job.started_at or job.enqueued_at
            line = f"{job.id} {job.status:9} {tries:5} {when:%Y-%m-%d %H:%M:%S} {job.site:16}"
            self.stdout.write(f"{line} {job.task_path} {job.error_class}".rstrip())
