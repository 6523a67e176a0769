"""The themes that are there: one folder each, which introduces itself in a ``theme.toml``."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.translation import get_language

ASSETS = {".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".woff2", ".woff", ".ttf"}
INTRODUCTION = ("name_vi", "name_en", "description_vi", "description_en")
PREVIEW = ("field", "leaf", "paper", "ink", "action")


@dataclass(frozen=True)
class Accent:
    """Another colour of a theme's leaf; ``key`` is empty for the theme's own."""

    key: str
    name_vi: str
    name_en: str
    leaf: str

    @property
    def name(self) -> str:
        """The name in the active language."""
        return self.name_en if get_language() == "en" else self.name_vi


@dataclass(frozen=True)
class Theme:
    """A theme, as its ``theme.toml`` tells.

    ``preview`` maps roles to colours by day; ``templates`` are the names it has of its own.
    """

    folder: str
    name_vi: str
    name_en: str
    description_vi: str
    description_en: str
    preview: dict[str, str]
    accents: tuple[Accent, ...]
    templates: frozenset[str]

    @property
    def name(self) -> str:
        """The name in the active language."""
        return self.name_en if get_language() == "en" else self.name_vi

    @property
    def description(self) -> str:
        """One sentence about it in the active language."""
        return self.description_en if get_language() == "en" else self.description_vi

    def accent(self, key: str) -> str:
        """Return ``key`` if the theme offers such an accent, else its own one (empty)."""
        return key if key in {accent.key for accent in self.accents} else ""


@functools.cache
def installed() -> dict[str, Theme]:
    """Return every sound theme by its folder's name; read once, since they come with the program.

    A folder that `check` complains of is left out, so that it cannot break a page.
    """
    return {folder.name: _theme(folder) for folder in _folders() if not _faults(folder)}


def known(folder: str) -> str:
    """Return ``folder`` if there is such a theme, else the default one."""
    return folder if folder in installed() else settings.DEFAULT_THEME


def check(**_options: Any) -> list[CheckMessage]:
    """Tell what is wrong with the themes' folders (a system check)."""
    messages: list[CheckMessage] = [
        Error(fault, obj=f"themes/{folder.name}", id="motcua.E010")
        for folder in _folders()
        for fault in _faults(folder)
    ]
    if settings.DEFAULT_THEME not in {folder.name for folder in _folders()}:
        messages.append(Error("DEFAULT_THEME names no theme.", id="motcua.E011"))
    return messages


def _folders() -> list[Path]:
    """Return the folders in alphabetical order, the default theme before all others."""
    folders = (file.parent for file in settings.THEMES_DIR.glob("*/theme.toml"))
    return sorted(folders, key=lambda folder: (folder.name != settings.DEFAULT_THEME, folder.name))


def _theme(folder: Path) -> Theme:
    told = tomllib.loads((folder / "theme.toml").read_text(encoding="utf-8"))
    own = {"key": "", "name_vi": "Mặc định", "name_en": "Default", "leaf": told["preview"]["leaf"]}
    accents = [Accent(**accent) for accent in told.get("accents") or [own]]
    words = {name: told[name] for name in INTRODUCTION}
    return Theme(
        folder=folder.name,
        preview=told["preview"],
        accents=tuple(accents),
        templates=frozenset(_templates(folder / "templates")),
        **words,
    )


def _templates(folder: Path) -> Iterator[str]:
    """Yield the names of the templates below a folder, as other templates write them."""
    return (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def _faults(folder: Path) -> list[str]:
    """Return what is wrong with one theme, in words for who made it."""
    try:
        told = tomllib.loads((folder / "theme.toml").read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return [f"theme.toml cannot be read: {error}"]
    tokens = folder / "static" / folder.name / "tokens.css"
    if not tokens.is_file():
        return [f"static/{folder.name}/tokens.css is missing."]
    return [
        *(f"theme.toml lacks {name}." for name in INTRODUCTION if not _text(told.get(name))),
        *_preview_faults(told.get("preview")),
        *_accent_faults(told.get("accents", []), tokens.read_text(encoding="utf-8")),
        *_licence_faults(folder, told.get("assets", [])),
    ]


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _preview_faults(preview: Any) -> Iterator[str]:
    table = preview if isinstance(preview, dict) else {}
    return (f"[preview] lacks {role}." for role in PREVIEW if not _text(table.get(role)))


def _accent_faults(accents: Any, css: str) -> Iterator[str]:
    for number, accent in enumerate(accents if isinstance(accents, list) else [None]):
        if not isinstance(accent, dict) or set(accent) != {"key", "name_vi", "name_en", "leaf"}:
            yield "Each [[accents]] has exactly key, name_vi, name_en and leaf."
        elif (number == 0) != (accent["key"] == ""):
            yield 'The first of [[accents]], and no other, has the key "": the theme\'s own.'
        elif accent["key"] and f"[data-accent={accent['key']}]" not in css:
            yield f"tokens.css has no [data-accent={accent['key']}]."


def _licence_faults(folder: Path, assets: Any) -> Iterable[str]:
    """Want every picture and font to be named in an ``[[assets]]`` with its licence."""
    licensed: set[Path] = set()
    tables = assets if isinstance(assets, list) else []
    for asset in filter(lambda table: isinstance(table, dict), tables):
        if _text(asset.get("files")) and _text(asset.get("licence")):
            licensed |= set((folder / "static" / folder.name).glob(asset["files"].lstrip("/")))
    files = {file for file in folder.glob("static/**/*") if file.suffix.lower() in ASSETS}
    for file in sorted(files - licensed):
        yield f"No [[assets]] names the licence of {file.relative_to(folder).as_posix()}."
