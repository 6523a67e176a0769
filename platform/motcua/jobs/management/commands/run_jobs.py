from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from motcua.jobs.worker import run_workers


class Command(BaseCommand):
    help = "Runs background jobs until it is told to stop (SIGTERM finishes the current ones)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when nothing is due")
        parser.add_argument("--queue", action="append", default=[], help="may be repeated")
        parser.add_argument("--threads", type=int, default=1)

    def handle(self, *, once: bool, queue: list[str], threads: int, **options: Any) -> None:
        run_workers(threads=max(threads, 1), queues=queue, once=once)
