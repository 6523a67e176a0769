"""The directory finds people without diacritics and by the digits of their numbers."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django_tenants.utils import tenant_context

from tenants.models import Tenant
from tests.sites.organisation.factories import create_person, create_structure, create_unit


@pytest.fixture
def agency(alpha: Tenant) -> Tenant:
    """A site with a directory of four people in two units, and a unit with a number only."""
    with tenant_context(alpha):
        chart = create_structure()
        create_structure("directory")
        create_person(chart, "Đặng Thị Ánh", position="Chủ tịch", phone="02733872184")
        office = create_unit(chart, "Văn phòng", phone="02733872190")
        create_person(office, "Nguyễn Văn Bình", mobile="0912345678")
        create_person(office, "Nguyễn Thị Ân", email="an@alpha.test")
        economy = create_unit(chart, "Phòng Kinh tế")
        create_person(economy, "Trần Nguyên Vân", position="Trưởng phòng")
        create_unit(chart, "Trạm Y tế", phone="02733555666")
    return alpha


def lines(browse: Any, tenant: Tenant, query: str = "") -> list[str]:
    """The names a request shows, in order."""
    page = browse(tenant).get(f"/directory/{query}")
    entries = page.context["directory"].entries
    return [entry.person.title if entry.person else entry.unit.title for entry in entries]


def test_everybody_stands_below_their_unit_in_the_order_of_the_tree(
    agency: Tenant, browse: Any
) -> None:
    everybody = ["Đặng Thị Ánh", "Nguyễn Văn Bình", "Nguyễn Thị Ân", "Trần Nguyên Vân", "Trạm Y tế"]
    assert lines(browse, agency) == everybody
    html = browse(agency).get("/directory/").content.decode()
    assert 'href="tel:+84912345678"' in html
    assert 'href="tel:+842733872190"' in html
    headings = ("Huyện Alpha", "Văn phòng", "Phòng Kinh tế", "Trạm Y tế")
    assert html.count('<section class="dir__unit">') == len(headings)


def test_by_name_sorts_by_given_name_in_vietnamese_order(agency: Tenant, browse: Any) -> None:
    by_given_name = ["Đặng Thị Ánh", "Nguyễn Thị Ân", "Nguyễn Văn Bình", "Trần Nguyên Vân"]
    assert lines(browse, agency, "?by=name") == [*by_given_name, "Trạm Y tế"]


QUERIES = {
    "nguyen van": ["Nguyễn Văn Bình", "Trần Nguyên Vân"],
    "NGUYỄN VĂN BÌNH": ["Nguyễn Văn Bình"],
    "dang anh": ["Đặng Thị Ánh"],
    "chu tich": ["Đặng Thị Ánh"],
    "kinh te": ["Trần Nguyên Vân"],
    "binh van phong": ["Nguyễn Văn Bình"],
    "912345": ["Nguyễn Văn Bình"],
    "+84 912 345 678": ["Nguyễn Văn Bình"],
    "02733872190": ["Nguyễn Văn Bình", "Nguyễn Thị Ân"],
    "3555.666": ["Trạm Y tế"],
    "tram": ["Trạm Y tế"],
    "khong co ai": [],
    "<script>": [],
}


def test_query_finds_by_name_office_unit_and_digits(agency: Tenant, browse: Any) -> None:
    assert {query: lines(browse, agency, f"?q={quote(query)}") for query in QUERIES} == QUERIES
    nothing = browse(agency).get("/directory/?q=%3Cscript%3Ex").content.decode()
    assert "<script>x" not in nothing
    assert 'class="empty"' in nothing


def test_directory_is_of_this_site_only(agency: Tenant, beta: Tenant, browse: Any) -> None:
    with tenant_context(beta):
        create_person(create_structure(), "Nguyễn Văn Beta")
        create_structure("directory")
    assert lines(browse, beta) == ["Nguyễn Văn Beta"]
    assert "Nguyễn Văn Beta" not in lines(browse, agency)
