"""What is wrong with a theme's folder is said by ``manage.py check``, and breaks no page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from motcua.web import theme_folders


@pytest.fixture
def lua(settings: LazySettings, tmp_path: Path) -> Iterator[Path]:
    """A copy of a sound theme that may be broken, beside the default one."""
    for name in ("lua", "son-mai"):
        shutil.copytree(settings.THEMES_DIR / name, tmp_path / name)
    settings.THEMES_DIR = tmp_path
    theme_folders.installed.cache_clear()
    yield tmp_path / "lua"
    theme_folders.installed.cache_clear()


def complaints() -> str:
    return " ".join(str(message.msg) for message in theme_folders.check())


def test_themes_of_the_project_are_sound() -> None:
    assert complaints() == ""
    assert all(3 <= len(theme.accents) <= 5 for theme in theme_folders.installed().values())


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [('name_en = "Rice"', 'name_en = ""', "lacks name_en"),
     ('leaf = "#eec34a"\npaper', "paper", "[preview] lacks leaf"),
     ('key = "ma-non"', 'key = "ma-gia"', "no [data-accent=ma-gia]"),
     ('key = ""\n', 'key = "vang"\n', "The first of [[accents]]"),
     ('name_vi = "Phù sa"\n', "", "exactly key, name_vi"),
     ("[preview]", "[preview", "cannot be read")],
)  # fmt: skip
def test_faults_of_a_theme_are_told(lua: Path, old: str, new: str, complaint: str) -> None:
    told = (lua / "theme.toml").read_text()
    assert old in told
    (lua / "theme.toml").write_text(told.replace(old, new, 1))
    assert complaint in complaints()
    assert set(theme_folders.installed()) == {"son-mai"}
    assert theme_folders.known("lua") == "son-mai"


def test_missing_tokens_and_pictures_without_licence_are_told(lua: Path) -> None:
    picture = lua / "static" / "lua" / "bong-lua.svg"
    picture.write_text("<svg/>")
    assert "licence of static/lua/bong-lua.svg" in complaints()
    with (lua / "theme.toml").open("a") as told:
        told.write('\n[[assets]]\nfiles = "*.svg"\nlicence = "CC0-1.0"\nauthor = "Sở Văn hóa"\n')
    assert complaints() == ""
    (lua / "static" / "lua" / "tokens.css").unlink()
    assert "tokens.css is missing" in complaints()


def test_theme_without_accents_has_its_own_colour(lua: Path) -> None:
    told = (lua / "theme.toml").read_text()
    (lua / "theme.toml").write_text(told.split("# Accents")[0])
    assert complaints() == ""
    (accent,) = theme_folders.installed()["lua"].accents
    assert (accent.key, accent.leaf) == ("", "#eec34a")


def test_default_theme_must_be_there(lua: Path) -> None:
    shutil.rmtree(lua.parent / "son-mai")
    assert "DEFAULT_THEME names no theme" in complaints()
