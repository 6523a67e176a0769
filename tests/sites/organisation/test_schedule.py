"""The schedule shows weeks from Monday on, across the turn of a year, and copies in one step."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tenants.utils import tenant_context

from sites.organisation import actions
from sites.organisation.models import SchedulePage, WeekPage
from sites.organisation.schedules import leader_choices
from sites.organisation.weeks import Week
from tenants.models import Tenant
from tests.factories import create_user, home
from tests.sites.organisation.factories import (
    about_pages,
    create_person,
    create_schedule,
    create_structure,
    create_week,
)

EDITOR = "/admin/pages/add/organisation/weekpage/{}/"


def monday() -> date:
    """This week's Monday."""
    return Week.current().monday


def in_json(text: str) -> str:
    """Return a text as the editor's page holds it for its scripts."""
    return json.dumps(text)[1:-1]


@pytest.mark.parametrize(
    ("day", "written", "first", "last"),
    [
        (date(2026, 11, 20), "2026-W47", date(2026, 11, 16), date(2026, 11, 22)),
        (date(2027, 1, 1), "2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        (date(2024, 12, 30), "2025-W01", date(2024, 12, 30), date(2025, 1, 5)),
        (date(2026, 11, 22), "2026-W47", date(2026, 11, 16), date(2026, 11, 22)),
    ],
)
def test_week_begins_on_monday(day: date, written: str, first: date, last: date) -> None:
    week = Week.of(day)
    assert (str(week), week.monday, week.sunday) == (written, first, last)
    assert Week.parse(written.lower()) == week
    assert [d.isoweekday() for d in week.days] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("text", ["", "2026-47", "2026-W00", "2025-W53", "9999-W01", "tuần này"])
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Week.parse(text)


def test_neighbours_cross_the_new_year(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        schedule = create_schedule()
        create_week(schedule, date(2020, 12, 21), {})
        create_week(schedule, date(2020, 12, 31), {"what": "Họp cuối năm"})
        create_week(schedule, date(2021, 1, 4), {})
    page = browse(alpha).get("/lich/?week=2020-W53")
    html = page.content.decode()
    assert "Họp cuối năm" in html
    assert "28/12/2020 – 03/01/2021" in html
    assert 'href="/lich/?week=2020-W52"' in html
    assert 'href="/lich/?week=2021-W01"' in html
    first = browse(alpha).get("/lich/?week=2020-W52").context["schedule"]
    assert first.previous is None, "nothing lies before the first week"


def test_current_week_is_shown_with_today_marked_and_entries_by_time(
    alpha: Tenant, browse: Any
) -> None:
    today = timezone.localdate()
    with tenant_context(alpha):
        boss = create_person(create_structure(), "Trần Thị Bích", is_leader=True)
        create_week(
            create_schedule(),
            today,
            {"day": today.isoweekday(), "start": "14:00", "what": "Việc chiều"},
            {"day": today.isoweekday(), "what": "Việc sáng", "leader": str(boss.translation_key),
             "others": "Văn phòng", "where": "Phòng họp 1", "end": "09:30"},
        )  # fmt: skip
    for path in ("/lich/", "/lich/?week=khong-phai-tuan"):
        html = browse(alpha).get(path).content.decode()
        assert html.count('class="week__today"') == 1
        assert html.index("Việc sáng") < html.index("Việc chiều")
        assert 'href="/chart/tran-thi-bich/"' in html
        for text in ("Phòng họp 1", "08:00", "09:30"):
            assert text in html
    old = browse(alpha).get("/lich/?week=2020-W10").content.decode()
    assert 'class="empty"' in old
    assert "week__today" not in old


def test_drafts_and_the_leaders_hidden_pages_are_not_shown(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        boss = create_person(create_structure(), "Trần Thị Bích", is_leader=True)
        schedule = create_schedule()
        create_week(schedule, monday(), {"leader": str(boss.translation_key)})
        create_week(schedule, monday() + timedelta(7), {"what": "Việc mật"}, publish=False)
        boss.unpublish()
    html = browse(alpha).get("/lich/").content.decode()
    assert "Họp giao ban" in html
    assert "Trần Thị Bích" not in html
    coming = Week.current().next
    assert "Việc mật" not in browse(alpha).get(f"/lich/?week={coming}").content.decode()


def test_weeks_own_address_leads_to_the_schedule(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        week = create_week(create_schedule(), date(2026, 11, 18), {})
        assert (week.slug, week.monday) == ("2026-w47", date(2026, 11, 16))
        assert "47" in week.title
    answer = browse(alpha).get("/lich/2026-w47/")
    assert (answer.status_code, answer["Location"]) == (302, "/lich/?week=2026-W47")


def test_schedule_has_each_week_once(alpha: Tenant) -> None:
    with tenant_context(alpha):
        schedule = create_schedule()
        create_week(schedule, date(2026, 11, 18), {})
        second = create_week(schedule, date(2026, 11, 23), {})
        second.monday = date(2026, 11, 20)
        with pytest.raises(ValidationError) as refusal:
            second.full_clean()
        assert "monday" in refusal.value.message_dict


def test_copy_is_a_draft_of_the_next_free_week_with_the_latest_entries(alpha: Tenant) -> None:
    with tenant_context(alpha):
        editor = create_user(superuser=True)
        schedule = create_schedule()
        create_week(schedule, date(2026, 12, 28), {"day": 5, "what": "Tiếp dân"})
        latest = create_week(schedule, date(2026, 12, 21), {})
        latest.entries = [("entry", {"day": 3, "what": "Sửa sau khi đăng"})]
        latest.save_revision()
        draft = actions.copy_week(week=latest, by=editor)
        assert (draft.monday, draft.live, draft.owner) == (date(2027, 1, 4), False, editor)
        stored = WeekPage.objects.get(pk=draft.pk).get_latest_revision_as_object()
        assert [block.value["what"] for block in stored.entries] == ["Sửa sau khi đăng"]


def test_webmaster_copies_a_week_by_one_button(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        editor = create_user(superuser=True)
        schedule = create_schedule()
        week = create_week(schedule, date(2026, 11, 16), {"what": "Tiếp công dân"})
    client = browse(alpha, user=editor)
    copy = f"/admin/organisation/weeks/{week.pk}/copy/"
    assert copy in client.get(f"/admin/pages/{week.pk}/edit/").content.decode()
    assert client.get(copy).status_code == 200
    with tenant_context(alpha):
        assert WeekPage.objects.count() == 1, "looking at the question changes nothing"
    answer = client.post(copy)
    with tenant_context(alpha):
        made = WeekPage.objects.get(monday=date(2026, 11, 23))
        assert answer["Location"] == f"/admin/pages/{made.pk}/edit/"
    assert in_json("Tiếp công dân") in client.get(answer["Location"]).content.decode()


def test_outsider_copies_nothing(alpha: Tenant, beta: Tenant, outsider: Any, browse: Any) -> None:
    with tenant_context(alpha):
        week = create_week(create_schedule(), date(2026, 11, 16), {})
    copy = f"/admin/organisation/weeks/{week.pk}/copy/"
    assert browse(beta, user=outsider).post(copy).status_code == 404
    assert browse(alpha).post(copy).status_code == 302
    with tenant_context(alpha):
        assert WeekPage.objects.count() == 1


def test_form_of_a_new_week_proposes_the_next_one_and_offers_only_own_leaders(
    alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    with tenant_context(beta):
        create_person(create_structure(), "Lãnh Đạo Beta", is_leader=True)
    with tenant_context(alpha):
        create_person(create_structure(), "Lãnh Đạo Alpha", is_leader=True)
        schedule = create_schedule()
        create_week(schedule, date(2026, 11, 16), {})
        editor = create_user(superuser=True)
    html = browse(alpha, user=editor).get(EDITOR.format(schedule.pk)).content.decode()
    assert 'value="23/11/2026"' in html or 'value="2026-11-23"' in html
    assert in_json("Lãnh Đạo Alpha") in html
    assert in_json("Lãnh Đạo Beta") not in html


def test_another_sites_leader_is_refused(alpha: Tenant, beta: Tenant) -> None:
    with tenant_context(beta):
        theirs = create_person(create_structure(), "Lãnh Đạo Beta", is_leader=True)
        key = str(theirs.translation_key)
        assert key in dict(leader_choices())
    with tenant_context(alpha):
        assert key not in dict(leader_choices())
        entries = WeekPage._meta.get_field("entries")
        value = entries.to_python([("entry", {"day": 1, "what": "Họp", "leader": key})])
        with pytest.raises(ValidationError):
            entries.stream_block.clean(value)


def test_entry_that_ends_before_it_begins_is_refused(alpha: Tenant) -> None:
    with tenant_context(alpha):
        entries = WeekPage._meta.get_field("entries")
        line = {"day": 1, "what": "Họp", "start": "09:00", "end": "08:00"}
        with pytest.raises(ValidationError):
            entries.stream_block.clean(entries.to_python([("entry", line)]))


def test_week_costs_the_same_however_full_it_is(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        chart = create_structure()
        leaders = [
            str(create_person(chart, f"Lãnh Đạo {n}", is_leader=True).translation_key)
            for n in range(4)
        ]
        schedule = create_schedule()
        lines = [{"day": n % 7 + 1, "leader": leaders[n % 4]} for n in range(28)]
        create_week(schedule, date(2026, 11, 16), {"leader": leaders[0]})
        create_week(schedule, date(2026, 11, 23), *lines)

    def cost(week: str) -> int:
        browse(alpha).get(f"/lich/?week={week}")
        with CaptureQueriesContext(connection) as queries:
            assert "Lãnh Đạo" in browse(alpha).get(f"/lich/?week={week}").content.decode()
        return len(about_pages(queries))

    assert cost("2026-W47") == cost("2026-W48") <= 18


def test_english_schedule_names_days_and_weeks_in_english(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        page = SchedulePage(title="Work schedule", slug="schedule", locale=home("en").locale)
        home("en").add_child(instance=page)
        page.save_revision().publish()
        week = WeekPage(
            monday=date(2026, 11, 16), entries=[("entry", {"day": 1, "what": "Meeting"})]
        )
        week.locale = page.locale
        page.add_child(instance=week)
        assert week.title == "Week 47: 16/11/2026 – 22/11/2026"
        week.save_revision().publish()
    assert "Monday" in browse(alpha).get("/en/schedule/?week=2026-W47").content.decode()
