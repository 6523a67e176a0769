"""Events: when they are, which list they stand in, what the hub knows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tenants.utils import tenant_context
from wagtail.models import Page

from motcua.hub.models import Item, ItemKind
from motcua.people import groups
from sites.news.models import EventPage, EventsPage
from tenants.models import Tenant
from tests.factories import create_user, home
from tests.sites.news.making import create_calendar, create_event, local

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def titles(context: Any) -> list[str]:
    """The events of a list, in its order."""
    return [event.title for event in context["events"]]


@pytest.mark.parametrize(
    ("fields", "over"),
    [
        ({}, (22, 23, 59)),
        ({"ends_at": local(22, 11, 2026, 11)}, (22, 11, 0)),
        ({"all_day": True}, (22, 23, 59)),
        ({"all_day": True, "ends_at": local(24, 11, 2026)}, (24, 23, 59)),
    ],
)
def test_event_is_over_at_its_end_or_with_its_day(
    fields: dict[str, Any], over: tuple[int, int, int], here: Tenant
) -> None:
    event = create_event(starts_at=local(22, 11, 2026, 7, 30), **fields)
    end = timezone.localtime(event.over_at)
    assert (end.day, end.hour, end.minute) == over
    assert event.days == end.day - 21


def test_event_cannot_end_before_it_begins_nor_lie_on_half_a_point(here: Tenant) -> None:
    begin = local(22, 11, 2026, 8)
    with pytest.raises(ValidationError) as refused:
        create_event(starts_at=begin, ends_at=begin - HOUR)
    assert list(refused.value.message_dict) == ["ends_at"]
    with pytest.raises(ValidationError) as refused:
        create_event("Khác", starts_at=begin, latitude="10.35")
    assert list(refused.value.message_dict) == ["longitude"]
    assert create_event("Cùng lúc", starts_at=begin, ends_at=begin).live


def test_hub_knows_when_and_where(here: Tenant) -> None:
    begin = local(22, 11, 2026, 7, 30)
    event = create_event(
        starts_at=begin, ends_at=begin + 3 * HOUR, place="Nhà Thiếu nhi", featured=True
    )
    item = Item.objects.get(site=here.schema_name, object_id=str(event.pk))
    assert (item.kind, item.starts_at, item.ends_at) == (ItemKind.EVENT, begin, begin + 3 * HOUR)
    assert item.featured
    assert item.details == {"place": "Nhà Thiếu nhi", "all_day": False, "cancelled": False}
    event.cancelled = True
    event.save_revision().publish()
    item.refresh_from_db()
    assert (item.details["cancelled"], item.featured) == (True, False)


def test_list_shows_what_is_to_come_first_and_the_past_when_asked(
    here: Tenant, browse: Any
) -> None:
    now = timezone.now()
    create_event("Qua rồi", slug="qua", starts_at=now - 3 * DAY)
    create_event("Qua lâu", slug="lau", starts_at=now - 30 * DAY)
    create_event("Đang diễn ra", slug="dang", starts_at=now - DAY, ends_at=now + DAY)
    create_event("Tuần sau", slug="tuan", starts_at=now + 7 * DAY)
    create_event("Nháp", slug="nhap", starts_at=now + DAY, publish=False)
    hidden = create_event("Hết hạn đăng", slug="het", starts_at=now + DAY)
    Page.objects.filter(pk=hidden.pk).update(expire_at=now - HOUR)
    upcoming = browse(here).get("/su-kien/")
    assert titles(upcoming.context) == ["Đang diễn ra", "Tuần sau"]
    assert "Nháp" not in upcoming.content.decode()
    past = browse(here).get("/su-kien/?when=past")
    assert titles(past.context) == ["Qua rồi", "Qua lâu"]
    calendar = EventsPage.objects.child_of(home()).get()
    entries = [event.title for event in calendar.feed_entries(upcoming.wsgi_request)]
    assert entries == ["Tuần sau", "Đang diễn ra", "Qua lâu", "Qua rồi"]


def test_month_narrows_the_list_on_this_sites_clock(here: Tenant, browse: Any) -> None:
    year = timezone.localtime().year + 1
    create_event("Giao thừa", slug="giao-thua", starts_at=local(1, 3, year, 0, 30))
    create_event("Tháng Tư", slug="thang-tu", starts_at=local(2, 4, year, 9))
    page = browse(here).get("/su-kien/")
    months = [(c.value, c.count) for c in page.context["month_facet"].choices]
    assert months == [(f"{year}-03", 1), (f"{year}-04", 1)]
    assert [first.month for first, _events in page.context["months"]] == [3, 4]
    assert titles(browse(here).get(f"/su-kien/?month={year}-03").context) == ["Giao thừa"]
    for nonsense in ("2026-13", "x", "0000-00", f"{year}-05"):
        assert titles(browse(here).get("/su-kien/", {"month": nonsense}).context) == []


def test_event_page_says_when_where_and_for_whom(here: Tenant, browse: Any) -> None:
    begin = (timezone.localtime() + 9 * DAY).replace(hour=7, minute=30, second=0, microsecond=0)
    create_event(
        starts_at=begin, ends_at=begin + 3 * HOUR, slug="ngay-hoi", place="Nhà Thiếu nhi",
        address="23 đường 30 Tháng 4", latitude="10.354500", longitude="106.362100",
        audience="Thanh niên", organiser="Tỉnh đoàn", contact="lan@tinh.test",
        registration_url="https://dang-ky.tinh.test/",
    )  # fmt: skip
    text = browse(here).get("/su-kien/ngay-hoi/").content.decode()
    for expected in (
        "07:30–10:30", f"{begin:%Y-%m-%d}", "Nhà Thiếu nhi", "23 đường 30 Tháng 4", "Thanh niên",
        "Tỉnh đoàn", "mailto:lan@tinh.test", "https://dang-ky.tinh.test/", "geo:10.3545,106.3621",
        "/su-kien/ngay-hoi/lich.ics", '<meta name="DC.type" content="Event">',
    ):  # fmt: skip
        assert expected in text


def test_cancelled_event_stays_and_says_so(here: Tenant, browse: Any) -> None:
    create_event(
        slug="huy", starts_at=timezone.now() + DAY, cancelled=True,
        registration_url="https://dang-ky.tinh.test/",
    )  # fmt: skip
    text = browse(here).get("/su-kien/huy/").content.decode()
    assert "alert--danger" in text
    assert "https://dang-ky.tinh.test/" not in text
    assert "event--off" in browse(here).get("/su-kien/").content.decode()


def test_empty_calendar_says_so(here: Tenant, browse: Any) -> None:
    create_calendar()
    for path in ("/su-kien/", "/su-kien/?when=past"):
        assert 'class="empty"' in browse(here).get(path).content.decode()


def test_list_asks_as_much_of_ten_events_as_of_two(here: Tenant, browse: Any) -> None:
    def queries(path: str) -> int:
        browse(here).get(path)
        with CaptureQueriesContext(connection) as asked:
            assert browse(here).get(path).status_code == 200
        return len(asked)

    paths = ("/su-kien/", "/su-kien/e0/", "/su-kien/lich.ics")
    for number in range(2):
        create_event(f"E{number}", slug=f"e{number}", starts_at=timezone.now() + DAY)
    few = [queries(path) for path in paths]
    for number in range(2, 10):
        create_event(f"E{number}", slug=f"e{number}", starts_at=timezone.now() + number * 20 * DAY)
    assert [queries(path) for path in paths] == few
    assert max(few) <= 32


def test_webmaster_types_the_day_before_the_month(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        editor = create_user(role=groups.EDITOR)
        calendar = create_calendar()
    path = f"/admin/pages/add/news/eventpage/{calendar.pk}/"
    client = browse(alpha, user=editor)
    form = client.get(path).context["form"]
    assert "Alpha" in form["organiser"].value()
    fields = {name: form[name].value() or "" for name in form.fields if name != "body"}
    sent = {**fields, "title": "Hội chợ", "slug": "hoi-cho", "body-count": 0,
            "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0,
            "starts_at": "03/04/2027 07:30", "ends_at": "02/04/2027 07:30"}  # fmt: skip
    refused = client.post(path, sent)
    assert list(refused.context["form"].errors) == ["ends_at"]
    client.post(path, {**sent, "ends_at": "", "action-publish": "1"})
    with tenant_context(alpha):
        made = EventPage.objects.get(slug="hoi-cho", locale=calendar.locale)
        assert made.starts_at == local(3, 4, 2027, 7, 30)
