"""Background work on documents."""

from __future__ import annotations

from django_tasks import task

from . import importing, previews


@task()
def draw_preview(document_id: int) -> bool:
    """Draw the first page of a PDF; returns whether there is a picture now."""
    return previews.draw(document_id)


@task()
def run_import(import_id: int) -> int:
    """Create the documents of an uploaded list; returns how many of its rows are behind us."""
    return importing.run(import_id).position


@task()
def undo_import(import_id: int) -> int:
    """Delete what an import has made and nobody has edited; returns how many documents."""
    return importing.undo(import_id).removed
