from __future__ import annotations

import pytest
from django.core import checks
from pytest_django import Settings


def found() -> set[str]:
    messages = checks.run_checks(tags=["security"], include_deployment_checks=True)
    return {message.id for message in messages if message.id.startswith("people.")}


def test_settings_of_the_house_pass(settings: Settings) -> None:
    settings.CITIZEN_ID_DIGEST_KEY = "d" * 32
    assert found() == set()


@pytest.mark.parametrize(
    ("setting", "value", "check"),
    [
        ("CITIZEN_ID_KEYS", [], "people.E001"),
        ("CITIZEN_ID_KEYS", ["no key"], "people.E001"),
        ("CITIZEN_ID_DIGEST_KEY", "short", "people.W001"),
        ("ACCOUNT_EMAIL_CONFIRMATION_HMAC", True, "people.E002"),
        ("ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR", None, "people.E003"),
    ],
)
def test_unsafe_setting_is_named(
    settings: Settings, setting: str, value: object, check: str
) -> None:
    settings.CITIZEN_ID_DIGEST_KEY = "d" * 32
    setattr(settings, setting, value)
    assert found() == {check}
