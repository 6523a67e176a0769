"""Editing what the registry holds of a member site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django_tenants.utils import tenant_context
from wagtail.models import Site

from motcua.audit.models import AuditEvent
from motcua.people.models import User
from tenants.lifecycle import Status
from tenants.models import Tenant
from tests import factories


def filled(**fields: Any) -> dict[str, Any]:
    """Return the form of `beta` as a browser sends it back; further fields replace."""
    return {"name_vi": "Xã Beta", "kind": "commune", "parent": "alpha",
            "languages": ["vi", "en"], **fields}  # fmt: skip


def test_the_form_shows_what_is_stored(
    beta: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    page = registry.get(address("edit", beta.pk)).content.decode()
    assert 'value="Xã Beta"' in page
    assert '<option value="alpha" selected>' in page


def test_changes_are_stored_and_reach_the_site(
    beta: Tenant, registry: Client, administrator: User, address: Callable[..., str]
) -> None:
    answer = registry.post(
        address("edit", beta.pk),
        filled(name_vi="Phường Beta", name_en="Beta Ward", theme="sen", languages=["vi"],
               division_type="phường", parent="tinh"),
    )  # fmt: skip
    assert answer.url == address("site", beta.pk)
    fresh = Tenant.objects.get(pk=beta.pk)
    assert (fresh.name_vi, fresh.theme, fresh.languages) == ("Phường Beta", "sen", ["vi"])
    assert fresh.parent.label == "tinh"
    with tenant_context(fresh):
        assert Site.objects.get().site_name == "Phường Beta"
    event = AuditEvent.objects.get(action="site.changed", site=beta.schema_name)
    assert set(event.detail["fields"]) == {
        "name_vi", "name_en", "theme", "languages", "division_type", "parent",
    }  # fmt: skip
    assert event.actor == administrator.email


def test_nothing_changed_writes_nothing(
    beta: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    registry.post(address("edit", beta.pk), filled())
    assert not AuditEvent.objects.filter(action="site.changed").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("name_vi", ""), ("kind", "province"), ("parent", "beta"), ("parent", "nowhere"),
     ("agency_code", "!"), ("theme", "nowhere")],
)  # fmt: skip
def test_a_bad_value_is_named_beside_its_field(
    beta: Tenant, registry: Client, address: Callable[..., str], field: str, value: str
) -> None:
    answer = registry.post(address("edit", beta.pk), filled(**{field: value}))
    assert list(answer.context["form"].errors) == [field]
    assert Tenant.objects.get(pk=beta.pk).name_vi == "Xã Beta"


def test_superior_agencies_cannot_go_round_in_a_circle(
    alpha: Tenant, beta: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    answer = registry.post(
        address("edit", alpha.pk), filled(name_vi="Huyện Alpha", kind="district", parent="beta")
    )
    assert list(answer.context["form"].errors) == ["parent"]


def test_label_schema_and_status_cannot_be_smuggled_in(
    beta: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    registry.post(
        address("edit", beta.pk),
        filled(label="gamma", schema_name="main", status="archived", domain="x.tinh.test"),
    )
    fresh = Tenant.objects.get(pk=beta.pk)
    assert (fresh.label, fresh.schema_name, fresh.status) == (
        "beta", beta.schema_name, Status.ACTIVE,
    )  # fmt: skip


def test_an_archived_superior_agency_stays_the_present_choice(
    alpha: Tenant, beta: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    Tenant.objects.filter(pk=alpha.pk).update(status=Status.ARCHIVED)
    page = registry.get(address("edit", beta.pk)).content.decode()
    assert '<option value="alpha" selected>' in page


def test_superior_agencies_are_offered_by_kind_and_alphabet(
    beta: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    connection.set_schema_to_public()
    for label, name in [("sod", "Sở Đông"), ("soa", "Sở An"), ("soaa", "Sở Ấn")]:
        factories.create_tenant(label, name_vi=name, kind="department")
    form = registry.get(address("edit", beta.pk)).context["form"]
    groups = [[name for _label, name in names] for _kind, names in form.fields["parent"].choices]
    assert groups == [["Tỉnh Thử"], ["Sở An", "Sở Ấn", "Sở Đông"], ["Huyện Alpha"]]
