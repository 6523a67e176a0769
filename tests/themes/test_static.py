"""What the themes serve is small, complete and our own."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

THEMES = Path(__file__).parents[2] / "themes"
BASE = THEMES / "base" / "static" / "base"
TEXTS = sorted(
    path for path in THEMES.glob("*/static/**/*") if path.suffix in {".css", ".js", ".svg"}
)
SVG = "http://www.w3.org/2000/svg"  # a name, never fetched


def compressed(paths: list[Path]) -> int:
    """Return the bytes of all files together, each compressed as a server would."""
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


PAGES = sorted((THEMES / "base" / "templates" / "pages").glob("*.html"))


def styles_of(template: Path) -> list[Path]:
    """Return the style sheets that a page template adds to those of every page."""
    named = re.findall(r"base/css/[\w-]+\.css", template.read_text())
    return [THEMES / "base" / "static" / name for name in named]


@pytest.mark.parametrize("template", PAGES, ids=lambda path: path.stem)
def test_all_styles_of_a_page_fit_into_14_kb(template: Path) -> None:
    heaviest = max(THEMES.glob("*/static/*/tokens.css"), key=lambda path: path.stat().st_size)
    everywhere = styles_of(THEMES / "base" / "templates" / "base.html")
    assert compressed([*everywhere, heaviest, *styles_of(template)]) <= 14_000


def test_all_scripts_of_a_page_fit_into_20_kb() -> None:
    assert compressed(list(BASE.glob("js/*.js"))) <= 20_000


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_no_file_points_elsewhere(path: Path) -> None:
    assert not re.search(r"(?:https?:)?//[\w-]+\.\w", path.read_text().replace(SVG, ""))


@pytest.mark.parametrize("path", sorted(THEMES.glob("*/static/**/*.css")), ids=lambda p: p.name)
def test_files_named_by_styles_exist(path: Path) -> None:
    named = re.findall(r"url\(([^)\"']+)\)", path.read_text())
    assert [name for name in named if not (path.parent / name).resolve().is_file()] == []


@pytest.mark.parametrize("folder", ["fonts", "img"])
def test_borrowed_files_bring_their_licence(folder: str) -> None:
    assert list((BASE / folder).glob("*LICENSE*"))


def test_nothing_moves_by_itself() -> None:
    css = "".join(path.read_text() for path in BASE.rglob("*.css"))
    assert re.findall(r"@keyframes (\w+)", css) == ["spin"]  # a busy button, while it is busy
    assert "prefers-reduced-motion" in css
    assert "marquee" not in css
