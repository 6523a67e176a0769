from __future__ import annotations

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django_tenants.utils import tenant_context

from motcua.people.models import User
from tenants.models import Tenant
from tests.motcua.people.factories import create_user


def test_address_is_stored_in_lower_case_and_found_in_any_case(alpha: Tenant) -> None:
    with tenant_context(alpha):
        user = create_user(email=" An.Nguyen@Xa.TEST ")
        assert user.email == "an.nguyen@xa.test"
        assert User.objects.get(email="AN.nguyen@xa.test") == user
        assert User.objects.get_by_natural_key("An.Nguyen@XA.test") == user


def test_address_is_composed(alpha: Tenant) -> None:
    with tenant_context(alpha):
        user = create_user(email=unicodedata.normalize("NFD", "hòa@xã.test"))
        assert user.email == unicodedata.normalize("NFC", "hòa@xã.test")


def test_one_address_has_one_account_on_a_site(alpha: Tenant) -> None:
    with tenant_context(alpha):
        create_user(email="an@xa.test")
        with pytest.raises(IntegrityError), transaction.atomic():
            create_user(email="AN@xa.test")


def test_the_same_person_may_have_an_account_on_each_site(alpha: Tenant, beta: Tenant) -> None:
    for site in (alpha, beta):
        with tenant_context(site):
            create_user(email="an@xa.test")
            assert User.objects.filter(email="an@xa.test").count() == 1


def test_account_without_address_is_refused(alpha: Tenant) -> None:
    with tenant_context(alpha), pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("  ")


def test_name_is_composed_and_trimmed(alpha: Tenant) -> None:
    with tenant_context(alpha):
        user = create_user(name=unicodedata.normalize("NFD", "  Đặng  Thị Hòa\n"))
        assert user.name == unicodedata.normalize("NFC", "Đặng Thị Hòa")
        assert (user.get_full_name(), user.get_short_name()) == ("Đặng Thị Hòa", "Hòa")


def test_people_sort_by_given_name_in_vietnamese(alpha: Tenant) -> None:
    names = ["Lê Thị Đào", "Trần Văn Ân", "Nguyễn Văn An", "Phạm Dũng", "Bùi Thị An", "Lý Ánh"]
    with tenant_context(alpha):
        for number, name in enumerate(names):
            create_user(email=f"{number}@xa.test", name=name)
        ordered = [user.name for user in User.objects.by_name()]
    assert ordered == [
        "Bùi Thị An", "Nguyễn Văn An", "Lý Ánh", "Trần Văn Ân", "Phạm Dũng", "Lê Thị Đào",
    ]  # fmt: skip


def test_sort_key_follows_a_name_saved_alone(alpha: Tenant) -> None:
    with tenant_context(alpha):
        user = create_user(name="Lê An")
        before = user.name_sort
        user.name = "Lê Yến"
        user.save(update_fields=["name"])
        assert User.objects.get(pk=user.pk).name_sort > before


@pytest.mark.parametrize("phone", ["0912345678", "+84 912 345 678", "+0912345678", "+84"])
def test_phone_number_needs_its_country_code(alpha: Tenant, phone: str) -> None:
    with tenant_context(alpha), pytest.raises(ValidationError) as refused:
        User(email="an@xa.test", password="x", phone=phone).full_clean()
    assert list(refused.value.message_dict) == ["phone"]
