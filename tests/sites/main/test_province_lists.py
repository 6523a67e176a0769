"""News, documents and events of the whole province, on the main portal only."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context
from icalendar import Calendar

from motcua.hub.models import Audience
from sites.base.models import StandardPage
from tenants.models import Tenant
from tests.factories import home
from tests.sites.main.provinces import in_days, share

PATHS = ["/tin-toan-tinh/", "/van-ban-toan-tinh/", "/su-kien-toan-tinh/", "/co-quan/", "/kenh/",
         "/su-kien-toan-tinh.ics", "/co-quan.csv", "/en/province-news/", "/en/province-documents/",
         "/en/province-events/", "/en/agencies/", "/en/channels/"]  # fmt: skip
NEWS_QUERIES = 16


def titles(browse: Any, main: Tenant, path: str, **query: str) -> list[str]:
    """What a list shows."""
    return [item.title for item in browse(main).get(path, query).context["items"]]


@pytest.mark.parametrize("path", PATHS)
def test_only_the_main_portal_answers(path: str, main: Tenant, alpha: Tenant, browse: Any) -> None:
    assert browse(main).get(path).status_code == 200
    assert browse(alpha).get(path).status_code == 404


def test_a_members_page_may_have_the_same_address(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        page = home().add_child(instance=StandardPage(title="Kênh của huyện", slug="kenh"))
        page.save_revision().publish()
        english = home("en").add_child(instance=StandardPage(title="Our channels", slug="channels"))
        english.save_revision().publish()
    assert "Kênh của huyện" in browse(alpha).get("/kenh/").content.decode()
    assert "Our channels" in browse(alpha).get("/en/channels/").content.decode()


def test_language_links_lead_to_the_same_list(main: Tenant, browse: Any) -> None:
    languages = browse(main).get("/co-quan/").context["languages"]
    assert {one["code"]: one["url"] for one in languages} == {
        "vi": "/co-quan/", "en": "/en/agencies/"
    }  # fmt: skip


def test_news_are_narrowed_by_agency_kind_year_and_words(
    main: Tenant, alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    share(alpha, "Cầu mới thông xe")
    share(alpha, "Cúp nước", "notice")
    share(beta, "Đường hoa", published_at=in_days(-800))
    share(beta, "Nội bộ", audience=Audience.AGENCIES)
    share(beta, "English", language="en")
    path = "/tin-toan-tinh/"
    assert set(titles(browse, main, path)) == {"Cầu mới thông xe", "Cúp nước", "Đường hoa"}
    assert titles(browse, main, path, agency="beta") == ["Đường hoa"]
    assert titles(browse, main, path, kind="notice") == ["Cúp nước"]
    assert titles(browse, main, path, year=str(in_days(-800).year)) == ["Đường hoa"]
    assert titles(browse, main, path, q="duong HOA") == ["Đường hoa"]
    assert titles(browse, main, path, q="khong co") == []
    for nonsense in ("0", "20x6", "٢٠٢٦", "99999999"):
        assert browse(main).get(path, {"year": nonsense}).status_code == 200
    Tenant.objects.filter(pk=beta.pk).update(status="suspended")
    assert "Đường hoa" not in titles(browse, main, path)


@pytest.mark.parametrize("query", ["1507/QĐ-UBND", "1507/qd-ubnd", "1507", "Số: 1507 / QÐ – UBND",
                                   "1507 QD UBND", "bảng giá", "bang gia dat"])  # fmt: skip
def test_document_is_found_by_its_number_in_any_writing(
    query: str, main: Tenant, alpha: Tenant, browse: Any
) -> None:
    share(alpha, "Ban hành bảng giá đất", "document", details={"number": "1507/QĐ-UBND"})
    share(alpha, "Một việc khác", "document", details={"number": "15070/QĐ-UBND"})
    assert titles(browse, main, "/van-ban-toan-tinh/", q=query) == ["Ban hành bảng giá đất"]


def test_documents_are_narrowed_by_type_and_issuer(
    main: Tenant, alpha: Tenant, browse: Any
) -> None:
    for number, (type_, issuer) in enumerate(
        [("Quyết định", "UBND tỉnh"), ("Nghị quyết", "HĐND tỉnh")], 1
    ):
        share(alpha, type_, "document",
              details={"number": f"{number}/X", "type": type_, "issuer": issuer})  # fmt: skip
    path = "/van-ban-toan-tinh/"
    assert titles(browse, main, path, type="Nghị quyết") == ["Nghị quyết"]
    assert titles(browse, main, path, issuer="UBND tỉnh") == ["Quyết định"]
    assert titles(browse, main, path, issuer="UBND tỉnh", type="Nghị quyết") == []
    [types, issuers, _years] = browse(main).get(path).context["facets"]
    assert {choice.label for choice in types.choices} == {"Quyết định", "Nghị quyết"}
    assert {choice.count for choice in issuers.choices} == {1}


def test_events_stand_by_month_until_they_are_over(
    main: Tenant, alpha: Tenant, browse: Any
) -> None:
    share(alpha, "Đang diễn ra", "event", starts_at=in_days(-40), ends_at=in_days(1))
    share(alpha, "Sau này", "event", starts_at=in_days(70), ends_at=in_days(71),
          details={"place": "Nhà hát, phường 1"})  # fmt: skip
    share(alpha, "Đã qua", "event", starts_at=in_days(-3), ends_at=in_days(-2))
    response = browse(main).get("/su-kien-toan-tinh/")
    months = response.context["months"]
    assert [[item.title for item in month.events] for month in months] == [
        ["Đang diễn ra"], ["Sau này"],
    ]  # fmt: skip
    calendar = Calendar.from_ical(browse(main).get("/su-kien-toan-tinh.ics").content)
    events = {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}
    assert set(events) == {"Đang diễn ra", "Sau này"}
    assert str(events["Sau này"]["LOCATION"]) == "Nhà hát, phường 1"


def test_lists_cost_the_same_whatever_they_hold(
    main: Tenant, alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    for path, kind in (("/tin-toan-tinh/", "news"), ("/van-ban-toan-tinh/", "document"),
                       ("/su-kien-toan-tinh/", "event")):  # fmt: skip
        costs = []
        for _round in range(2):
            for tenant in (alpha, beta):
                for _number in range(3):
                    share(tenant, "Mục", kind, starts_at=in_days(1), ends_at=in_days(2),
                          details={"number": "1/X", "type": "Quyết định"})  # fmt: skip
            browse(main).get(path)
            with CaptureQueriesContext(connection) as queries:
                browse(main).get(path)
            costs.append(len(queries))
        assert costs[0] == costs[1] <= NEWS_QUERIES, path
