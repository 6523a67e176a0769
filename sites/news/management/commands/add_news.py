"""``manage.py add_news FILE.csv``: give new sites their first articles."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from sites.news import starter


class Command(BaseCommand):
    """One line over `sites.news.starter`."""

    help = "Order jobs that publish the articles of a file on their sites; safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=f"Columns: {', '.join(starter.COLUMNS)}.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            articles = starter.read(options["file"])
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        for label in starter.order(articles):
            self.stderr.write(_("No site has the label “%(label)s”.") % {"label": label})
