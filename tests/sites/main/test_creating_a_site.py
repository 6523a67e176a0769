"""The form that makes a site: what it checks, keeps, makes, and makes only once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django_tenants.utils import schema_context, tenant_context

from motcua.audit.models import AuditEvent
from motcua.jobs.models import Job
from motcua.people.models import Invitation, User
from sites.base.models import SiteSettings
from sites.main.labels import suggest_label
from sites.main.submissions import new_token
from tenants import pool, provisioning
from tenants.lifecycle import Status
from tenants.models import SpareSchema, TemplateDump, Tenant
from tenants.registry import Registry
from tests import factories


def filled(**fields: Any) -> dict[str, Any]:
    """Return a form as a browser sends it; further fields replace or add to it."""
    return {
        "token": new_token(),
        "name_vi": "Xã Tân Phước",
        "label": "tanphuoc",
        "kind": "commune",
        "parent": "alpha",
        "languages": ["vi", "en"],
        **fields,
    }


def errors(answer: Any) -> dict[str, list[str]]:
    return dict(answer.context["form"].errors)


def test_a_filled_form_makes_the_site_and_leads_to_its_checklist(
    alpha: Tenant, registry: Client, administrator: User, address: Callable[..., str]
) -> None:
    values = filled(
        name_en="Tan Phuoc Commune", theme="sen", address="Ấp 1, xã Tân Phước",
        phone="0273 3872 582", email="ubnd@tanphuoc.test", admin_name="Lê Văn Tám",
        admin_email="tam@tanphuoc.test", agency_code="H58.01.02",
    )  # fmt: skip
    answer = registry.post(address("new"), values)
    site = Tenant.objects.get(label="tanphuoc")
    assert answer.url == address("site", site.pk)
    assert (site.primary_domain, site.parent_id) == ("tanphuoc.tinh.test", alpha.pk)
    assert (site.status, site.theme, site.languages) == (Status.PREPARING, "sen", ["vi", "en"])
    with tenant_context(site):
        settings = SiteSettings.objects.get()
        assert (settings.address, settings.phone) == ("Ấp 1, xã Tân Phước", "0273 3872 582")
        assert Invitation.objects.get().email == "tam@tanphuoc.test"
    with schema_context("public"):
        assert Job.objects.filter(site=site.schema_name, kwargs__kind="people/invitation").exists()
    event = AuditEvent.objects.get(action="site.created", site=site.schema_name)
    assert event.actor == administrator.email


def test_launch_at_once_opens_the_site(
    alpha: Tenant, registry: Client, address: Callable[..., str], browse: Callable[..., Client]
) -> None:
    registry.post(address("new"), filled(launch="on"))
    site = Tenant.objects.prefetch_related("domains").get(label="tanphuoc")
    assert site.status == Status.ACTIVE
    assert browse(site).get("/").status_code == 200


def test_a_site_in_preparation_is_not_public(
    alpha: Tenant, registry: Client, address: Callable[..., str], browse: Callable[..., Client]
) -> None:
    registry.post(address("new"), filled())
    site = Tenant.objects.prefetch_related("domains").get(label="tanphuoc")
    assert browse(site).get("/").status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name_vi", ""),
        ("label", "beta"),
        ("label", "admin"),
        ("label", "không hợp lệ"),
        ("domain", "beta.tinh.test"),
        ("domain", "xa.example.org"),
        ("domain", "http://xa.tinh.test/"),
        ("kind", ""),
        ("kind", "planet"),
        ("kind", "province"),
        ("parent", "khong-co"),
        ("parent", "beta"),
        ("agency_code", "???"),
        ("theme", "khong-co"),
        ("phone", "gọi sau"),
        ("email", "khong-phai"),
        ("admin_email", "khong-phai"),
        ("admin_name", "A" * 151),
    ],
)
def test_a_bad_value_is_named_beside_its_field_and_nothing_is_made(
    beta: Tenant, registry: Client, address: Callable[..., str], field: str, value: str
) -> None:
    before = Tenant.objects.count()
    answer = registry.post(address("new"), filled(**{field: value}))
    assert answer.status_code == 200
    assert list(errors(answer)) == [field]
    assert Tenant.objects.count() == before
    page = answer.content.decode()
    assert "Xã Tân Phước" in page or field == "name_vi"


def test_what_was_typed_stays_in_the_form(registry: Client, address: Callable[..., str]) -> None:
    answer = registry.post(address("new"), filled(label="admin", phone="0273 3872 582"))
    page = answer.content.decode()
    for text in ["Xã Tân Phước", "0273 3872 582", 'value="admin"']:
        assert text in page
    assert '<option value="alpha" selected>' in page


def test_errors_come_in_vietnamese(registry: Client, address: Callable[..., str]) -> None:
    answer = registry.post(address("new"), filled(label="admin"))
    assert errors(answer)["label"] == ["Nhãn “admin” đã được dành riêng."]


def test_errors_come_in_the_readers_own_language(
    registry: Client, address: Callable[..., str], english: None
) -> None:
    answer = registry.post(address("new"), filled(label="admin"))
    assert errors(answer)["label"] == ["The label “admin” is reserved."]


def test_without_a_label_the_name_gives_one(registry: Client, address: Callable[..., str]) -> None:
    registry.post(address("new"), filled(label="", name_vi="Xã Đông Hòa Hiệp"))
    assert Tenant.objects.filter(label="donghoahiep").exists()


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Sở Y tế", "soyte"),
        ("Xã Tân Phước", "tanphuoc"),
        ("Thị trấn Vĩnh Bình", "vinhbinh"),
        ("Xa\u0303 Ðông Hòa", "donghoa"),
        ("Xã Beta", "xabeta"),
        ("Xã Alpha", "xaalpha"),
        ("Mail", "mail-2"),
        ("…", ""),
        ("", ""),
    ],
)
def test_suggested_labels_are_bare_names_that_are_free(db: None, name: str, label: str) -> None:
    connection.set_schema_to_public()
    assert suggest_label(name, Registry.load()) == label


def test_the_form_is_told_the_suggestion(registry: Client, address: Callable[..., str]) -> None:
    assert registry.get(address("label"), {"name": "Xã Beta"}).json() == {"label": "xabeta"}


def test_the_same_form_sent_twice_makes_one_site(
    registry: Client, address: Callable[..., str]
) -> None:
    values = filled(label="")
    first = registry.post(address("new"), values)
    second = registry.post(address("new"), values)
    assert first.url == second.url
    assert Tenant.objects.filter(name_vi="Xã Tân Phước").count() == 1
    assert not [message for message in get_messages(second.wsgi_request) if message.tags == "error"]


def test_another_form_with_the_same_label_is_refused(
    registry: Client, address: Callable[..., str]
) -> None:
    registry.post(address("new"), filled())
    answer = registry.post(address("new"), filled())
    assert list(errors(answer)) == ["label"]


def test_somebody_elses_token_leads_nowhere(
    main: Tenant, registry: Client, browse: Callable[..., Client], address: Callable[..., str]
) -> None:
    values = filled()
    registry.post(address("new"), values)
    with tenant_context(main):
        other = factories.create_user(email="khac@tinh.test", superuser=True)
    answer = browse(main, user=other).post(address("new"), values)
    assert list(errors(answer)) == ["label"]


def test_a_site_taken_in_the_same_moment_is_an_error_and_not_a_crash(
    registry: Client, address: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    create = provisioning.create_site

    def lose_the_race(site: Any, *, by: Any) -> Any:
        create(site, by="somebody else")
        return create(site, by=by)

    monkeypatch.setattr("sites.main.creating.create_site", lose_the_race)
    answer = registry.post(address("new"), filled())
    assert answer.status_code == 200
    assert list(errors(answer)) == ["label"]
    assert registry.get(address("index")).status_code == 200


def test_a_site_comes_out_of_the_pool(registry: Client, address: Callable[..., str]) -> None:
    with schema_context("public"):
        spare = pool.add_spare(TemplateDump.objects.latest())
    registry.post(address("new"), filled())
    assert Tenant.objects.get(label="tanphuoc").schema_name == spare.schema_name
    assert not SpareSchema.objects.filter(pk=spare.pk).exists()


def test_two_simultaneous_clicks_make_one_site(
    committed: Any,
    main: Tenant,
    administrator: User,
    browse: Callable[..., Client],
    address: Callable[..., str],
) -> None:
    values = filled(label="")
    path = address("new")
    clients = [browse(main, user=administrator) for _click in range(2)]
    answers: list[str] = []

    def click(client: Any) -> None:
        try:
            answers.append(client.post(path, values).url)
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connection.set_schema_to_public()
    made = Tenant.objects.filter(name_vi="Xã Tân Phước")
    assert made.count() == 1
    assert answers == [address("site", made.get().pk)] * 2
