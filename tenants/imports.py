"""Uploaded lists of new sites: kept, run once, resumable, watched from a browser.

While an import runs, its row says how far it has come: `done` (counted in the transaction of
each birth, so it survives any crash), `skipped`, and `failures`, a list of
``{"line": 7, "label": "soyte", "reason": {"vi": "…", "en": "…"}}``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django_tenants.utils import schema_context

from motcua import audit
from motcua.text.folding import normalise_line

from . import bulk, catalogs
from .csv_files import CheckedFile, NewSiteRow
from .models import SiteImport
from .problems import in_both_languages
from .registry import Registry

# First half of the key of an advisory lock, the second being the import's id.
_LOCK_CLASS = 0x4D43_494D  # "MCIM"


@transaction.atomic
def create_import(checked: CheckedFile, file_name: str, by: Any) -> SiteImport:
    """Keep a checked list until somebody runs it.

    Args:
        checked: a list without problems.
        file_name: what the person calls it.
        by: who uploads it, a user or the name of a command.

    Raises:
        ValueError: the list has problems; show them instead.
    """
    if not checked.is_sound:
        raise ValueError("A list with problems cannot be imported.")
    upload = SiteImport.objects.create(
        file_name=normalise_line(file_name)[:255] or "csv",
        rows=[row.as_json() for row in checked.rows],
        uploaded_by=str(getattr(by, "email", by))[:254],
    )
    audit.record("site_import.uploaded", by=by, target=upload.file_name, rows=len(upload.rows))
    return upload


def run(
    import_id: int, on_progress: Callable[[SiteImport], object] | None = None, *, threads: int = 1
) -> SiteImport:
    """Create the sites of an import, or go on where an earlier run ended.

    Does nothing if the import is finished, or is being run by another process at this moment. A
    finished import with failures tries the failed rows again.

    Args:
        import_id: primary key of a `SiteImport`.
        on_progress: is given the import after every row.
        threads: how many sites at once.

    Returns:
        The import as it stands afterwards.

    Raises:
        SiteImport.DoesNotExist: there is no such import.
        OperationalError: the database is away or out of means; run it again later.
    """
    with schema_context("public"):
        upload = SiteImport.objects.get(pk=import_id)
        with _sole_runner(import_id) as alone:
            if alone:
                _run(upload, on_progress or (lambda _upload: None), threads)
        upload.refresh_from_db()
        return upload


def _run(upload: SiteImport, on_progress: Callable[[SiteImport], object], threads: int) -> None:
    upload.refresh_from_db()
    if upload.status == SiteImport.Status.FINISHED and not upload.failures:
        return
    rows = [NewSiteRow.from_json(row) for row in upload.rows]
    missing = _begin(upload, rows)
    count = SiteImport.objects.filter(pk=upload.pk)
    for outcome in bulk.create_rows(
        missing,
        by=upload.uploaded_by,
        threads=threads,
        counted=lambda: count.update(done=F("done") + 1),
    ):
        _tell(upload, outcome)
        on_progress(upload)
    upload.status, upload.finished_at = SiteImport.Status.FINISHED, timezone.now()
    upload.save(update_fields=["status", "finished_at"])
    if missing:
        catalogs.analyze()


def _begin(upload: SiteImport, rows: list[NewSiteRow]) -> list[NewSiteRow]:
    """Mark the import as running and set its counters right; return what is left to do."""
    existing, missing = bulk.partition(rows, Registry.load())
    upload.done = min(upload.done, len(existing))
    upload.skipped = len(existing) - upload.done
    upload.failures = []
    upload.status = SiteImport.Status.RUNNING
    upload.started_at = upload.started_at or timezone.now()
    upload.save(update_fields=["done", "skipped", "failures", "status", "started_at"])
    return missing


def _tell(upload: SiteImport, outcome: bulk.Outcome) -> None:
    if outcome.result is bulk.Result.CREATED:
        upload.done += 1  # in the database since its transaction
    elif outcome.result is bulk.Result.SKIPPED:
        upload.skipped += 1
        upload.save(update_fields=["skipped"])
    else:
        site = outcome.row.site
        reason = in_both_languages(outcome.reason)
        upload.failures.append({"line": outcome.row.line, "label": site.label, "reason": reason})
        upload.save(update_fields=["failures"])


@contextmanager
def _sole_runner(import_id: int) -> Iterator[bool]:
    """Tell whether this process is the only one to run the import, and keep it so.

    The lock is on a connection of its own and ends with it, also when the process is killed.
    """
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK_CLASS, import_id])
            yield cursor.fetchone()[0]
    finally:
        own.close()
