from __future__ import annotations

import logging
from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError, ImproperlyConfigured, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django_tenants.utils import tenant_context
from pytest_django import Settings

from motcua.people.ciphers import DecryptionError
from motcua.people.models import User
from tenants.models import Tenant
from tests.motcua.people.factories import create_user

CITIZEN_ID = "082300012345"


@pytest.fixture(autouse=True)
def keys(settings: Settings) -> None:
    settings.CITIZEN_ID_KEYS = [Fernet.generate_key().decode()]
    settings.CITIZEN_ID_DIGEST_KEY = "d" * 32


def stored(user: User) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT citizen_id FROM people_user WHERE id = %s", [user.pk])
        text: str = cursor.fetchone()[0]
    return text


def test_number_is_encrypted_in_the_database_and_read_back(alpha: Tenant) -> None:
    with tenant_context(alpha):
        user = create_user(citizen_id=CITIZEN_ID)
        assert CITIZEN_ID not in stored(user)
        assert User.objects.get(pk=user.pk).citizen_id == CITIZEN_ID


def test_no_number_stays_empty(alpha: Tenant) -> None:
    with tenant_context(alpha):
        first, second = create_user(email="1@xa.test"), create_user(email="2@xa.test")
        assert stored(first) == ""
        assert first.citizen_id_digest is None
        assert second.masked_citizen_id == ""


def test_account_is_found_by_its_number_and_a_number_has_one_account(alpha: Tenant) -> None:
    with tenant_context(alpha):
        user = create_user(citizen_id=CITIZEN_ID)
        assert User.objects.with_citizen_id(CITIZEN_ID).get() == user
        with pytest.raises(IntegrityError), transaction.atomic():
            create_user(email="2@xa.test", citizen_id=CITIZEN_ID)


def test_ciphertext_cannot_be_searched(alpha: Tenant) -> None:
    with tenant_context(alpha), pytest.raises(FieldError):
        User.objects.filter(citizen_id=CITIZEN_ID).exists()


@pytest.mark.parametrize(
    "number", ["08230001234", "0823000123456", "08230001234a", "0" * 12 + "\n"]
)
def test_number_has_twelve_digits(alpha: Tenant, number: str) -> None:
    with tenant_context(alpha), pytest.raises(ValidationError) as refused:
        User(email="an@xa.test", password="x", citizen_id=number).full_clean()
    assert list(refused.value.message_dict) == ["citizen_id"]


def test_old_key_still_reads_after_a_rotation_and_new_one_writes(
    alpha: Tenant, settings: Settings
) -> None:
    with tenant_context(alpha):
        user = create_user(citizen_id=CITIZEN_ID)
        old, new = settings.CITIZEN_ID_KEYS[0], Fernet.generate_key().decode()
        settings.CITIZEN_ID_KEYS = [new, old]
        person = User.objects.get(pk=user.pk)
        assert person.citizen_id == CITIZEN_ID
        person.save()
        settings.CITIZEN_ID_KEYS = [new]
        assert User.objects.get(pk=user.pk).citizen_id == CITIZEN_ID


def test_missing_key_says_so_without_the_value_and_hinders_nothing_else(
    alpha: Tenant, settings: Settings
) -> None:
    with tenant_context(alpha):
        user = create_user(citizen_id=CITIZEN_ID)
        before = stored(user)
        settings.CITIZEN_ID_KEYS = [Fernet.generate_key().decode()]
        person = User.objects.get(pk=user.pk)
        with pytest.raises(DecryptionError, match=r"people\.User\.citizen_id") as error:
            _ = person.citizen_id
        assert CITIZEN_ID not in str(error.value)
        person.name = "Lê Bình"
        person.save()
        assert stored(user) == before


def test_without_keys_nothing_is_stored(alpha: Tenant, settings: Settings) -> None:
    settings.CITIZEN_ID_KEYS = []
    with tenant_context(alpha), pytest.raises(ImproperlyConfigured):
        create_user(citizen_id=CITIZEN_ID)


def test_number_is_masked_and_appears_in_no_text_of_the_account(
    alpha: Tenant, caplog: pytest.LogCaptureFixture
) -> None:
    with tenant_context(alpha), caplog.at_level(logging.DEBUG):
        user = create_user(citizen_id=CITIZEN_ID)
        fresh = User.objects.get(pk=user.pk)
        logging.getLogger("test").info("%s %r %r", fresh, fresh, vars(fresh))
        logging.getLogger("test").info("%r", list(User.objects.values("citizen_id")))
        assert fresh.masked_citizen_id == "••••••••2345"
    assert CITIZEN_ID not in caplog.text
    assert CITIZEN_ID not in f"{user} {user!r}"


def test_command_moves_every_number_to_the_new_key(
    alpha: Tenant, beta: Tenant, settings: Settings
) -> None:
    for site in (alpha, beta):
        with tenant_context(site):
            create_user(citizen_id=CITIZEN_ID)
            create_user(email="2@xa.test")
    new = Fernet.generate_key().decode()
    settings.CITIZEN_ID_KEYS = [new, *settings.CITIZEN_ID_KEYS]
    call_command("reencrypt_citizen_ids", stdout=StringIO())
    settings.CITIZEN_ID_KEYS = [new]
    for site in (alpha, beta):
        with tenant_context(site):
            assert User.objects.with_citizen_id(CITIZEN_ID).get().citizen_id == CITIZEN_ID
