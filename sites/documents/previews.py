"""Pictures of the first pages of PDF files, drawn by a job after the upload."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models.signals import post_delete, post_save

from sites.base.models import SiteDocument

from .attachments import Preview

logger = logging.getLogger(__name__)

LONGEST_EDGE = 1000  # pixels
MAX_BYTES = 50 * 1024 * 1024
PATIENCE = 30  # seconds by the clock
PROGRAM = Path(__file__).with_name("first_page.py")


def is_pdf(document: Any) -> bool:
    """Whether a file says of itself that it is a PDF."""
    return str(document.file_extension).lower() == "pdf"


def draw(document_id: int) -> bool:
    """Draw the first page of a file of the current site, unless it is drawn already.

    Returns:
        Whether there is a picture now. A file that cannot be drawn is remembered, so that it is
        not tried again; nothing is raised for what is in a file.
    """
    document = SiteDocument.objects.filter(pk=document_id).select_related("preview").first()
    if document is None or not is_pdf(document):
        return False
    made: Preview | None = getattr(document, "preview", None)
    if made is not None and made.source_name == document.file.name:
        return bool(made.image)
    picture, pages = _first_page(document)
    return _keep(document, picture, pages)


def _first_page(document: Any) -> tuple[bytes, int | None]:
    """Return the picture and the number of pages; nothing of a file that cannot be drawn."""
    with tempfile.TemporaryDirectory(prefix="motcua-pdf-") as folder:
        source, target = Path(folder, "in.pdf"), Path(folder, "out.webp")
        try:
            if document.file.size > MAX_BYTES:
                raise ValueError("The file is too large.")
            with document.file.open("rb") as file, source.open("wb") as copy:
                shutil.copyfileobj(file, copy)
            done = subprocess.run(
                [sys.executable, "-I", PROGRAM, source, target, str(LONGEST_EDGE)],
                capture_output=True, timeout=PATIENCE, check=True, cwd=folder,
            )  # fmt: skip
            return target.read_bytes(), int(done.stdout)
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            logger.info("the first page of document %s cannot be drawn: %s", document.pk, error)
            return b"", None


def _keep(document: Any, picture: bytes, pages: int | None) -> bool:
    _forget(Preview.objects.filter(pk=document.pk).first())
    preview = Preview(pk=document.pk, source_name=document.file.name, pages=pages)
    if picture:
        preview.image.save(f"{document.pk}.webp", ContentFile(picture), save=False)
    try:
        with transaction.atomic():
            preview.save()
    except IntegrityError:  # the document was deleted meanwhile
        _forget(preview)
        return False
    return bool(picture)


def _forget(preview: Preview | None) -> None:
    if preview is not None and preview.image:
        preview.image.delete(save=False)


def connect() -> None:
    """Connect the handlers; called once when Django is ready."""
    post_save.connect(_file_saved, sender=SiteDocument)
    post_delete.connect(_preview_gone, sender=Preview)


def _file_saved(instance: Any, **_kwargs: Any) -> None:
    from .jobs import draw_preview

    made: Preview | None = getattr(instance, "preview", None)
    if is_pdf(instance) and (made is None or made.source_name != instance.file.name):
        draw_preview.enqueue(document_id=instance.pk)


def _preview_gone(instance: Preview, **_kwargs: Any) -> None:
    transaction.on_commit(lambda: _forget(instance))
