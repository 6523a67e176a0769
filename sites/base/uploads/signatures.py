"""What a file is, told by its first bytes; its name proves nothing."""

from __future__ import annotations

import re

HEAD = 4096  # bytes that tell

_BLANK = b"\xef\xbb\xbf\xff\xfe \t\r\n\0"
# Programs and scripts of the usual systems, and shortcuts that start one.
_PROGRAMS = (
    b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"#!", b"L\0\0\0\x01\x14\x02\0", b"\0asm",
)  # fmt: skip
_MARKUP = re.compile(
    rb"<(!doctype\s+html|html|head|body|script|iframe|svg|\?php|!--|a\s|img\s|meta\s)", re.I
)
_STARTS = {
    "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n",
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "zip": b"PK\x03\x04",
    "rtf": b"{\\rtf", "webm": b"\x1a\x45\xdf\xa3", "tiff": b"II*\0",
}  # fmt: skip
_HEIF = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis")


def kind_of(head: bytes) -> str:
    """Return what a file that begins with `head` is; empty for what is none of the kinds known.

    ``program``, ``svg``, ``markup`` and ``heif`` are told so that the refusal can say why.
    """
    if head.startswith(_PROGRAMS) or (head.startswith(b"MZ") and b"\0" in head):
        return "program"
    for kind, start in _STARTS.items():
        if head.startswith(start):
            return kind
    if head[:6] in {b"GIF87a", b"GIF89a"}:
        return "gif"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        return "heif" if head[8:12] in _HEIF else "mp4"
    return _kind_of_text(head)


def _kind_of_text(head: bytes) -> str:
    text = head.lstrip(_BLANK)
    if text.startswith(b"%PDF-"):
        return "pdf"
    plain = text.replace(b"\0", b"").lower()  # UTF-16 too
    if re.search(rb"<svg[\s>]", plain) and plain.startswith(b"<"):
        return "svg"
    if plain.startswith(b"<") and (_MARKUP.search(plain) or plain.startswith(b"<?xml")):
        return "markup"
    if text.startswith(b"WEBVTT"):
        return "vtt"
    return "text" if _is_text(head) else ""


def _is_text(head: bytes) -> bool:
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return True
    return b"\0" not in head and not any(byte < 9 or 14 <= byte < 27 for byte in head)
