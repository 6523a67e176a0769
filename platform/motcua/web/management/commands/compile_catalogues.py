from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext_lazy as _

from motcua.web.catalogues import compile_catalogues


class Command(BaseCommand):
    help = _("Compile the message catalogues that changed.")
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            for path in compile_catalogues(Path(folder)):
                self.stdout.write(str(path))
