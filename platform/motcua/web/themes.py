"""Templates of the current site's theme before those of the base theme."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.template.loaders import app_directories, cached, filesystem
from django.template.loaders.base import Loader

BASE = "base"


def current_theme() -> str:
    """Return the folder name of the current site's theme."""
    tenant = getattr(connection, "tenant", None)
    return getattr(tenant, "theme", "") or settings.DEFAULT_THEME


class ThemeDirectories(filesystem.Loader):
    """Looks into the current theme's templates, then into the base theme's."""

    def get_dirs(self) -> list[Path]:
        """Return the template folders for the current site."""
        names = dict.fromkeys([current_theme(), BASE])
        return [settings.THEMES_DIR / name / "templates" for name in names]


class ThemeLoader(cached.Loader):
    """A cached loader that keeps one drawer per theme, so that sites do not share templates."""

    def __init__(self, engine: Any) -> None:
        super().__init__(engine, [])
        self.loaders: list[Loader] = [ThemeDirectories(engine), app_directories.Loader(engine)]

    def cache_key(self, template_name: str, skip: Any = None) -> str:
        """Return Django's key with the theme in it."""
        key: str = super().cache_key(template_name, skip)
        return hashlib.sha256(f"{current_theme()}:{key}".encode()).hexdigest()
