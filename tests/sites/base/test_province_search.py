"""What the main portal's search finds: agencies by name, then what they published."""

from __future__ import annotations

from typing import Any

from django_tenants.utils import tenant_context

from tenants.models import Tenant
from tests.factories import create_article, create_tenant


def found(browse: Any, main: Tenant, query: str) -> list[tuple[str, str]]:
    """Title and source of each result."""
    results = browse(main).get("/search/", {"query": query}).context["results"]
    return [(result.title, result.source_name) for result in results]


def test_agency_is_found_by_its_name_without_diacritics(main: Tenant, browse: Any) -> None:
    create_tenant("soyte", name_vi="Sở Y tế", kind="department")
    assert [title for title, _source in found(browse, main, "so y te")] == ["Sở Y tế"]


def test_agency_stands_before_the_news_that_name_it(
    main: Tenant, beta: Tenant, browse: Any
) -> None:
    with tenant_context(beta):
        create_article("Huyện Alpha khánh thành cầu")
    titles = [title for title, _source in found(browse, main, "huyện alpha")]
    assert titles == ["Huyện Alpha", "Huyện Alpha khánh thành cầu"]


def test_communes_of_one_name_are_told_apart(main: Tenant, alpha: Tenant, browse: Any) -> None:
    gamma = create_tenant("gamma", name_vi="Thị xã Gamma", kind="district", parent=main)
    for label, district in (("mot", alpha), ("hai", gamma)):
        with tenant_context(
            create_tenant(label, name_vi="Phường 1", kind="commune", parent=district)
        ):
            create_article("Lịch trực trạm bơm")
    sources = {source for _title, source in found(browse, main, "truc tram bom")}
    assert sources == {"Phường 1, Huyện Alpha", "Phường 1, Thị xã Gamma"}
    titles = {title for title, _source in found(browse, main, "phuong 1")}
    assert sources <= titles


def test_suspended_agency_is_not_found(main: Tenant, alpha: Tenant, browse: Any) -> None:
    Tenant.objects.filter(pk=alpha.pk).update(status="suspended")
    assert found(browse, main, "huyen alpha") == []
