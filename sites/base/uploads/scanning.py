"""A look for malware, by a program of the operator's choice.

The setting ``MOTCUA_UPLOAD_SCANNER`` names a callable: it gets the open file and returns the name
of what it found, or an empty text. `clamd` is such a callable for a ClamAV daemon.
"""

from __future__ import annotations

import logging
import socket
import struct
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)

CHUNK = 65_536  # bytes
PATIENCE = 60  # seconds without an answer


def scan(file: File[Any]) -> None:
    """Have the file looked through, if a scanner is set; a scanner that fails lets nothing in.

    Raises:
        ValidationError: with the code ``malware`` or ``not_scanned``.
    """
    if not settings.MOTCUA_UPLOAD_SCANNER:
        return
    file.seek(0)
    try:
        found = import_string(settings.MOTCUA_UPLOAD_SCANNER)(file)
    except Exception as error:
        log.exception("The upload scanner does not work")
        raise ValidationError(
            _("The file could not be checked for malware just now. Try again in some minutes."),
            code="not_scanned",
        ) from error
    finally:
        file.seek(0)
    if found:
        log.warning("An upload was refused: %s", found)
        raise ValidationError(
            _("The file was refused: it contains malware (%(name)s)."),
            code="malware",
            params={"name": found},
        )


def clamd(file: File[Any]) -> str:
    """Ask the ClamAV daemon at ``MOTCUA_CLAMD``; returns what it found, or an empty text.

    Raises:
        OSError: it cannot be reached, or does not answer within `PATIENCE`.
        ValueError: it answers that it could not look, for one because of its StreamMaxLength.
    """
    with closing(_connect(settings.MOTCUA_CLAMD)) as wire:
        wire.sendall(b"zINSTREAM\0")
        for chunk in _chunks(file):
            wire.sendall(struct.pack("!L", len(chunk)) + chunk)
        wire.sendall(struct.pack("!L", 0))
        answer = _answer(wire)
    if answer.endswith("OK"):
        return ""
    if not answer.endswith("FOUND"):
        raise ValueError(answer)
    return answer.removeprefix("stream: ").removesuffix(" FOUND")


def _connect(address: str) -> socket.socket:
    if address.startswith("/"):
        wire = socket.socket(socket.AF_UNIX)
        wire.settimeout(PATIENCE)
        wire.connect(address)
        return wire
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), PATIENCE)


def _chunks(file: File[Any]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def _answer(wire: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and (part := wire.recv(4096)):
        said += part
    return said.rstrip(b"\0").decode(errors="replace").strip()
