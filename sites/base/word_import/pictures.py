"""The pictures of a document become images of the site's library, checked like any upload."""

from __future__ import annotations

import hashlib
import io
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images.permissions import permission_policy
from wagtail.models import Collection

from sites.base.media import SiteImage
from sites.base.uploads import pictures
from sites.base.uploads.alt_text import check_alt_text

from .reading import Picture
from .report import Report

INVISIBLE = 2  # pixels; a picture no larger tells its machine who reads, and readers nothing
LONGEST_DESCRIPTION = 255
# What Word adds to descriptions it has made up itself.
_MADE_UP = re.compile(r"\s*(Description|AI-generated content|Mô tả) .*automatically generated\.?$"
                      r"|\s*Description automatically generated.*$", re.I | re.S)  # fmt: skip


class Library:
    """Stores the pictures of one document, each of them once.

    Args:
        found: the document's pictures, in order.
        stem: what their files are named after.
        by: whose images they will be.
        report: is added to.
    """

    def __init__(self, found: list[Picture], *, stem: str, by: Any, report: Report) -> None:
        self.found, self.stem, self.by, self.report = found, stem, by, report
        self.collections = permission_policy.collections_user_has_permission_for(by, "add")
        self.collection: Collection | None = self.collections.order_by("path").first()
        self.stored: dict[bytes, int | None] = {}

    def image_of(self, number: int) -> int | None:
        """Return the key of the image that a picture became, or nothing if it was dropped."""
        if number >= len(self.found):
            return None
        picture = self.found[number]
        print_ = hashlib.sha256(picture.data).digest()
        if print_ not in self.stored:
            self.stored[print_] = self._store(picture)
        return self.stored[print_]

    def _store(self, picture: Picture) -> int | None:
        if self.collection is None:
            self.report.add("pictures_not_allowed")
            return None
        name = f"{self.stem}-{len(self.stored) + 1}"
        try:
            clean = pictures.clean(ContentFile(picture.data, name=name))
        except ValidationError:
            self.report.add("pictures")
            return None
        if _is_invisible(clean):
            self.report.add("tracking_pixels")
            return None
        description = usable_description(picture.description)
        self.report.add("alt_missing", int(not description))
        image = SiteImage(
            title=name[:255], file=clean, description=description, collection=self.collection,
            uploaded_by_user=self.by,
        )  # fmt: skip
        image.save()
        return int(image.pk)


def usable_description(text: str) -> str:
    """Return Word's description of a picture if it says what the picture shows, else nothing."""
    text = " ".join(_MADE_UP.sub("", text).split())[:LONGEST_DESCRIPTION]
    try:
        check_alt_text(text)
    except ValidationError:
        return ""
    return text


def _is_invisible(file: Any) -> bool:
    file.seek(0)
    with Image.open(io.BytesIO(file.read())) as image:
        size = image.size
    file.seek(0)
    return max(size) <= INVISIBLE
