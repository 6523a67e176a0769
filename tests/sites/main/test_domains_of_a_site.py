"""Adding, choosing and removing the domains of a member site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django_tenants.utils import tenant_context
from wagtail.models import Site

from motcua.audit.models import AuditEvent
from motcua.web import hosts
from tenants.models import Domain, Tenant


def domains(tenant: Tenant) -> list[tuple[str, bool]]:
    return list(Domain.objects.filter(tenant=tenant).values_list("domain", "is_primary"))


def add(tenant: Tenant, name: str, *, primary: bool = False) -> Domain:
    connection.set_schema_to_public()
    domain = Domain.objects.create(tenant=tenant, domain=name, is_primary=False)
    if primary:
        domain.make_primary()
    return domain


def test_an_added_domain_redirects_to_the_primary_one(
    beta: Tenant, registry: Client, address: Callable[..., str], client: Client
) -> None:
    registry.post(address("domains", beta.pk), {"domain": " Xa-Beta.Tinh.TEST "})
    assert domains(beta) == [("beta.tinh.test", True), ("xa-beta.tinh.test", False)]
    hosts.cache.clear()
    answer = client.get("/lien-he/", headers={"host": "xa-beta.tinh.test"})
    assert (answer.status_code, answer.url) == (301, "http://beta.tinh.test/lien-he/")
    assert AuditEvent.objects.filter(action="site.domain_added", site=beta.schema_name).exists()


def test_a_domain_can_become_primary_at_once(
    beta: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    registry.post(address("domains", beta.pk), {"domain": "b.tinh.test", "primary": "on"})
    assert domains(beta) == [("b.tinh.test", True), ("beta.tinh.test", False)]
    with tenant_context(beta):
        assert Site.objects.get().hostname == "b.tinh.test"


@pytest.mark.parametrize(
    "value",
    ["", "alpha.tinh.test", "xa.example.org", "http://xa.tinh.test", "a b", "www.tinh.test"],
)
def test_a_bad_domain_is_named_beside_the_field(
    alpha: Tenant, beta: Tenant, registry: Client, address: Callable[..., str], value: str
) -> None:
    answer = registry.post(address("domains", beta.pk), {"domain": value})
    assert list(answer.context["form"].errors) == ["domain"]
    assert domains(beta) == [("beta.tinh.test", True)]


def test_a_domain_taken_in_the_same_moment_is_an_error_and_not_a_crash(
    alpha: Tenant,
    beta: Tenant,
    registry: Client,
    address: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def check_then_lose(text: str) -> tuple[str, list[Any]]:
        Domain.objects.create(tenant=alpha, domain=text, is_primary=False)
        return text, []

    monkeypatch.setattr("sites.main.forms.check_domain", check_then_lose)
    answer = registry.post(address("domains", beta.pk), {"domain": "chung.tinh.test"})
    assert list(answer.context["form"].errors) == ["domain"]
    assert registry.get(address("index")).status_code == 200


def test_another_domain_becomes_primary_and_pages_know_it(
    beta: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    other = add(beta, "xabeta.tinh.test")
    registry.post(address("make_primary", beta.pk, other.pk))
    assert domains(beta) == [("xabeta.tinh.test", True), ("beta.tinh.test", False)]
    with tenant_context(beta):
        assert Site.objects.get().hostname == "xabeta.tinh.test"


def test_making_primary_is_no_matter_of_a_link(
    beta: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    other = add(beta, "xabeta.tinh.test")
    assert registry.get(address("make_primary", beta.pk, other.pk)).status_code == 405


def test_removing_asks_first(beta: Tenant, registry: Client, address: Callable[..., str]) -> None:
    other = add(beta, "xabeta.tinh.test")
    path = address("remove_domain", beta.pk, other.pk)
    assert "xabeta.tinh.test" in registry.get(path).content.decode()
    assert len(domains(beta)) == 2
    registry.post(path)
    assert domains(beta) == [("beta.tinh.test", True)]


def test_the_primary_domain_stays(
    beta: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    primary = beta.domains.get()
    answer = registry.post(address("remove_domain", beta.pk, primary.pk), follow=True)
    assert domains(beta) == [("beta.tinh.test", True)]
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
