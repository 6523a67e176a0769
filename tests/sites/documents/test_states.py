"""Whether a document is in force: the table says the same in Python and in the database."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from sites.documents.models import LegalDocumentPage
from sites.documents.states import FACTS, State, state_expression, state_of
from tenants.models import Tenant

from .conftest import create_legal_document

TODAY = date(2026, 11, 20)
BEFORE, AFTER = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, State.UNKNOWN),
        ({"effective": TODAY}, State.IN_FORCE),
        ({"effective": AFTER}, State.PENDING),
        ({"effective": BEFORE, "expires": TODAY}, State.EXPIRED),
        ({"effective": BEFORE, "expires": AFTER}, State.IN_FORCE),
        ({"effective": BEFORE, "amended_on": BEFORE}, State.PARTLY),
        ({"effective": BEFORE, "amended_on": AFTER}, State.IN_FORCE),
        ({"effective": BEFORE, "replaced_on": AFTER}, State.IN_FORCE),
        ({"stated": "in_force"}, State.IN_FORCE),
        ({"stated": "in_force", "replaced_on": TODAY}, State.EXPIRED),
        ({"stated": "in_force", "effective": AFTER}, State.PENDING),
        ({"stated": "pending", "effective": BEFORE}, State.IN_FORCE),
        ({"stated": "expired", "effective": BEFORE}, State.EXPIRED),
        ({"stated": "partly"}, State.PARTLY),
        ({"effective": "2026-11-21", "stated": ""}, State.PENDING),
        ({"effective": "", "stated": "pending"}, State.PENDING),
    ],
)
def test_the_first_rule_that_applies_decides(facts: dict[str, Any], state: State) -> None:
    assert state_of(facts, TODAY) is state


def test_the_database_says_the_same_for_every_combination(here: Tenant) -> None:
    days = [None, BEFORE, TODAY, AFTER]
    combinations = list(product(["", "in_force", "partly"], days, [None, TODAY, AFTER],
                                [None, TODAY, AFTER], [None, AFTER]))  # fmt: skip
    document = create_legal_document()
    own = LegalDocumentPage.objects.filter(pk=document.pk)
    for values in combinations:
        facts = dict(zip(FACTS, values, strict=True))
        own.update(**facts)
        found = own.annotate(state_now=state_expression(TODAY)).values_list("state_now", flat=True)
        assert found.get() == state_of(facts, TODAY), facts
