"""What a document, a video or its captions must be before visitors may download it."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from . import names
from .archives import check_archive, has_macros, incomplete, wrong_content
from .limits import check_size
from .scanning import scan
from .signatures import HEAD, kind_of

# Which contents each extension may have. Old offices call a .rtf .doc.
CONTENTS: dict[str, frozenset[str]] = {
    "pdf": frozenset({"pdf"}),
    "rtf": frozenset({"rtf"}),
    "mp4": frozenset({"mp4"}),
    "webm": frozenset({"webm"}),
    "vtt": frozenset({"vtt"}),
    **dict.fromkeys(("doc", "dot"), frozenset({"ole", "rtf"})),
    **dict.fromkeys(("xls", "ppt"), frozenset({"ole"})),
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "zip"), frozenset({"zip"})),
    **dict.fromkeys(("txt", "csv", "json", "geojson"), frozenset({"text", "vtt"})),
}
PDF_END = 4096  # bytes at the end of a PDF in which its end mark stands
MACRO_MARKS = ("_VBA_PROJECT", "Macros", "VBA")  # storages of old office files
CHUNK = 1024 * 1024


def check(file: File[Any], name: str = "") -> None:
    """Refuse a file that is not what its name says, is damaged, dangerous or too large.

    A file that passed is marked, and passes again without a second look.

    Raises:
        ValidationError: what is wrong and what to do, with a code.
    """
    if getattr(file, "passed_check", False):
        return
    extension = names.split(name or file.name or "")[1]
    _check_extension(extension)
    check_size(file, extension)
    kind = kind_of(_head(file))
    _check_kind(kind, extension)
    for looked_for in _INSIDE.get(kind, ()):
        looked_for(file, extension)
    scan(file)
    file.seek(0)
    file.passed_check = True


def _check_extension(extension: str) -> None:
    if extension not in settings.WAGTAILDOCS_EXTENSIONS:
        raise ValidationError(
            _("Files of this kind are not accepted. Accepted: %(extensions)s."),
            code="extension",
            params={"extensions": ", ".join(settings.WAGTAILDOCS_EXTENSIONS)},
        )


def _check_kind(kind: str, extension: str) -> None:
    if kind == "program":
        raise ValidationError(
            _("The file is a program, whatever its name says. Programs are refused."),
            code="program",
        )
    if kind in {"markup", "svg"}:
        raise ValidationError(
            _("The file is a web page or a drawing that can carry scripts. Save it as PDF and "
              "upload that."),
            code="markup",
        )  # fmt: skip
    if kind not in CONTENTS.get(extension, frozenset({kind})):
        raise wrong_content(extension)


def _head(file: File[Any]) -> bytes:
    file.seek(0)
    head: bytes = file.read(HEAD)
    file.seek(0)
    return head


def _check_pdf(file: File[Any], _extension: str) -> None:
    file.seek(max(0, (file.size or 0) - PDF_END))
    if b"%%EOF" not in file.read():
        raise incomplete()


def _check_old_office(file: File[Any], extension: str) -> None:
    """Look for the names of macro storages, which are UTF-16 in the file's directory."""
    marks = tuple(b"\0".join(bytes([letter]) for letter in mark.encode()) for mark in MACRO_MARKS)
    marks = tuple(mark + b"\0\0\0" for mark in marks)
    file.seek(0)
    before = b""
    while chunk := file.read(CHUNK):
        if any(mark in before + chunk for mark in marks):
            raise has_macros()
        before = chunk[-64:]


def _check_mp4(file: File[Any], _extension: str) -> None:
    """Follow the boxes (ISO/IEC 14496-12, 4.2): all there, the index (``moov``) among them."""
    boxes = list(_boxes(file))
    if b"moov" not in {name for name, _end in boxes} or boxes[-1][1] > (file.size or 0):
        raise incomplete()


def _boxes(file: File[Any]) -> Iterator[tuple[bytes, int]]:
    place, size = 0, file.size or 0
    while place + 8 <= size:
        file.seek(place)
        length, name = struct.unpack(">L4s", file.read(8))
        if length == 1:
            (length,) = struct.unpack(">Q", file.read(8).ljust(8, b"\0"))
        place = size if length == 0 else place + max(length, 8)
        yield name, place


def _check_webm(file: File[Any], extension: str) -> None:
    if b"webm" not in _head(file)[:256]:  # Matroska with other codecs
        raise wrong_content(extension)


def _check_captions(file: File[Any], _extension: str) -> None:
    """WebVTT is UTF-8 and has at least one cue (W3C WebVTT, 4.1)."""
    file.seek(0)
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise incomplete() from error
    if "-->" not in text:
        raise ValidationError(
            _("The caption file has no captions: lines such as 00:01.000 --> 00:04.000 are "
              "missing."),
            code="captions",
        )  # fmt: skip


_INSIDE: dict[str, tuple[Callable[[File[Any], str], None], ...]] = {
    "pdf": (_check_pdf,),
    "zip": (check_archive,),
    "ole": (_check_old_office,),
    "mp4": (_check_mp4,),
    "webm": (_check_webm,),
    "vtt": (_check_captions,),
}
