"""Calendars that other programs read: RFC 5545, checked by reading them back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django_tenants.utils import tenant_context
from icalendar import Calendar
from wagtail.models import PageViewRestriction

from sites.news.models import EventsPage
from tenants.models import Tenant
from tests.factories import home
from tests.sites.news.making import create_event, local

DAY = timedelta(days=1)
LONG = (
    "Ngày hội việc làm thanh niên “Đồng hành khởi nghiệp”; gồm phỏng vấn, tư vấn \\ định hướng, "
    "trưng bày sản phẩm của 32 doanh nghiệp trên địa bàn tỉnh"
)


def read(answer: Any) -> list[Any]:
    """The events of a calendar, read as a program would."""
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_long_vietnamese_text_survives_lines_of_75_octets(here: Tenant, browse: Any) -> None:
    event = create_event(
        LONG, slug="ngay-hoi", starts_at=local(22, 11, 2027, 7, 30), place="Nhà Thiếu nhi, tầng 2",
        ends_at=local(22, 11, 2027, 11), abstract="Dòng một; dòng hai.",
        audience="Ai cũng đến được",
        latitude="10.354500", longitude="106.362100", organiser="Tỉnh đoàn", contact="Bà Lan",
    )  # fmt: skip
    answer = browse(here).get("/su-kien/ngay-hoi/lich.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = answer.content.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert all(b"\n" not in line and line.decode() is not None for line in lines)
    (made,) = read(answer)
    assert str(made["SUMMARY"]) == LONG
    assert str(made["LOCATION"]) == "Nhà Thiếu nhi, tầng 2"
    assert str(made["DESCRIPTION"]) == "Dòng một; dòng hai.\n\nAi cũng đến được"
    assert str(made["CONTACT"]) == "Tỉnh đoàn – Bà Lan"
    assert made["GEO"].to_ical() == "10.3545;106.3621"
    assert str(made["URL"]) == event.full_url
    assert made.decoded("DTSTART") == datetime(2027, 11, 22, 0, 30, tzinfo=UTC)
    assert made.decoded("DTEND") == datetime(2027, 11, 22, 4, 0, tzinfo=UTC)


def test_whole_days_end_the_day_after_and_know_no_hour(here: Tenant, browse: Any) -> None:
    create_event(
        slug="hoi-cho", all_day=True, starts_at=local(28, 2, 2028), ends_at=local(29, 2, 2028, 17)
    )
    (made,) = read(browse(here).get("/su-kien/hoi-cho/lich.ics"))
    assert made.decoded("DTSTART") == date(2028, 2, 28)
    assert made.decoded("DTEND") == date(2028, 3, 1)


def test_hours_here_are_seven_before_utc_in_winter_and_summer(here: Tenant, browse: Any) -> None:
    for month in (1, 7):
        create_event(slug=f"thang-{month}", starts_at=local(15, month, 2028, 6, 0))
        (made,) = read(browse(here).get(f"/su-kien/thang-{month}/lich.ics"))
        assert made.decoded("DTSTART") == datetime(2028, month, 14, 23, 0, tzinfo=UTC)
        assert "DTEND" not in made


def test_change_keeps_the_name_and_raises_the_number(here: Tenant, browse: Any) -> None:
    event = create_event(slug="hop", starts_at=timezone.now() + DAY)
    path = "/su-kien/hop/lich.ics"
    answer = browse(here).get(path)
    (before,) = read(answer)
    assert browse(here).get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    event.cancelled, event.slug = True, "hop-moi"
    event.save_revision().publish()
    (after,) = read(browse(here).get("/su-kien/hop-moi/lich.ics"))
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert after.decoded("LAST-MODIFIED") >= before.decoded("LAST-MODIFIED")
    assert after.decoded("DTSTAMP").tzinfo is not None


def test_whole_calendar_has_what_is_to_come_and_a_year_of_the_past(
    here: Tenant, browse: Any
) -> None:
    now = timezone.now()
    create_event("Sắp tới", slug="a", starts_at=now + DAY)
    create_event("Mới qua", slug="b", starts_at=now - 30 * DAY)
    create_event("Xưa rồi", slug="c", starts_at=now - 800 * DAY)
    create_event("Nháp", slug="d", starts_at=now + DAY, publish=False)
    answer = browse(here).get("/su-kien/lich.ics")
    assert [str(event["SUMMARY"]) for event in read(answer)] == ["Mới qua", "Sắp tới"]
    made = Calendar.from_ical(answer.content)
    assert (made["VERSION"], bool(made["PRODID"])) == ("2.0", True)
    assert "Lịch sự kiện" in made["X-WR-CALNAME"]
    page = browse(here).get("/su-kien/").content.decode()
    assert 'type="text/calendar"' in page
    assert "webcal://alpha.tinh.test" in page


def test_no_other_page_and_no_draft_has_a_calendar(here: Tenant, browse: Any) -> None:
    create_event(slug="nhap", starts_at=timezone.now() + DAY, publish=False)
    for path in ("/lich.ics", "/tin-tuc/lich.ics", "/su-kien/nhap/lich.ics", "/su-kien/x.ics"):
        assert browse(here).get(path).status_code == 404


def test_calendar_of_a_restricted_page_asks_for_the_password(here: Tenant, browse: Any) -> None:
    create_event(slug="kin", starts_at=timezone.now() + DAY)
    PageViewRestriction.objects.create(
        page=EventsPage.objects.child_of(home()).get(), restriction_type="password", password="kin"
    )
    for path in ("/su-kien/lich.ics", "/su-kien/kin/lich.ics"):
        assert browse(here).get(path)["Content-Type"].startswith("text/html")


def test_same_event_of_two_sites_has_two_names(alpha: Tenant, beta: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        event = create_event(slug="chung", starts_at=timezone.now() + DAY)
    key = event.translation_key
    with tenant_context(beta):
        create_event(slug="chung", starts_at=timezone.now() + DAY, translation_key=key)
    own, other = (read(browse(site).get("/su-kien/chung/lich.ics"))[0] for site in (alpha, beta))
    assert own["UID"] != other["UID"]
