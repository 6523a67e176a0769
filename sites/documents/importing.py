"""Importing lists of documents: kept, run in batches, gone on with, taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from wagtail.models import Page, Revision

from motcua import audit
from motcua.people.models import User
from motcua.text.codes import document_key
from motcua.text.folding import fold, normalise_line

from . import bulk
from .csv_reading import AUTOMATIC, RawRow, read
from .csv_rows import KEY, DocumentRow, judge, row_key
from .imports import DocumentImport
from .pages import DocumentsPage, LegalDocumentPage

BATCH = 200
UNDONE_AT_ONCE = 50  # deleting asks much more of the database than making
Status = DocumentImport.Status


@transaction.atomic
def create_import(
    *, section: DocumentsPage, data: bytes, file_name: str, by: Any, encoding: str = AUTOMATIC
) -> DocumentImport:
    """Keep a list until somebody runs it.

    Args:
        section: where the documents will stand.
        data: the file; see `csv_reading.read` for what is understood, and `encoding`.
        file_name: what the person calls it.
        by: who uploads it, a user or the name of a command.

    Raises:
        UnreadableError: the file is no list of documents; nothing is kept.
    """
    rows = read(data, encoding)
    upload = DocumentImport.objects.create(
        section=section,
        file_name=normalise_line(file_name)[:255] or "csv",
        rows=[row.as_json() for row in rows],
        uploaded_by=str(getattr(by, "email", by))[:254],
        uploader=getattr(by, "pk", None),
    )
    audit.record("document_import.uploaded", by=by, target=upload.file_name, rows=len(rows))
    return upload


@transaction.atomic
def start(*, upload: DocumentImport, by: Any) -> None:
    """Hand a checked list, or one whose job has died, to a job."""
    from .jobs import run_import

    upload.status, upload.started_at = Status.RUNNING, upload.started_at or timezone.now()
    upload.save(update_fields=["status", "started_at"])
    audit.record("document_import.started", by=by, target=upload.file_name)
    run_import.enqueue(import_id=upload.pk)


@transaction.atomic
def start_undoing(*, upload: DocumentImport, by: Any) -> None:
    """Hand a finished import to a job that takes it back."""
    from .jobs import undo_import

    upload.status = Status.UNDOING
    upload.save(update_fields=["status"])
    audit.record("document_import.taken_back", by=by, target=upload.file_name)
    undo_import.enqueue(import_id=upload.pk)


def run(import_id: int, on_progress: Callable[[DocumentImport], object] | None = None) -> Any:
    """Create the documents of an import, or go on where an earlier run ended.

    A batch is a transaction with the import's counters, which holds the import's row: two
    runners take turns, and one that is killed loses nothing. Documents that are there already,
    from a list or typed by hand, are left as they are.

    Args:
        import_id: primary key of a `DocumentImport`.
        on_progress: is given the import after every batch.

    Returns:
        The import as it stands afterwards.

    Raises:
        DocumentImport.DoesNotExist: there is no such import.
    """
    upload = DocumentImport.objects.get(pk=import_id)
    rows = rows_of(upload)
    while upload.status in {Status.CHECKED, Status.RUNNING}:
        upload = _run_batch(import_id, rows)
        if on_progress:
            on_progress(upload)
    return upload


def rows_of(upload: DocumentImport) -> list[DocumentRow]:
    """Return the rows of an import with everything that is odd about them.

    Seen from the day of the upload, so that a report does not change afterwards.
    """
    day = timezone.localdate(upload.created_at)
    return judge((RawRow.from_json(row) for row in upload.rows), day)


@transaction.atomic
def _run_batch(import_id: int, rows: Sequence[DocumentRow]) -> DocumentImport:
    upload = DocumentImport.objects.select_for_update().get(pk=import_id)
    section = upload.section
    batch = rows[upload.position : upload.position + BATCH]
    if not batch or section is None:
        upload.status, upload.finished_at = Status.FINISHED, timezone.now()
        upload.save(update_fields=["status", "finished_at"])
        return upload
    absent = missing(batch)
    new = {row.line for row in absent}
    if absent:
        user = User.objects.filter(pk=upload.uploader).first()
        bulk.publish(section, [_document(row, upload) for row in absent], user)
    upload.status = Status.RUNNING
    upload.position += len(batch)
    upload.created += len(absent)
    upload.skipped = [*upload.skipped, *(row.line for row in batch if row.line not in new)]
    upload.save(update_fields=["status", "position", "created", "skipped"])
    return upload


def missing(batch: Sequence[DocumentRow]) -> list[DocumentRow]:
    """Return the rows whose documents are not there yet."""
    keys, beginnings = _known_keys(batch)

    def is_missing(row: DocumentRow) -> bool:
        if row.repeats:
            return False
        return row.stored_key not in keys if row.shares_key else row.key not in beginnings

    return [row for row in batch if is_missing(row)]


def _known_keys(batch: Sequence[DocumentRow]) -> tuple[set[str], set[str]]:
    """Return the keys of documents that are there, and their beginnings.

    A document that stands under the short key is known by its title to rows that share the key.
    """
    imported = (
        LegalDocumentPage.objects.filter(alias_of=None)
        .exclude(import_key="")
        .values_list("import_key", flat=True)
    )
    keys = set(imported)
    beginnings = {key[:KEY] for key in keys}
    numbers = {document_key(row.values["number"]) for row in batch} - {""}
    typed = LegalDocumentPage.objects.filter(number_key__in=numbers, alias_of=None)
    titles: dict[str, set[str]] = {}
    for number, issuer, issued, abstract, key in typed.values_list(
        "number", "issuer", "issued", "abstract", "import_key"
    ):
        own = key or row_key(number, issuer, issued, abstract)
        beginnings.add(own[:KEY])
        if len(own) == KEY:
            titles.setdefault(own, set()).add(fold(abstract))
    twins = (row for row in batch if fold(row.values["abstract"]) in titles.get(row.key, ()))
    return keys | {row.stored_key for row in twins}, beginnings


def _document(row: DocumentRow, upload: DocumentImport) -> LegalDocumentPage:
    notes = "\n".join(row.notes)
    return LegalDocumentPage(**row.values, notes=notes, imported=upload, import_key=row.stored_key)


def untouched(upload: DocumentImport) -> Any:
    """Return the documents of an import that nobody has edited since, and nobody refers to."""
    edited = (
        Revision.page_revisions.values("object_id")
        .annotate(count=Count("pk"))
        .filter(count__gt=1, object_id__in=_ids_as_text(upload))
    )
    ids = {int(row["object_id"]) for row in edited}
    documents = LegalDocumentPage.objects.filter(imported=upload, alias_of=None)
    return documents.filter(reverse_relations=None).exclude(pk__in=ids)


def _ids_as_text(upload: DocumentImport) -> list[str]:
    ids = LegalDocumentPage.objects.filter(imported=upload).values_list("pk", flat=True)
    return [str(pk) for pk in ids]


def undo(import_id: int) -> DocumentImport:
    """Delete the documents of an import that nobody has edited since, batch by batch.

    Returns:
        The import, which counts what was removed; what was edited stays.
    """
    upload = DocumentImport.objects.get(pk=import_id)
    ids = list(untouched(upload).order_by("-path").values_list("pk", flat=True))
    for start_at in range(0, len(ids), UNDONE_AT_ONCE):
        _delete(upload, ids[start_at : start_at + UNDONE_AT_ONCE])
    upload.status, upload.finished_at = Status.UNDONE, timezone.now()
    upload.save(update_fields=["status", "finished_at"])
    return upload


@transaction.atomic
def _delete(upload: DocumentImport, ids: list[int]) -> None:
    Page.objects.filter(pk__in=ids).delete()
    upload.removed += len(ids)
    upload.save(update_fields=["removed"])
