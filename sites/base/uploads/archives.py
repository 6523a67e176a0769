"""ZIP files and the office files made of them: no bombs, no macros, no programs inside."""

from __future__ import annotations

import zipfile
import zlib
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from . import names

MOST_ENTRIES = 10_000
MOST_UNPACKED = 512 * 1024 * 1024  # bytes of all entries together
MOST_RATIO = 200  # unpacked to packed; office files reach about 50
RATIO_FROM = 16 * 1024 * 1024  # bytes; below it nothing is a bomb

# What reading a damaged archive raises; a RuntimeError tells of a locked entry or (its subclass)
# of a way of packing that nobody uses.
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError)

PROGRAMS = frozenset(
    "app apk bat cmd com cpl dll docm dotm exe hta jar js jse lnk msi pif potm ppam pptm ps1 reg "
    "scr sh svg vbe vbs wsf wsh xlam xlsm xltm html htm xhtml php".split()
)
ARCHIVES = frozenset("zip rar 7z tar gz tgz bz2 xz cab iso arj".split())
# What each office format keeps its content in, and where it keeps programs.
OFFICE = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
OPEN_DOCUMENT = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
MACROS = ("vbaproject.bin", "vbadata.xml", "basic/", "scripts/", "macrosheets/")


def check_archive(file: File[Any], extension: str) -> None:
    """Refuse a ZIP file, or an office file made of one, that is not what it says or is dangerous.

    Raises:
        ValidationError: with the code ``truncated``, ``bomb``, ``locked``, ``macros``,
            ``wrong_content`` or ``program``.
    """
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_bomb(entries, file.size or 0)
            _check_locked(entries)
            if extension in OFFICE or extension in OPEN_DOCUMENT:
                _check_office(archive, extension)
            else:
                _check_contents(entries)
    except UNREADABLE as error:
        raise incomplete() from error
    finally:
        file.seek(0)


def incomplete() -> ValidationError:
    """Return the refusal of a file whose end is missing or whose inside is damaged."""
    return ValidationError(
        _("The file is incomplete or damaged. Open it on your computer, save it again and "
          "upload the new copy."),
        code="truncated",
    )  # fmt: skip


def has_macros() -> ValidationError:
    """Return the refusal of an office file with programs in it."""
    return ValidationError(
        _("The file contains macros, which are programs. Save it without macros (as .docx, .xlsx, "
          ".pptx or PDF) and upload that."),
        code="macros",
    )  # fmt: skip


def _check_bomb(entries: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    bomb = (
        len(entries) > MOST_ENTRIES
        or unpacked > MOST_UNPACKED
        or packed > size  # entries that lie over each other
        or (unpacked > RATIO_FROM and unpacked > MOST_RATIO * max(size, 1))
    )
    if bomb:
        raise ValidationError(
            _("Unpacked, this file would be enormous. Such files are refused; split it or "
              "upload its parts."),
            code="bomb",
        )  # fmt: skip


def _check_locked(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise ValidationError(
            _("The file is locked with a password, so it can neither be checked nor read by "
              "visitors. Upload it without a password."),
            code="locked",
        )  # fmt: skip


def _check_office(archive: zipfile.ZipFile, extension: str) -> None:
    inside = [name.lower() for name in archive.namelist()]
    if any(mark in name for name in inside for mark in MACROS):
        raise has_macros()
    if extension in OFFICE:
        fits = any(name.startswith(OFFICE[extension]) for name in inside)
        fits = fits and "[content_types].xml" in inside
        if fits and b"macroEnabled" in archive.read(archive.namelist()[_types_at(inside)]):
            raise has_macros()
    else:
        fits = "mimetype" in inside and _says(archive, OPEN_DOCUMENT[extension])
    if not fits:
        raise wrong_content(extension)


def _types_at(inside: list[str]) -> int:
    return inside.index("[content_types].xml")


def _says(archive: zipfile.ZipFile, media_type: str) -> bool:
    return archive.read("mimetype")[:100].decode("ascii", "replace").strip() == media_type


def wrong_content(extension: str) -> ValidationError:
    """Return the refusal of a file whose content is not what its name says."""
    return ValidationError(
        _("The name ends in .%(extension)s, but the content is something else. Open the file, save "
          "it in the right format and upload it again."),
        code="wrong_content",
        params={"extension": extension},
    )  # fmt: skip


def _check_contents(entries: list[zipfile.ZipInfo]) -> None:
    for entry in entries:
        ending = names.split(entry.filename)[1]
        if ending in PROGRAMS or ".." in entry.filename.replace("\\", "/").split("/"):
            raise ValidationError(
                _("The ZIP file contains “%(name)s”, which could harm a visitor’s computer. Take "
                  "it out and pack the rest again."),
                code="program",
                params={"name": entry.filename[:100]},
            )  # fmt: skip
        if ending in ARCHIVES:
            raise ValidationError(
                _("The ZIP file contains another archive (“%(name)s”). Unpack that one first."),
                code="bomb",
                params={"name": entry.filename[:100]},
            )
