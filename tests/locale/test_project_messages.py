"""The project's own catalogues hold exactly the messages of its sources, all translated."""

from __future__ import annotations

import pytest

from ops.local.catalogue_update import path_of, update
from ops.local.source_messages import messages_of_project
from tests.locale.catalogues import ROOT

FOUND = messages_of_project(ROOT)
REMEDY = "run ops/messages and translate what it lists"


def test_every_message_has_its_vietnamese() -> None:
    assert update(path_of("vi"), FOUND, write=False).missing == [], REMEDY


@pytest.mark.parametrize("language", ["vi", "en"])
def test_catalogue_holds_the_messages_of_the_sources(language: str) -> None:
    outcome = update(path_of(language), FOUND, write=False)
    assert (outcome.added, outcome.dropped) == ([], []), REMEDY
