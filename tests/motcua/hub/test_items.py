"""What the hub tells of an item: its source, its address now, whether it may be shown."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django_tenants.utils import tenant_context

from motcua.hub import actions
from motcua.hub.models import Audience, Item
from tenants.models import Domain, Tenant


def package(object_id: str = "1", **fields: Any) -> actions.Package:
    """A package of a piece of news."""
    given = {"model": "test.thing", "object_id": object_id, "translation_key": uuid.uuid4(),
             "language": "vi", "kind": "news", "title": "Đất đai", "path": "/tin/",
             "published_at": timezone.now(), "updated_at": timezone.now(), **fields}  # fmt: skip
    return actions.Package(**given)


def put(tenant: Tenant, *packages: actions.Package) -> list[Item]:
    """Put packages into the hub and return the site's items of them."""
    with tenant_context(tenant):
        actions.put(list(packages))
    return list(Item.objects.filter(site=tenant.schema_name, model="test.thing").order_by("pk"))


def test_second_package_of_a_thing_overwrites_the_first(alpha: Tenant) -> None:
    [first] = put(alpha, package(title="Trước", version=1))
    [second] = put(alpha, package(title="Sau", version=2))
    assert (second.pk, second.title, second.version) == (first.pk, "Sau", 2)
    assert second.stored_at > first.stored_at


def test_equal_numbers_of_two_sites_are_two_things(alpha: Tenant, beta: Tenant) -> None:
    put(alpha, package(title="Của Alpha"))
    put(beta, package(title="Của Beta"))
    with tenant_context(beta):
        actions.remove("test.thing", ["1"])
    assert [item.title for item in Item.objects.filter(model="test.thing")] == ["Của Alpha"]


def test_many_packages_are_one_statement(alpha: Tenant) -> None:
    with tenant_context(alpha), CaptureQueriesContext(connection) as queries:
        actions.put([package(str(number)) for number in range(50)])
    assert len([query for query in queries if "INSERT" in query["sql"]]) == 1


def test_removing_what_is_not_there_is_no_error(alpha: Tenant) -> None:
    with tenant_context(alpha):
        actions.remove("test.thing", ["404"])


def test_item_is_found_without_diacritics(alpha: Tenant) -> None:
    [item] = put(alpha, package(title="Đất đai", abstract="Quyền sử dụng"))
    assert item.folded == "dat dai quyen su dung"


def test_address_follows_the_primary_domain(alpha: Tenant) -> None:
    [item] = put(alpha, package(image_path="/media/images/a.png"))
    assert item.url == "http://alpha.tinh.test/tin/"
    Domain.objects.create(domain="moi.tinh.test", tenant=alpha, is_primary=False).make_primary()
    item = Item.objects.get(pk=item.pk)
    assert item.url == "http://moi.tinh.test/tin/"
    assert item.image_url == "http://moi.tinh.test/media/images/a.png"
    assert item.source_url == "http://moi.tinh.test"


def test_item_without_a_picture_has_no_address_of_one(alpha: Tenant) -> None:
    [item] = put(alpha, package())
    assert item.image_url == ""


def test_source_is_named_in_the_readers_language(alpha: Tenant) -> None:
    Tenant.objects.filter(pk=alpha.pk).update(name_en="Alpha District")
    [item] = put(alpha, package())
    assert item.source_name == "Huyện Alpha"
    with translation.override("en"):
        assert item.source_name == "Alpha District"


def test_listing_costs_a_fixed_number_of_queries(alpha: Tenant, beta: Tenant) -> None:
    for tenant in (alpha, beta):
        put(tenant, *(package(str(number)) for number in range(10)))
    with CaptureQueriesContext(connection) as queries:
        listed = [(item.url, item.source_name) for item in Item.objects.public().newest()]
    assert len(listed) >= 20
    assert len(queries) == 2


def test_newest_comes_first(alpha: Tenant) -> None:
    now = timezone.now()
    put(alpha, package("1", published_at=now), package("2", published_at=now.replace(year=2020)),
        package("3", published_at=now.replace(year=2030)))  # fmt: skip
    found = Item.objects.filter(model="test.thing").newest()
    assert [item.object_id for item in found] == ["3", "1", "2"]


@pytest.mark.parametrize("status", ["preparing", "suspended", "archived", "merged"])
def test_items_of_a_site_that_is_not_active_are_not_public(status: str, alpha: Tenant) -> None:
    [item] = put(alpha, package())
    assert item in Item.objects.public()
    Tenant.objects.filter(pk=alpha.pk).update(status=status)
    assert item not in Item.objects.public()


def test_item_for_agencies_is_not_public(alpha: Tenant) -> None:
    [item] = put(alpha, package(audience=Audience.AGENCIES))
    assert item not in Item.objects.public()
