"""A theme names every colour role, and every pair of roles that meets on a page can be read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

THEMES = Path(__file__).parents[2] / "themes"
NAMES = sorted(path.parent.name for path in THEMES.glob("*/theme.toml"))
LOOKS = [
    (name, accent["key"])
    for name in NAMES
    for accent in tomllib.loads((THEMES / name / "theme.toml").read_text()).get("accents", [])
    or [{"key": ""}]
]
DAY, NIGHT = 0, 1

# Foreground, background. Where a component is meant, it is named behind the pair.
TEXT = [
    *[(ink, ground) for ink in ("ink", "paper-ink-2", "paper-link", "leaf-ink")
      for ground in ("paper", "surface", "surface-2")],
    *[(ink, ground) for ink in ("on-field", "on-field-2", "leaf-2")
      for ground in ("field", "field-2", "field-3")],
    ("on-leaf", "leaf"), ("on-leaf", "leaf-2"),
    ("on-action", "action"), ("on-action", "action-deep"),
    ("leaf-ink", "leaf-soft"), ("ink", "leaf-soft"), ("paper-ink-2", "leaf-soft"),  # tag, tile
    ("paper-link", "action-soft"), ("ink", "action-soft"),  # quiet button, chosen answer
    ("paper", "paper-link"), ("field-2", "on-field"), ("leaf-2", "on-leaf"),  # line button, hovered
    ("paper", "ink"),  # pressed choice, current chip
    ("#fff7e8", "on-leaf"),  # counter is open, on a member's home
    ("paper-ink-2", "action-soft"), ("on-leaf", "#ffffff"),  # focus on the leaf
    ("surface", "bad"), ("surface", "ok"), ("ink", "mark"),
    *[(tone, ground) for tone in ("ok", "info", "wait", "bad")
      for ground in (f"{tone}-soft", "surface")],
    *[("ink", f"{tone}-soft") for tone in ("ok", "info", "wait", "bad")],
]  # fmt: skip
# Edges of controls, focus rings, signs: WCAG 2.2, 1.4.11.
SIGNS = [
    *[(edge, ground) for edge in ("line-strong", "focus") for ground in ("paper", "surface")],
    ("focus", "surface-2"), ("action", "surface"), ("leaf", "field"), ("leaf", "field-2"),
]  # fmt: skip


def create_palette(theme: str, accent: str = "") -> dict[str, tuple[str, str]]:
    """Read a theme's roles in one of its accents, each with its colour by day and by night."""
    plain, pairs = stylesheet(theme).split("@supports", 1)
    own, *accents = pairs.split("[data-accent=")
    repainted = next((css for css in accents if accent and css.startswith(f"{accent}]")), "")
    palette = {name: (value, value) for name, value in declarations(plain)}
    for name, value in declarations(own + repainted):
        day, night = re.fullmatch(r"light-dark\((#\w{6}), (#\w{6})\)", value).groups()  # type: ignore[union-attr]
        palette[name] = (day, night)
    return palette


def stylesheet(theme: str) -> str:
    return (THEMES / theme / "static" / theme / "tokens.css").read_text()


def declarations(css: str) -> list[tuple[str, str]]:
    return re.findall(r"--([\w-]+): ([^;]+);", css)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2, definition of contrast ratio)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_four_themes_are_there() -> None:
    assert {"son-mai", "bien", "lua", "sen"} <= set(NAMES)


@pytest.mark.parametrize("theme", NAMES)
def test_a_theme_names_every_role(theme: str) -> None:
    assert create_palette(theme).keys() == create_palette("son-mai").keys()


@pytest.mark.parametrize("theme", NAMES)
def test_browsers_without_light_dark_get_the_day_palette(theme: str) -> None:
    plain, pairs = stylesheet(theme).split("@supports", 1)
    day = dict(declarations(plain))
    own = declarations(pairs.split("[data-accent=", 1)[0])
    assert all(value.startswith(f"light-dark({day[name]},") for name, value in own)


@pytest.mark.parametrize(("theme", "accent"), [look for look in LOOKS if look[1]])
def test_an_accent_repaints_the_leaf_and_nothing_else(theme: str, accent: str) -> None:
    own, repainted = create_palette(theme), create_palette(theme, accent)
    different = {role for role in own if own[role] != repainted[role]}
    assert different == {"leaf", "leaf-2", "leaf-soft", "leaf-ink"}


@pytest.mark.parametrize("theme", NAMES)
def test_accents_are_those_that_the_theme_offers(theme: str) -> None:
    painted = re.findall(r"\[data-accent=([\w-]+)\]", stylesheet(theme))
    offered = [accent for name, accent in LOOKS if name == theme]
    assert ["", *painted] == offered
    card = tomllib.loads((THEMES / theme / "theme.toml").read_text())
    for accent in card["accents"]:
        assert accent["leaf"] == create_palette(theme, accent["key"])["leaf"][DAY]


@pytest.mark.parametrize(("theme", "accent"), LOOKS)
@pytest.mark.parametrize("time", [DAY, NIGHT], ids=["day", "night"])
def test_text_can_be_read(theme: str, accent: str, time: int) -> None:
    assert faint(theme, accent, time, TEXT, 4.5) == []


@pytest.mark.parametrize(("theme", "accent"), LOOKS)
@pytest.mark.parametrize("time", [DAY, NIGHT], ids=["day", "night"])
def test_controls_can_be_seen(theme: str, accent: str, time: int) -> None:
    assert faint(theme, accent, time, SIGNS, 3) == []


def faint(
    theme: str, accent: str, time: int, pairs: list[tuple[str, str]], least: float
) -> list[str]:
    """Return the pairs whose contrast is below ``least``, each with its ratio."""
    palette = create_palette(theme, accent)

    def colour(role: str) -> str:
        return role if role.startswith("#") else palette[role][time]

    ratios = {pair: contrast(colour(pair[0]), colour(pair[1])) for pair in pairs}
    return [f"{a} on {b}: {ratio:.2f}" for (a, b), ratio in ratios.items() if ratio < least]


@pytest.mark.parametrize("theme", NAMES)
def test_a_theme_introduces_itself_in_both_languages(theme: str) -> None:
    card = tomllib.loads((THEMES / theme / "theme.toml").read_text())
    assert all(card[key] for key in ("name_vi", "name_en", "description_vi", "description_en"))


@pytest.mark.parametrize("theme", NAMES)
def test_the_preview_shows_the_theme_s_own_colours(theme: str) -> None:
    preview = tomllib.loads((THEMES / theme / "theme.toml").read_text())["preview"]
    palette = create_palette(theme)
    assert preview == {name: palette[name][DAY] for name in preview}


def test_styles_use_only_roles_that_exist() -> None:
    base = "".join(path.read_text() for path in (THEMES / "base").rglob("*.css"))
    drawings = "".join(path.read_text() for path in (THEMES / "base").rglob("scenes/*.html"))
    used = set(re.findall(r"var\(--([\w-]+)\)", base + drawings))
    known = {name for name, _value in declarations(base)} | create_palette("son-mai").keys()
    assert used - known - {"v"} == set()  # --v: a meter's value, set where it is shown
