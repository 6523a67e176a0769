"""Every message of the pinned packages has a Vietnamese entry, theirs or ours."""

from __future__ import annotations

import pytest

from tests.locale.catalogues import messages_of_package, packages, translated_messages

PACKAGES = packages()


@pytest.mark.parametrize("package", PACKAGES)
def test_messages_of_the_package_are_translated(package: str) -> None:
    facts = PACKAGES[package]
    missing = [
        message
        for domain in ("django", "djangojs")
        for message in messages_of_package(facts["folders"], domain)
        - translated_messages([*facts["folders"], "django/conf"], domain)
        if message.singular and message.singular not in facts["exceptions"]
    ]
    assert len(missing) <= facts["missing"], missing


@pytest.mark.parametrize("package", PACKAGES)
def test_exceptions_are_real_messages(package: str) -> None:
    facts = PACKAGES[package]
    known = {message.singular for message in messages_of_package(facts["folders"], "django")}
    assert set(facts["exceptions"]) <= known


def test_every_folder_of_catalogues_belongs_to_a_counted_package() -> None:
    from tests.locale.catalogues import LOCALE

    assert {path.name for path in (LOCALE / "packages").iterdir()} <= set(PACKAGES)
