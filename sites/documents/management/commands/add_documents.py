"""``manage.py add_documents FILE.csv``: give new sites their first legal documents."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from sites.documents import starter


class Command(BaseCommand):
    """One line over `sites.documents.starter`."""

    help = "Order jobs that publish the documents of a file on their sites; safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="Columns: label and those of a list.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            documents = starter.read(options["file"])
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        for label in starter.order(documents):
            self.stderr.write(_("No site has the label “%(label)s”.") % {"label": label})
