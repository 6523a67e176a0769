from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django_tenants.utils import tenant_context
from wagtail.models import Locale

from motcua.jobs.worker import Worker
from sites.documents.models import DocumentsPage, LegalDocumentPage
from tenants.models import Tenant
from tests.factories import home


def create_section(language: str = "vi", **fields: Any) -> DocumentsPage:
    """Make a published list of documents below the current site's home page."""
    values = {"title": "Danh mục", "slug": "danh-muc", **fields}
    section = DocumentsPage(locale=Locale.objects.get(language_code=language), **values)
    home(language).add_child(instance=section)
    section.save_revision().publish()
    return section


def create_legal_document(
    number: str = "1507/QĐ-UBND",
    *,
    publish: bool = True,
    section: DocumentsPage | None = None,
    **fields: Any,
) -> LegalDocumentPage:
    """Make a decision in the current site's list `danh-muc`, published unless told otherwise."""
    values = {
        "type": "Quyết định",
        "abstract": "Ban hành bảng giá đất",
        "issued": date(2024, 3, 5),
        "effective": date(2024, 3, 15),
        **fields,
    }
    section = section or DocumentsPage.objects.get(slug="danh-muc", locale__language_code="vi")
    document = LegalDocumentPage(number=number, live=False, locale=section.locale, **values)
    section.add_child(instance=document)
    revision = document.save_revision()
    if publish:
        revision.publish()
        document.refresh_from_db()
    return document


def pdf_file(pages: int = 1, width: float = 595, height: float = 842) -> bytes:
    """Make a PDF of empty pages; sizes in points."""
    document = pypdfium2.PdfDocument.new()
    for _page in range(pages):
        document.new_page(width, height)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def here(alpha: Tenant, beta: Tenant) -> Iterator[Tenant]:
    """Be in alpha, which has a list of documents `danh-muc`; beta is there, too."""
    with tenant_context(alpha):
        create_section()
        yield alpha


@pytest.fixture
def browse(here: Tenant, browse: Callable[..., Client]) -> Callable[..., Client]:
    """Like everywhere, but the test is back in alpha after every request."""

    def client_of(tenant: Tenant, **options: Any) -> Client:
        client = browse(tenant, **options)
        ask = client.request

        def request(**asked: Any) -> Any:
            try:
                return ask(**asked)
            finally:
                connection.set_tenant(here)

        client.request = request  # type: ignore[method-assign]
        return client

    return client_of


@pytest.fixture
def run_jobs(here: Tenant) -> Iterator[Callable[[], object]]:
    """Return a function that runs all jobs that are due."""
    worker = Worker()
    site = connection.tenant

    def run() -> None:
        worker.run_until_idle()
        connection.set_tenant(site)

    yield run
    worker.heartbeat.close()
