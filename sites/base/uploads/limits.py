"""How much a file may hold. The settings are in bytes and pixels."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

VIDEOS = frozenset({"mp4", "webm"})


def check_size(file: File[Any], extension: str = "") -> None:
    """Refuse an empty file and one larger than its kind may be.

    Raises:
        ValidationError: with the code ``empty`` or ``too_large``.
    """
    size, most = file.size or 0, limit_for(extension)
    if not size:
        raise ValidationError(_("The file is empty. Choose it again."), code="empty")
    if size > most:
        raise ValidationError(
            _("The file has %(size)s; the limit is %(limit)s. Make it smaller or split it."),
            code="too_large",
            params={"size": filesizeformat(size), "limit": filesizeformat(most)},
        )


def limit_for(extension: str) -> int:
    """Return how many bytes a file of this kind may have."""
    most: int = settings.MOTCUA_VIDEO_LIMIT if extension in VIDEOS else settings.MOTCUA_UPLOAD_LIMIT
    return most
