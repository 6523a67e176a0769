"""The themes a site can choose, by the names they give themselves."""

from __future__ import annotations

import functools
import tomllib

from django.conf import settings
from django.utils.translation import get_language


@functools.cache
def _themes() -> dict[str, dict[str, str]]:
    """Return names by language of every theme; themes come with the program, so once is enough."""
    themes: dict[str, dict[str, str]] = {}
    for file in sorted(settings.THEMES_DIR.glob("*/theme.toml")):
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        themes[file.parent.name] = {"vi": told["name_vi"], "en": told["name_en"]}
    return themes


def theme_choices() -> list[tuple[str, str]]:
    """Return folder and name of every theme, in the active language."""
    return [(folder, theme_name(folder)) for folder in _themes()]


def theme_name(folder: str) -> str:
    """Return a theme's name in the active language; of the default theme, if none is given."""
    names = _themes().get(folder or settings.DEFAULT_THEME, {})
    return names.get("en" if get_language() == "en" else "vi", folder)
