"""Templates of the current site's theme before those of the base theme."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.template.loaders import app_directories, cached, filesystem
from django.template.loaders.base import Loader
from django.utils.module_loading import import_string

from .theme_folders import installed

BASE = "base"


def current_theme() -> str:
    """Return the folder name of the current site's theme; the default one outside of sites.

    What the site itself has chosen is known to an upper layer, which lends a function by the
    setting ``SITE_THEME``.
    """
    tenant = getattr(connection, "tenant", None)
    if not hasattr(tenant, "theme"):  # the schema `public`, where nobody chooses
        return settings.DEFAULT_THEME
    theme: str = import_string(settings.SITE_THEME)(tenant)
    return theme


class ThemeDirectories(filesystem.Loader):
    """Looks into the current theme's templates, then into the base theme's."""

    def get_dirs(self) -> list[Path]:
        """Return the template folders that may have a template for the current site."""
        return [settings.THEMES_DIR / BASE / "templates"]

    def get_template_sources(self, template_name: str) -> Any:
        """Yield where the template may be, the current theme's folder first."""
        if theme := theme_for(template_name):
            folder = filesystem.Loader(self.engine, [settings.THEMES_DIR / theme / "templates"])
            yield from folder.get_template_sources(template_name)
        yield from super().get_template_sources(template_name)


def theme_for(template_name: str) -> str:
    """Return the current theme if the template depends on it; nothing if it is everybody's.

    Most templates are everybody's, all of the administration among them: they neither ask for
    the site's choice nor are kept once per theme.
    """
    themes = [name for name in installed() if _is_there(name, template_name)]
    theme = current_theme() if themes else ""
    return theme if theme in themes else ""


def _is_there(theme: str, template_name: str) -> bool:
    return template_name in installed()[theme].templates


class ThemeLoader(cached.Loader):
    """A cached loader that keeps one drawer per theme, so that sites do not share templates."""

    def __init__(self, engine: Any) -> None:
        super().__init__(engine, [])
        self.loaders: list[Loader] = [ThemeDirectories(engine), app_directories.Loader(engine)]

    def cache_key(self, template_name: str, skip: Any = None) -> str:
        """Return Django's key with the theme in it."""
        key: str = super().cache_key(template_name, skip)
        return hashlib.sha256(f"{theme_for(template_name)}:{key}".encode()).hexdigest()

    def reset(self) -> None:
        """Forget templates, and which theme has which."""
        super().reset()
        installed.cache_clear()
