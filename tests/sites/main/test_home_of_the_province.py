"""The blocks of the main portal's home page: there when they have something, else not."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context
from wagtail.models import PageViewRestriction

from motcua.hub.models import Audience
from sites.home.province import EVENTS, NEWEST
from sites.main.models import GuidePage, LandingPage
from tenants.models import Tenant
from tests.sites.main.provinces import in_days, share

HEADINGS = {"h-documents", "h-events", "h-notices", "h-consultations"}
KINDS = {"document": "documents", "event": "events", "notice": "notices",
         "consultation": "consultations"}  # fmt: skip


def shown(browse: Any, main: Tenant) -> set[str]:
    """The headings of the optional blocks on the home page."""
    text = browse(main).get("/").content.decode()
    return {heading for heading in HEADINGS if f'id="{heading}"' in text}


def test_empty_province_shows_no_empty_block(main: Tenant, browse: Any) -> None:
    Tenant.objects.exclude(pk=main.pk).update(status="preparing")
    assert shown(browse, main) == set()
    text = browse(main).get("/").content.decode()
    assert "h-agencies" not in text
    assert 'class="empty"' in text  # the one for news


def test_blocks_come_with_their_items_and_go_with_the_site(
    main: Tenant, alpha: Tenant, browse: Any
) -> None:
    for kind in KINDS:
        share(alpha, f"Việc {kind}", kind, starts_at=in_days(1), ends_at=in_days(2))
    assert shown(browse, main) == HEADINGS
    context = browse(main).get("/").context
    for kind, name in KINDS.items():
        assert [item.title for item in context[name]] == [f"Việc {kind}"]
    Tenant.objects.filter(pk=alpha.pk).update(status="suspended")
    assert shown(browse, main) == set()


def test_what_is_over_or_for_agencies_only_is_not_shown(
    main: Tenant, alpha: Tenant, browse: Any
) -> None:
    for kind in ("event", "consultation"):
        share(alpha, "Đã qua", kind, starts_at=in_days(-3), ends_at=in_days(-1))
    for kind in KINDS:
        share(alpha, "Nội bộ", kind, audience=Audience.AGENCIES, ends_at=in_days(2))
    assert shown(browse, main) == set()


def test_featured_stands_first_among_the_newest_only(
    main: Tenant, alpha: Tenant, browse: Any
) -> None:
    share(alpha, "Cũ mà nổi bật", featured=True, published_at=in_days(-30))
    share(alpha, "Nổi bật", featured=True, published_at=in_days(-2))
    for number in range(NEWEST - 1):
        share(alpha, f"Tin {number}", published_at=in_days(-1))
    titles = [item.title for item in browse(main).get("/").context["newest"]]
    assert titles[0] == "Nổi bật"
    assert "Cũ mà nổi bật" not in titles


def test_featured_events_are_kept_and_all_stand_by_day(
    main: Tenant, alpha: Tenant, browse: Any
) -> None:
    for day in range(1, EVENTS + 3):
        share(alpha, f"Ngày {day}", "event", starts_at=in_days(day), ends_at=in_days(day + 0.1),
              featured=day == EVENTS + 2)  # fmt: skip
    titles = [item.title for item in browse(main).get("/").context["events"]]
    assert titles == ["Ngày 1", "Ngày 2", "Ngày 3", "Ngày 4", f"Ngày {EVENTS + 2}"]


def test_nine_groups_and_four_doors_stand_on_the_home_page(main: Tenant, browse: Any) -> None:
    for path, group, door in (("/", "Đăng ký kinh doanh", "Người dân"),
                              ("/en/", "Business registration", "Citizens")):  # fmt: skip
        context = browse(main).get(path).context
        assert len(context["guides"]) == 9
        assert context["guides"][0].title == group
        assert context["landings"][0].title == door
        assert len(context["landings"]) == 4


def test_unpublished_and_restricted_guides_leave_the_home_page(main: Tenant, browse: Any) -> None:
    with tenant_context(main):
        GuidePage.objects.get(slug="giay-phep-lai-xe").unpublish()
        hidden = GuidePage.objects.get(slug="tam-tru-tam-vang")
        PageViewRestriction.objects.create(page=hidden, restriction_type="login")
        LandingPage.objects.get(slug="du-khach").unpublish()
    context = browse(main).get("/").context
    titles = {item.title for item in [*context["guides"], *context["landings"]]}
    assert len(titles) == 7 + 3
    assert {"Giấy phép lái xe", "Tạm trú, tạm vắng", "Du khách"}.isdisjoint(titles)


def test_members_home_has_its_own_blocks_only(alpha: Tenant, beta: Tenant, browse: Any) -> None:
    share(beta, "Của Beta", "notice")
    for kind in ("document", "event", "notice"):
        share(alpha, f"Của Alpha: {kind}", kind, starts_at=in_days(1), ends_at=in_days(2))
    share(alpha, "Nội bộ", "notice", audience=Audience.AGENCIES)
    text = browse(alpha).get("/").content.decode()
    for kind in ("document", "event", "notice"):
        assert f"Của Alpha: {kind}" in text
    assert "Của Beta" not in text
    assert "Nội bộ" not in text


def test_full_home_costs_no_more_queries_than_one_with_an_item_of_each(
    main: Tenant, alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    costs = []
    for _round in range(3):
        for tenant in (alpha, beta):
            for kind in ("news", *KINDS):
                share(tenant, "Mục", kind, starts_at=in_days(1), ends_at=in_days(2))
        browse(main).get("/")
        with CaptureQueriesContext(connection) as queries:
            assert browse(main).get("/").status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1] == costs[2]
