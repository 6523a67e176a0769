"""The list: what a row says, search, filters, order, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tenants.utils import schema_context, tenant_context

from motcua.hub.models import Item
from tenants.lifecycle import Status
from tenants.models import Domain, Kind, Tenant
from tests import factories


def names(answer: Any) -> list[str]:
    return [site.name_vi for site in answer.context["object_list"]]


def create_rows(count: int) -> None:
    """Make registry rows without schemas: the list reads nothing else."""
    with schema_context("public"):
        for number in range(count):
            tenant = Tenant.objects.create(
                schema_name=f"s_row{number:09}",
                label=f"hang{number}",
                name_vi=f"Xã Hàng {number}",
                kind=Kind.COMMUNE,
                status=Status.ACTIVE,
            )
            Domain.objects.create(tenant=tenant, domain=f"hang{number}.tinh.test", is_primary=True)


def test_a_row_names_site_address_kind_superior_and_status(
    alpha: Tenant, beta: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    page = registry.get(address("index")).content.decode()
    for text in ["Huyện Alpha", "Xã Beta", "http://beta.tinh.test/", address("site", beta.pk)]:
        assert text in page
    assert "Tỉnh Thử</a>" not in page


@pytest.mark.parametrize("query", ["huyen alpha", "HUYỆN", "alpha.tinh", "Huye\u0302\u0323n"])
def test_search_ignores_diacritics_case_and_normal_form(
    alpha: Tenant, registry: Client, address: Callable[..., str], query: str
) -> None:
    assert names(registry.get(address("index"), {"q": query})) == ["Huyện Alpha"]


def test_filters_narrow_by_kind_status_and_failed_upgrade(
    alpha: Tenant, beta: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    Tenant.objects.filter(pk=beta.pk).update(maintenance_error="no such column")
    for query, expected in [
        ({"kind": "district"}, ["Huyện Alpha"]),
        ({"status": "suspended"}, []),
        ({"failed": "1"}, ["Xã Beta"]),
        ({"kind": ["district", "commune"], "status": "active"}, ["Huyện Alpha", "Xã Beta"]),
    ]:
        assert names(registry.get(address("index"), query)) == expected


def test_a_failed_upgrade_is_marked(
    beta: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    assert "registry-failed" not in registry.get(address("index")).content.decode()
    Tenant.objects.filter(pk=beta.pk).update(maintenance_error="no such column")
    assert "registry-failed" in registry.get(address("index")).content.decode()


def test_names_stand_in_the_order_of_the_vietnamese_alphabet(
    registry: Client, address: Callable[..., str]
) -> None:
    with schema_context("public"):
        for label, name in [("d", "Đông"), ("dung", "Dũng"), ("an", "Ấn"), ("anh", "Anh")]:
            factories.create_tenant(label, name_vi=name, kind=Kind.AGENCY)
    found = names(registry.get(address("index"), {"kind": "agency"}))
    assert found == ["Anh", "Ấn", "Dũng", "Đông"]
    turned = names(registry.get(address("index"), {"kind": "agency", "ordering": "-name_sort"}))
    assert turned == found[::-1]


def test_last_publication_is_the_newest_item_of_the_site(
    alpha: Tenant, beta: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    with tenant_context(beta):
        factories.create_article("Tin mới nhất")
        newest = Item.objects.filter(site=beta.schema_name).latest("updated_at")
    answer = registry.get(address("index"), {"ordering": "-last_publication"})
    first = answer.context["object_list"][0]
    assert (first.pk, first.last_publication) == (beta.pk, newest.updated_at)
    assert first.last_publication <= timezone.now()


def test_the_list_costs_the_same_with_two_hundred_sites(
    registry: Client, address: Callable[..., str]
) -> None:
    registry.get(address("index"))
    with CaptureQueriesContext(connection) as few:
        registry.get(address("index"))
    create_rows(200)
    registry.get(address("index"))  # which site a host is was forgotten in the meantime
    with CaptureQueriesContext(connection) as many:
        answer = registry.get(address("index"))
    assert len(answer.context["object_list"]) == 50
    assert len(many) <= len(few)
    assert names(registry.get(address("index"), {"p": 5}))


def test_results_come_as_a_fragment_for_the_search_field(
    alpha: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    page = registry.get(address("index_results"), {"q": "alpha"}).content.decode()
    assert "Huyện Alpha" in page
    assert "<html" not in page
