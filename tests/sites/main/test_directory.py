"""The directory: every agency, its contacts, and who took over from whom."""

from __future__ import annotations

import csv
import gzip
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context
from wagtail.models import Site

from motcua.hub.models import Card
from sites.base.models import SiteSettings
from sites.base.reconciling import reconcile
from sites.main.directory import Directory, Wanted, initial, members_by_kind, table
from tenants.models import Domain, Tenant
from tests.factories import create_tenant

QUERIES = 12


def create_entry(label: str, **fields: Any) -> Tenant:
    """Register an agency without a schema: the directory reads the registry only."""
    given = {"name_vi": f"Xã {label.title()}", "kind": "commune", "status": "active", **fields}
    tenant = Tenant.objects.create(schema_name=f"s_{label}", label=label, **given)
    Domain.objects.create(domain=f"{label}.tinh.test", tenant=tenant, is_primary=True)
    return tenant


def names(**wanted: str) -> list[str]:
    """The names of the agencies that match."""
    return [entry.name for entry in Directory.load().find(Wanted(**wanted))]


def test_contacts_follow_what_a_webmaster_saves(main: Tenant, alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        settings = SiteSettings.for_site(Site.objects.get())
        settings.phone, settings.address = "0273 300 0060", "Số 1, đường 30 Tháng 4"
        settings.save()
    text = browse(main).get("/co-quan/", {"q": "alpha"}).content.decode()
    assert "0273 300 0060" in text
    assert "đường 30 Tháng 4" in text
    assert "0273 300 0060" in browse(main).get("/kenh/").content.decode()
    assert names(words="0273300") == names(words="273.300.0060") == ["Huyện Alpha"]
    assert names(words="huyen 0") == []


def test_newborn_site_brings_its_contacts_and_a_lost_card_comes_back(main: Tenant) -> None:
    gamma = create_tenant("gamma", phone="0273 111 222", address="Ấp 3")
    with tenant_context(gamma):
        Card.objects.filter(pk=gamma.schema_name).delete()
        reconcile()
    card = Card.objects.get(pk=gamma.schema_name)
    assert (card.phone, card.address) == ("0273 111 222", "Ấp 3")


def test_old_name_finds_the_successor(main: Tenant, browse: Any) -> None:
    new = create_entry("hoathuandong", name_vi="Xã Hòa Thuận Đông")
    middle = create_entry("giua", name_vi="Xã Ở Giữa", status="merged", successor=new)
    create_entry("hoathuan", name_vi="Xã Phước Lộc", status="merged", successor=middle)
    found = Directory.load().find(Wanted(words="phuoc loc"))
    assert {entry.name: entry.status for entry in found} == {
        "Xã Hòa Thuận Đông": "active", "Xã Phước Lộc": "merged",
    }  # fmt: skip
    text = browse(main).get("/co-quan/", {"q": "phuoc loc"}).content.decode()
    assert 'href="http://hoathuandong.tinh.test/"' in text
    assert "hoathuan.tinh.test" not in text.replace("hoathuandong", "")


def test_states_are_shown_as_they_are(main: Tenant, alpha: Tenant, browse: Any) -> None:
    create_entry("nghi", name_vi="Xã Tạm Nghỉ", status="suspended", parent=alpha)
    create_entry("cu", name_vi="Sở Lưu Trữ", status="archived", kind="department")
    create_entry("sap", name_vi="Xã Sắp Mở", status="preparing")
    text = browse(main).get("/co-quan/").content.decode()
    assert "Xã Tạm Nghỉ" in text
    assert "nghi.tinh.test" not in text
    assert "Sở Lưu Trữ" in text
    assert "cu.tinh.test" not in text
    assert "Xã Sắp Mở" not in text
    assert names(kind="department") == []
    assert names(words="luu tru") == ["Sở Lưu Trữ"]


def test_list_is_narrowed_by_kind_district_and_letter(
    main: Tenant, alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    create_entry("syt", name_vi="Sở Y tế", name_en="Department of Health", kind="department")
    create_entry("apbac", name_vi="Xã Ấp Bắc")
    assert names(kind="department") == ["Sở Y tế"]
    assert names(district="alpha") == ["Huyện Alpha", "Xã Beta"]
    assert names(letter="Â") == ["Xã Ấp Bắc"]
    assert names(words="health") == ["Sở Y tế"]
    assert browse(main).get("/co-quan/", {"kind": "x'", "letter": "🙂"}).status_code == 200


def test_tree_has_each_agency_in_office_once(main: Tenant, alpha: Tenant, beta: Tenant) -> None:
    create_entry("syt", name_vi="Sở Y tế", kind="department")
    create_entry("le", name_vi="Phường Lẻ", parent=main)
    tree = Directory.load().tree()
    listed = [entry.name for branch in tree for entry in branch.members]
    assert [branch.key for branch in tree] == ["department", "commune", "alpha"]
    assert sorted(listed) == ["Phường Lẻ", "Sở Y tế", "Xã Beta"]
    assert {kind: len(members) for kind, members in members_by_kind().items()} == {
        "department": 1, "district": 1, "commune": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "letter"),
    [("Xã Ấp Bắc", "Â"), ("Thị xã Cai Lậy", "C"), ("Phường Đạo Thạnh", "Đ"), ("Sở Y tế", "S"),
     ("Phường 10", "#"), ("Xã Ô Lâm", "Ô")],
)  # fmt: skip
def test_letter_under_which_people_look(name: str, letter: str) -> None:
    assert initial(name) == letter


def test_table_can_be_read_by_a_spreadsheet(main: Tenant, alpha: Tenant, browse: Any) -> None:
    create_entry("la", name_vi="=1+1", name_en='@"x"')
    response = browse(main).get("/co-quan.csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row[next(iter(row))] for row in rows} == {"Huyện Alpha", "Xã Beta", "'=1+1"}
    assert response["Content-Type"].startswith("text/csv")
    assert next(iter(table([], {"name": "Tên"}))) == "\ufeffTên\r\n"


def test_whole_province_is_fast_and_light(main: Tenant, browse: Any) -> None:
    districts = [create_entry(f"huyen{n}", name_vi=f"Huyện {n * 7919 % 997}", kind="district")
                 for n in range(11)]  # fmt: skip
    for number in range(168):
        create_entry(f"xa{number}", name_vi=f"Xã {number * 104729 % 8191} Đông",
                     division_type="xã", parent=districts[number % 11])  # fmt: skip
    for number in range(20):
        create_entry(f"so{number}", name_vi=f"Sở Số {number}", kind="department")
    for path in ("/co-quan/", "/co-quan/?kind=commune", "/co-quan/?q=dong", "/kenh/"):
        browse(main).get(path)
        with CaptureQueriesContext(connection) as queries:
            response = browse(main).get(path)
        assert len(queries) <= QUERIES, "\n".join(query["sql"] for query in queries)
        assert len(gzip.compress(response.content)) <= 15_000, path


def test_directory_of_an_empty_province_says_so(main: Tenant, browse: Any) -> None:
    Tenant.objects.exclude(pk=main.pk).update(status="preparing")
    for path in ("/co-quan/", "/kenh/"):
        response = browse(main).get(path)
        assert response.status_code == 200
        assert 'class="empty"' in response.content.decode()
