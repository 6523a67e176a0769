"""Lead images as feeds, search engines and messengers get them."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.files.storage import FileSystemStorage
from wagtail.images.models import SourceImageIOError

from sites.base.models import SiteImage
from sites.base.sharing import LEAD_IMAGE

if TYPE_CHECKING:
    from wagtail.models import Page


def lead_images(pages: Iterable[Page]) -> dict[int, SiteImage]:
    """Return the lead images of pages by image id, with the cut that is shown of each."""
    wanted = {page.lead_image_id for page in pages if getattr(page, "lead_image_id", None)}
    if not wanted:
        return {}
    found = SiteImage.objects.filter(pk__in=wanted).prefetch_renditions(LEAD_IMAGE)
    return {image.pk: image for image in found}


def picture_path(image: SiteImage | None) -> str:
    """Return the address of the picture's cut on its own site, empty without a readable one."""
    if image is None:
        return ""
    try:
        path: str = image.get_rendition(LEAD_IMAGE).url
    except SourceImageIOError:
        return ""
    return path


def length(image: SiteImage) -> int:
    """Return how many bytes the picture's cut has; 0 where finding out would take a request."""
    file = image.get_rendition(LEAD_IMAGE).file
    if not isinstance(file.storage, FileSystemStorage):
        return 0
    try:
        return Path(file.path).stat().st_size
    except OSError:  # the file is gone
        return 0


def kind_of_file(path: str) -> str:
    """Return the MIME type that a file's name tells."""
    return mimetypes.guess_type(path)[0] or ""


def absolute(path: str, base: Any) -> str:
    """Return an address of media as others reach it: media may live on a host of its own."""
    return path if "://" in path or not path else f"{base}{path}"
