"""Ready-made documents for a new site, from a file; a later, resumable step after its birth."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django_tasks import task
from django_tenants.utils import tenant_context

from tenants.models import Tenant

from . import bulk, importing
from .csv_reading import RawRow
from .csv_rows import DocumentRow, judge
from .pages import DocumentsPage, LegalDocumentPage
from .vocabulary import COLUMNS

LABEL = "label"


def read(path: Path) -> dict[str, list[dict[str, str]]]:
    """Read a file of documents, UTF-8 with ``label`` and columns of `COLUMNS`, by site label.

    Raises:
        ValueError: ``label`` or ``number`` is missing; says which.
    """
    documents: dict[str, list[dict[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        missing = {LABEL, "number"} - set(reader.fieldnames or ())
        if missing:
            raise ValueError(f"{path.name}: missing columns {', '.join(sorted(missing))}")
        for row in reader:
            documents[row.pop(LABEL)].append(row)
    return documents


def order(documents: Mapping[str, Iterable[dict[str, str]]]) -> list[str]:
    """Enqueue one job for every site that has documents; returns the labels nobody has."""
    sites = {site.label: site for site in Tenant.objects.all()}
    for label, of_site in documents.items():
        if label in sites:
            with tenant_context(sites[label]):
                add_documents.enqueue(rows=list(of_site))
    return sorted(set(documents) - set(sites))


@task()
def add_documents(rows: list[dict[str, str]]) -> int:
    """Publish the documents that the current site does not have yet; returns how many.

    They stand in the site's first Vietnamese list of documents, as if typed by hand.
    """
    sections = DocumentsPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    section = sections.order_by("path").first()
    if section is None:
        return 0
    raw = (RawRow(line, _cells(row)) for line, row in enumerate(rows, start=1))
    missing = importing.missing(judge(raw))
    if missing:
        bulk.publish(section, [_document(row) for row in missing], None)
    return len(missing)


def _cells(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value or "").strip() for name, value in row.items() if name in COLUMNS}


def _document(row: DocumentRow) -> LegalDocumentPage:
    return LegalDocumentPage(**row.values, import_key=row.stored_key)
