"""Names under which files are stored: ASCII, short, harmless on every system."""

from __future__ import annotations

import re

from motcua.text.slugs import slugify

LONGEST = 60  # characters before the extension; a stored path has 100
# Microsoft, "Naming Files, Paths, and Namespaces": names that stand for devices.
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
NAMELESS = "tep"

_SEPARATOR = re.compile(r"[\\/]")
_NOT_EXTENSION = re.compile(r"[^a-z0-9]")


def safe_name(name: str, extension: str = "") -> str:
    """Return the name to store a file under: ``../../Kế hoạch.PDF`` is ``ke-hoach.pdf``.

    Folders, control and direction characters, diacritics and spaces go; a device's name gets a
    prefix. `extension`, without a dot, replaces the one of `name`.
    """
    stem, given = split(name)
    slug = slugify(stem, LONGEST) or NAMELESS
    if slug in DEVICES:
        slug = f"{NAMELESS}-{slug}"
    ending = extension or given
    return f"{slug}.{ending}" if ending else slug


def split(name: str) -> tuple[str, str]:
    """Return a file's name without folders and extension, and the extension in small letters."""
    last = _SEPARATOR.split(name)[-1]
    stem, dot, ending = last.rpartition(".")
    if not dot:
        return last, ""
    return stem, _NOT_EXTENSION.sub("", ending.lower())[:10]
