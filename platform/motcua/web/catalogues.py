"""Compiling message catalogues without gettext's programs. Importable without Django."""

from __future__ import annotations

from pathlib import Path

import polib


def compile_catalogues(locale: Path) -> list[Path]:
    """Compile every ``LC_MESSAGES/*.po`` anywhere under *locale* that is newer than its ``.mo``.

    Returns:
        The catalogues that were written.

    Raises:
        OSError: a catalogue is no valid PO file; the text names file and line.
    """
    sources = sorted(locale.glob("**/LC_MESSAGES/*.po"))
    return [_compile(source) for source in sources if _is_stale(source)]


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns


def _compile(source: Path) -> Path:
    target = source.with_suffix(".mo")
    fresh = target.with_suffix(".mo.new")
    polib.pofile(str(source)).save_as_mofile(str(fresh))
    fresh.replace(target)
    return target
