"""``manage.py refill_pool``: let spare schemas wait for new sites."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from tenants import pool


class Command(BaseCommand):
    """One line over `tenants.pool`."""

    help = "Replace outdated spare schemas and create missing ones."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--size", type=int, default=None, metavar="N",
            help="How many spares to have (default: SITE_POOL_SIZE).",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        created = pool.refill(options["size"])
        self.stdout.write(_("Spare schemas created: %(count)s") % {"count": created})
