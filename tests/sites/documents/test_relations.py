"""Documents that replace or amend each other: both ends are right at every moment."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from wagtail.models import Locale, Page, Revision

from motcua.hub.models import Item
from sites.base.reconciling import reconcile
from sites.documents.models import DocumentRelation, LegalDocumentPage
from sites.documents.relations import number_and_day
from sites.documents.states import State, state_of
from tenants.models import Tenant

from .conftest import create_legal_document


def relate(
    source: LegalDocumentPage, target: LegalDocumentPage | str, kind: str = "replaces"
) -> LegalDocumentPage:
    """Let `source` replace or amend a document, or the one with this number; publish it."""
    named = {"number": target} if isinstance(target, str) else {"target": target}
    source.relations.add(DocumentRelation(kind=kind, **named))
    source.save_revision().publish()
    return LegalDocumentPage.objects.get(pk=source.pk)


def state(page: LegalDocumentPage) -> State:
    return LegalDocumentPage.objects.get(pk=page.pk).state


def hub_state(page: Page) -> State:
    return state_of(Item.objects.get(site=connection.schema_name, object_id=str(page.pk)).details)


def test_replacing_ends_the_older_document_and_taking_it_back_revives_it(here: Tenant) -> None:
    old = create_legal_document("32/2019/QĐ-UBND")
    new = relate(create_legal_document("10/2024/QĐ-UBND"), old)
    assert state(old) is hub_state(old) is State.EXPIRED
    new.unpublish()
    assert state(old) is hub_state(old) is State.IN_FORCE
    new.refresh_from_db()
    new.save_revision().publish()
    assert state(old) is State.EXPIRED
    LegalDocumentPage.objects.get(pk=new.pk).delete()
    assert state(old) is hub_state(old) is State.IN_FORCE
    assert reconcile() == []


def test_removing_the_relation_revives_the_older_document(
    here: Tenant,
) -> None:
    old = create_legal_document("32/2019/QĐ-UBND")
    new = relate(create_legal_document("10/2024/QĐ-UBND"), old, "amends")
    assert state(old) is hub_state(old) is State.PARTLY
    new.relations.clear()
    new.save_revision().publish()
    assert state(old) is hub_state(old) is State.IN_FORCE


def test_a_draft_replaces_nothing_and_a_later_date_not_yet(here: Tenant) -> None:
    old = create_legal_document("32/2019/QĐ-UBND")
    new = create_legal_document("10/2024/QĐ-UBND", publish=False)
    new.relations.add(DocumentRelation(kind="replaces", target=old))
    new.save_revision()
    assert state(old) is State.IN_FORCE
    tomorrow = timezone.localdate() + timedelta(days=1)
    new.effective = tomorrow
    new.save_revision().publish()
    stored = LegalDocumentPage.objects.get(pk=old.pk)
    assert stored.state is State.IN_FORCE
    assert state_of(stored.facts, tomorrow) is State.EXPIRED


def test_an_old_revision_does_not_bring_a_replaced_document_back(here: Tenant) -> None:
    old = create_legal_document("32/2019/QĐ-UBND")
    revision = old.save_revision()
    relate(create_legal_document("10/2024/QĐ-UBND"), old)
    assert Revision.objects.get(pk=revision.pk).as_object().state is State.EXPIRED
    revision.publish()
    assert state(old) is hub_state(old) is State.EXPIRED


def test_circles_are_refused(here: Tenant) -> None:
    a, b, c = (create_legal_document(f"{n}/2020/QĐ-UBND") for n in (1, 2, 3))
    relate(b, a)
    relate(c, b, "amends")
    for target in (a, c):
        a.relations.add(DocumentRelation(kind="replaces", target=target))
        with pytest.raises(ValidationError):
            a.save_revision()
        a = LegalDocumentPage.objects.get(pk=a.pk)
    assert state(c) is State.IN_FORCE


def test_a_number_is_linked_when_its_document_appears(here: Tenant) -> None:
    new = relate(create_legal_document("10/2024/QĐ-UBND"), "Số 32/2019/qd-ubnd")
    assert new.relations.get().target_id is None
    old = create_legal_document("32/2019/QĐ-UBND")
    assert DocumentRelation.objects.get().target_id == old.pk
    assert state(old) is hub_state(old) is State.EXPIRED
    # The link survives a revision that was written before it existed.
    new.save_revision().publish()
    assert DocumentRelation.objects.get().target_id == old.pk


def test_a_number_that_means_two_documents_is_linked_by_its_day_only(here: Tenant) -> None:
    create_legal_document("12/QĐ-UBND", issued=date(2018, 2, 1))
    meant = create_legal_document("12/QĐ-UBND", issued=date(2019, 3, 5))
    new = relate(create_legal_document("10/2024/QĐ-UBND"), "12/QĐ-UBND")
    assert new.relations.get().target_id is None
    other = relate(create_legal_document("11/2024/QĐ-UBND"), "12/QĐ-UBND ngày 05/03/2019")
    assert other.relations.get().target_id == meant.pk


def test_a_deleted_document_is_still_named_by_its_number(here: Tenant, browse: Any) -> None:
    old = create_legal_document("32/2019/QĐ-UBND")
    new = relate(create_legal_document("10/2024/QĐ-UBND"), old)
    old.delete()
    text = browse(here).get(new.url).content.decode()
    assert "32/2019/QĐ-UBND" in text


def test_both_pages_name_the_other_but_no_restricted_one(here: Tenant, browse: Any) -> None:
    old = create_legal_document("32/2019/QĐ-UBND")
    new = relate(create_legal_document("10/2024/QĐ-UBND"), old)
    assert new.url in browse(here).get(old.url).content.decode()
    assert old.url in browse(here).get(new.url).content.decode()
    new.view_restrictions.create(restriction_type="login")
    text = browse(here).get(old.url).content.decode()
    assert "10/2024/QĐ-UBND" not in text


def test_an_alias_shows_the_same_state_and_relations(here: Tenant, browse: Any) -> None:
    """Only older versions made aliases of documents; one that a page links to is still there."""
    old = create_legal_document("32/2019/QĐ-UBND")
    english = Locale.objects.get(language_code="en")
    made = old.copy_for_translation(english, copy_parents=True, alias=True)
    mirror = LegalDocumentPage.objects.get(pk=made.pk)
    new = relate(create_legal_document("10/2024/QĐ-UBND"), old)
    assert state(mirror) is State.EXPIRED
    assert "10/2024/QĐ-UBND" in browse(here).get(mirror.url).content.decode()
    old.refresh_from_db()
    old.save_revision().publish()
    assert state(mirror) is State.EXPIRED
    new.unpublish()
    assert state(mirror) is State.IN_FORCE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12/QĐ-UBND ngày 05/03/2019", ("12/QĐ-UBND", date(2019, 3, 5))),
        ("12/QĐ-UBND, 5.3.2019", ("12/QĐ-UBND", date(2019, 3, 5))),
        ("12/QĐ-UBND", ("12/QĐ-UBND", None)),
        ("12/QĐ-UBND ngày mai", ("12/QĐ-UBND ngày mai", None)),
    ],
)
def test_number_and_day_are_told_apart(text: str, expected: tuple[str, date | None]) -> None:
    assert number_and_day(text) == expected
