"""Catalogues are compiled without gettext's programs, and only when they changed."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import pytest

from motcua.web.catalogues import compile_catalogues


def create_catalogue(locale: Path, translation: str) -> Path:
    source = locale / "vi" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        f'msgid "Dossier"\nmsgstr "{translation}"\n',
        encoding="utf-8",
    )
    return source


def test_compiled_catalogue_translates(tmp_path: Path) -> None:
    create_catalogue(tmp_path, "Hồ sơ")
    assert [path.suffix for path in compile_catalogues(tmp_path)] == [".mo"]
    assert gettext.translation("django", tmp_path, ["vi"]).gettext("Dossier") == "Hồ sơ"


def test_only_changed_catalogues_are_compiled(tmp_path: Path) -> None:
    source = create_catalogue(tmp_path, "Hồ sơ")
    compile_catalogues(tmp_path)
    assert compile_catalogues(tmp_path) == []
    later = source.with_suffix(".mo").stat().st_mtime_ns + 10**9
    os.utime(source, ns=(later, later))
    assert len(compile_catalogues(tmp_path)) == 1


def test_broken_catalogue_is_named(tmp_path: Path) -> None:
    source = create_catalogue(tmp_path, "Hồ sơ")
    source.write_text('msgid "a"\nmsgstr\n  oops', encoding="utf-8")
    with pytest.raises(OSError, match=r"django\.po"):
        compile_catalogues(tmp_path)
