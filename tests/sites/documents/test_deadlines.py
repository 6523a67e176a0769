"""Two working days after their signing documents are online, or somebody is told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone

from sites.documents.deadlines import Standing, deadline_of, overdue
from sites.documents.models import DocumentImport, LegalDocumentPage
from tenants.models import Tenant

from .conftest import create_legal_document

WEDNESDAY = date(2026, 11, 18)  # due on Friday the 20th


def document(**fields: Any) -> LegalDocumentPage:
    return LegalDocumentPage(number="1/QĐ", issuer="", **{"issued": WEDNESDAY, **fields})


@pytest.mark.parametrize(
    ("today", "standing", "late_by", "tone"),
    [
        (date(2026, 11, 18), Standing.OPEN, 0, "green"),
        (date(2026, 11, 20), Standing.TODAY, 0, "orange"),
        (date(2026, 11, 21), Standing.OVERDUE, 0, "red"),
        (date(2026, 11, 25), Standing.OVERDUE, 2, "red"),  # the 24th is a holiday
    ],
)
def test_a_draft_stands_to_its_deadline(
    today: date, standing: Standing, late_by: int, tone: str, here: Tenant
) -> None:
    deadline = deadline_of(document(), today)
    assert deadline is not None
    assert (deadline.standing, deadline.late_by, deadline.tone) == (standing, late_by, tone)
    assert deadline.due == date(2026, 11, 20)


def test_what_counts_is_when_it_was_first_online(here: Tenant) -> None:
    for day, standing in ((20, Standing.KEPT), (23, Standing.MISSED)):
        online = timezone.make_aware(datetime(2026, 11, day, 23, 30))  # noqa: DTZ001
        deadline = deadline_of(document(first_published_at=online), date(2027, 1, 1))
        assert deadline is not None
        assert deadline.standing is standing


def test_imported_and_undated_documents_have_no_deadline(here: Tenant) -> None:
    upload = DocumentImport.objects.create(rows=[], file_name="x.csv")
    assert deadline_of(document(issued=None)) is None
    assert deadline_of(document(imported=upload)) is None


def test_extra_days_off_come_from_the_settings(settings: Any, here: Tenant) -> None:
    settings.EXTRA_DAYS_OFF = ["2026-11-19"]
    deadline = deadline_of(document(), WEDNESDAY)
    assert deadline is not None
    assert deadline.due == date(2026, 11, 23)


def test_overdue_drafts_are_counted_by_what_the_draft_says(here: Tenant) -> None:
    late = create_legal_document("1/QĐ", publish=False, issued=WEDNESDAY)
    corrected = create_legal_document("2/QĐ", publish=False, issued=WEDNESDAY)
    corrected.issued = date(2026, 11, 20)
    corrected.save_revision()
    create_legal_document("3/QĐ", issued=WEDNESDAY)
    create_legal_document("4/QĐ", publish=False, issued=None)
    assert list(overdue(date(2026, 11, 20))) == []
    assert list(overdue(date(2026, 11, 23))) == [late]
    late.save_revision().publish()
    assert overdue(date(2026, 11, 23)).count() == 0
