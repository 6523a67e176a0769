"""The encoding of uploaded text files.

Offices still keep lists in the fonts of the 1990s. Guessing wrong would quietly corrupt names,
so a file is read only when its encoding is certain; otherwise the error names the line and the
byte, and says what to do.
"""

from __future__ import annotations

import codecs
import re
from enum import Enum

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


class Problem(Enum):
    """What is wrong with a file."""

    WINDOWS_1258 = "windows_1258"
    TCVN3 = "tcvn3"
    UNKNOWN = "unknown"
    MIXED = "mixed"
    DAMAGED = "damaged"
    UTF_16 = "utf_16"
    NOT_TEXT = "not_text"


_MESSAGES = {
    Problem.WINDOWS_1258: _(
        "Line {line}, byte {byte}: the file is not in UTF-8; it looks like Windows-1258. "
        "Open it in the program that made it and save it as “CSV UTF-8”."
    ),
    Problem.TCVN3: _(
        "Line {line}, byte {byte}: the file is not in UTF-8; it looks like TCVN3 (an ABC or "
        ".VnTime font). Convert the text to Unicode and save it as “CSV UTF-8”."
    ),
    Problem.UNKNOWN: _(
        "Line {line}, byte {byte}: this byte is not UTF-8, so the encoding of the file cannot be "
        "told. Save the file as “CSV UTF-8”."
    ),
    Problem.MIXED: _(
        "Line {line}, byte {byte}: this line is in another encoding than the lines before it. "
        "Correct the line and save the file as “CSV UTF-8”."
    ),
    Problem.DAMAGED: _(
        "Line {line}, byte {byte}: Vietnamese letters were damaged by an earlier conversion. "
        "Go back to the original file and save it as “CSV UTF-8”."
    ),
    Problem.UTF_16: _(
        "Line {line}, byte {byte}: the file says that it is UTF-16 but is cut off or damaged. "
        "Save the file again as “CSV UTF-8”."
    ),
    Problem.NOT_TEXT: _(
        "Line {line}, byte {byte}: this is not a text file. If it is an Excel workbook, "
        "save it as “CSV UTF-8”."
    ),
}


class EncodingError(ValueError):
    """A file whose text cannot be known.

    `problem` says why; `line` and `byte` (its place within the line) count from 1; `message` is
    translated when it is shown.
    """

    def __init__(self, problem: Problem, *, line: int, byte: int) -> None:
        self.problem, self.line, self.byte = problem, line, byte
        self.message = format_lazy(_MESSAGES[problem], line=line, byte=byte)
        super().__init__(self.message)


_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx and ods; xls
# Windows-1258 writes the tone as a byte of its own after the vowel; its ă, đ, ơ, ư are these.
_1258_TONES = re.compile(
    rb"[aeiouyAEIOUY\xe2\xe3\xea\xf4\xf5\xfd\xc2\xc3\xca\xd4\xd5\xdd]"
    rb"[\xcc\xd2\xde\xec\xf2]|[\xf0\xd0]"
)
# TCVN3 (TCVN 5712:1993, VN3) has ă â ê ô ơ ư đ where Windows-1258 has signs such as ¨ © ª.
_TCVN3_LETTERS = re.compile(rb"[\xa8-\xae]|\xb5|\xb8|\xb9")
# UTF-8 once read as Windows-1252: "á»‰", "Ä‘", "Æ°" for ỉ, đ, ư.
_DOUBLE_ENCODED = re.compile(r"á[º»][^\x00-\x7f]|Ä[‘\x90\u0110]|Æ[°¡]|\ufffd")


def decode_csv(data: bytes) -> str:
    """Return the text of a CSV file in UTF-8 (with or without BOM) or UTF-16 with BOM.

    The BOM is removed, line ends stay as they are, an empty file is an empty text. The text is
    not normalised: that is for whoever stores it.

    Raises `EncodingError` for anything else: older Vietnamese encodings, a mix of encodings,
    workbooks, and text that was damaged before it came here.
    """
    if data.startswith(_WORKBOOKS):
        raise EncodingError(Problem.NOT_TEXT, line=1, byte=1)
    encoding = _UTF_16.get(data[:2])
    text = _from_utf_16(data[2:], encoding) if encoding else _from_utf_8(data)
    _refuse_damage(text)
    return text


def _from_utf_8(data: bytes) -> str:
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, byte = _place(data, error.start)
        raise EncodingError(_guess(data, error.start), line=line, byte=byte) from None


def _from_utf_16(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "ignore")
        line = before.count("\n") + 1
        byte = 2 * len(before.rpartition("\n")[2]) + 1
        raise EncodingError(Problem.UTF_16, line=line, byte=byte) from None


def _refuse_damage(text: str) -> None:
    """Raise for text that decodes but cannot be meant: NUL, lost or doubly encoded letters."""
    for problem, position in (
        (Problem.NOT_TEXT, text.find("\0")),
        (Problem.DAMAGED, _start(_DOUBLE_ENCODED.search(text))),
    ):
        if position >= 0:
            before = text[:position].encode("utf-8", "surrogatepass")
            line, byte = _place(before, len(before))
            raise EncodingError(problem, line=line, byte=byte)


def _start(match: re.Match[str] | None) -> int:
    return match.start() if match else -1


def _place(data: bytes, position: int) -> tuple[int, int]:
    """Return line and byte within it, both from 1, of `position` in `data`.

    Lines end with CRLF, LF or a lone CR (old Macintosh), as the csv module reads them.
    """
    lines = re.split(rb"\r\n|\r|\n", data[:position])
    return len(lines), len(lines[-1]) + 1


def _guess(data: bytes, position: int) -> Problem:
    """Return the likeliest explanation of the first byte that is not UTF-8."""
    before, rest = data[:position], data[position:]
    if b"\0" in data:
        return Problem.NOT_TEXT
    if not before.isascii():
        return Problem.MIXED
    tcvn3, windows = len(_TCVN3_LETTERS.findall(rest)), len(_1258_TONES.findall(data))
    if not tcvn3 and not windows:
        return Problem.UNKNOWN
    return Problem.TCVN3 if tcvn3 > windows else Problem.WINDOWS_1258
