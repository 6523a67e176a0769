"""Pictures: decoded whole, and kept as nothing but a picture.

What is stored is written anew from the pixels (WebP: from its picture chunks), so that nothing
hidden in the file survives: scripts after its end, comments, the place where it was taken, the
camera's serial number. The picture stands upright and keeps its colour profile.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from . import names
from .archives import incomplete
from .limits import check_size
from .scanning import scan
from .signatures import HEAD, kind_of

EXTENSIONS = {"jpeg": "jpg", "png": "png", "gif": "gif", "webp": "webp"}
MOST_FRAMES = 500
ORIENTATION = 0x0112  # Exif 2.32, tag 274: which side is up
JPEG_QUALITY = 92  # where a picture must be turned; else its own tables are kept
# What a picture may say of itself besides its pixels.
KEPT = frozenset(
    "icc_profile transparency gamma srgb duration loop disposal blend background default_image "
    "dpi jfif_density jfif_unit adobe adobe_transform progressive progression".split()
)


class CleanPicture(ContentFile[bytes]):
    """The bytes of a picture that `clean` has written."""


def clean(file: File[Any]) -> CleanPicture:
    """Return the picture in `file` with a name of the right extension and nothing else in it.

    Raises:
        ValidationError: what is wrong and what to do; codes ``empty``, ``too_large``, ``svg``,
            ``heif``, ``not_a_picture``, ``too_many_pixels``, ``truncated``, and those of `scan`.
    """
    if isinstance(file, CleanPicture):
        return file
    check_size(file)
    file.seek(0)
    data: bytes = file.read()
    file.seek(0)
    kind = kind_of(data[:HEAD])
    _check_kind(kind)
    scan(file)
    content = _written_anew(data, kind)
    stem = names.split(file.name or "")[0]
    return CleanPicture(content, name=f"{stem or names.NAMELESS}.{EXTENSIONS[kind]}")


def _check_kind(kind: str) -> None:
    if kind == "svg":
        raise ValidationError(
            _("SVG drawings are refused, because they can carry scripts. Export the drawing as PNG "
              "and upload that."),
            code="svg",
        )  # fmt: skip
    if kind == "heif":
        raise ValidationError(
            _("Few browsers show HEIC and AVIF pictures. Export the picture as JPEG and upload "
              "that."),
            code="heif",
        )  # fmt: skip
    if kind not in EXTENSIONS:
        raise ValidationError(
            _("The file is no picture that browsers show, whatever its name says. Upload a JPEG, "
              "PNG, WebP or GIF."),
            code="not_a_picture",
        )  # fmt: skip


def _written_anew(data: bytes, kind: str) -> bytes:
    if kind == "webp":
        _check_pixels(*_webp_size(data))
    try:
        with warnings.catch_warnings():
            # Too many pixels are refused here by our own, lower limit.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[kind.upper()]) as image:
                _check_pixels(*image.size, _frames(image))
                return _encoded(image, data, kind)
    except ValidationError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except Exception as error:  # each decoder has errors of its own
        raise incomplete() from error


def _check_pixels(width: int, height: int, frames: int = 1) -> None:
    if width * height * frames > settings.MOTCUA_PICTURE_PIXELS or frames > MOST_FRAMES:
        raise _too_many_pixels()


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("The picture has more than %(limit)s million pixels (all frames together). Make it "
          "smaller; 2,000 pixels in width are plenty."),
        code="too_many_pixels",
        params={"limit": settings.MOTCUA_PICTURE_PIXELS // 1_000_000},
    )  # fmt: skip


def _frames(image: Image.Image) -> int:
    # A telephone's second picture in a JPEG (MPO) is never kept.
    return 1 if image.format in {"JPEG", "MPO"} else getattr(image, "n_frames", 1)


def _encoded(image: Image.Image, data: bytes, kind: str) -> bytes:
    turned = image.getexif().get(ORIENTATION, 1) != 1
    image.load()  # everything is decoded, or an error tells that it is damaged
    if kind == "webp" and not turned:
        return _webp_picture(data)
    image.info = {key: value for key, value in image.info.items() if key in KEPT}
    upright = ImageOps.exif_transpose(image) if turned else image
    target = io.BytesIO()
    upright.save(target, kind.upper(), **_options(image, kind, turned))
    return target.getvalue()


def _options(image: Image.Image, kind: str, turned: bool) -> dict[str, Any]:
    profile = {"icc_profile": image.info.get("icc_profile")}
    if kind == "jpeg":
        quality = JPEG_QUALITY if turned or image.format != "JPEG" else "keep"
        progressive = "progressive" in image.info
        return {"quality": quality, "progressive": progressive, "comment": b"", **profile}
    if kind == "webp":
        return {"quality": JPEG_QUALITY, **profile}
    return {"save_all": True} if _frames(image) > 1 and not turned else {}


def _webp_size(data: bytes) -> tuple[int, int]:
    """Read the canvas (RFC 9649, 2.5 to 2.7) before a decoder makes room for it."""
    form, body = data[12:16], data[20:30].ljust(10, b"\0")
    if form == b"VP8X":
        width, height = (int.from_bytes(body[at : at + 3], "little") + 1 for at in (4, 7))
    elif form == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        width, height = (side & 0x3FFF for side in struct.unpack("<HH", body[6:10]))
    return width, height


def _webp_picture(data: bytes) -> bytes:
    """Return the chunks that make the picture, and the colour profile (RFC 9649, 2.7)."""
    kept = []
    for name, body in _webp_chunks(data):
        if name == b"VP8X":
            body = bytes([body[0] & ~0b1100]) + body[1:]  # no Exif, no XMP
        if name in {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}:
            kept.append(name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2))
    inside = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(inside)) + inside


def _webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place, end = 12, min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while place + 8 <= end:
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        yield data[place : place + 4], data[place + 8 : place + 8 + length]
        place += 8 + length + length % 2
