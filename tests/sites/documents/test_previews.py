"""The first page of a PDF as a picture; a broken or hostile file costs only the picture."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django_tenants.utils import tenant_context
from PIL import Image

from sites.documents import previews
from sites.documents.models import Attachment, Preview
from tenants.models import Tenant
from tests.factories import create_document

from .conftest import create_legal_document, create_section, pdf_file


def test_an_attached_pdf_gets_a_picture_of_its_first_page(
    here: Tenant, beta: Tenant, browse: Any, run_jobs: Callable[[], object]
) -> None:
    file = create_document("quyet-dinh.pdf", pdf_file(pages=3))
    run_jobs()
    document = create_legal_document()
    document.attachments.add(Attachment(document=file))
    document.save_revision().publish()
    preview = Preview.objects.get(document=file)
    assert (preview.width, preview.height, preview.pages) == (707, 1000, 3)
    text = browse(here).get(document.url).content.decode()
    assert preview.image.url in text
    assert "Quyết định 1507/QĐ-UBND" in text.split(preview.image.url)[1].split(">")[0]
    picture = browse(here).get(preview.image.url)
    assert Image.open(BytesIO(b"".join(picture.streaming_content))).format == "WEBP"
    assert browse(beta).get(preview.image.url).status_code == 404


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\n%%EOF", pdf_file()[:-200], b"%PDF-1.4\n" + b"\0" * 5000],
    ids=["hollow", "cut", "zeros"],
)
def test_a_broken_file_has_no_picture_and_is_not_tried_again(
    content: bytes, here: Tenant, browse: Any
) -> None:
    file = create_document("hong.pdf", pdf_file())
    Path(file.file.path).write_bytes(content)  # damaged after it was let in
    made = previews.draw(file.pk)
    preview = Preview.objects.get(document=file)
    assert made is bool(preview.image)
    document = create_legal_document()
    document.attachments.add(Attachment(document=file))
    document.save_revision().publish()
    assert browse(here).get(document.url).status_code == 200
    assert previews.draw(file.pk) is made


def test_a_giant_page_is_drawn_small_and_a_giant_file_not_at_all(
    here: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    giant = create_document("ban-do.pdf", pdf_file(width=14_000, height=100))
    assert previews.draw(giant.pk)
    assert Preview.objects.get(document=giant).width == previews.LONGEST_EDGE
    monkeypatch.setattr(previews, "MAX_BYTES", 10)
    assert not previews.draw(create_document("lon.pdf", pdf_file()).pk)


def test_a_replaced_file_gets_a_new_picture_and_a_deleted_one_takes_it_along(
    here: Tenant, django_capture_on_commit_callbacks: Any
) -> None:
    file = create_document("a.pdf", pdf_file(pages=1))
    previews.draw(file.pk)
    first = Preview.objects.get(document=file).image
    file.file = ContentFile(pdf_file(pages=2), name="b.pdf")
    file.save()
    file.refresh_from_db()
    assert not file.preview.shows(file)
    previews.draw(file.pk)
    second = Preview.objects.get(document=file)
    assert second.pages == 2
    storage = second.image.storage
    assert storage.exists(second.image.name)
    assert first.name == second.image.name or not storage.exists(first.name)
    with django_capture_on_commit_callbacks(execute=True):
        file.delete()
    assert not storage.exists(second.image.name)


def test_only_pdfs_are_drawn_and_only_on_their_own_site(here: Tenant, beta: Tenant) -> None:
    text = create_document("a.txt", b"x")
    assert not previews.draw(text.pk)
    pdf = create_document("a.pdf", pdf_file())
    with tenant_context(beta):
        create_section()
        assert not previews.draw(pdf.pk)
    assert previews.draw(pdf.pk)
