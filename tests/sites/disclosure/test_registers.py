"""Registers list what is public, narrow it down by the address, and promise where empty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from motcua.hub.models import Item
from sites.disclosure import registers
from sites.disclosure.models import DatasetPage, ProjectPage, RecordPage, RegisterPage
from tenants.models import Tenant
from tests.factories import home


@pytest.fixture
def projects(register: Callable[..., Any], entry: Callable[..., Any]) -> RegisterPage:
    """Three projects and what must not show."""
    found = register("projects")
    entry(found, ProjectPage, "Cầu Rạch Miễu 2", slug="cau", status="running", progress=60,
          field="Giao thông", starts_on=date(2022, 1, 1), ends_on=date(2025, 12, 31),
          capital=6_810_000_000_000, place="Châu Thành")  # fmt: skip
    entry(found, ProjectPage, "Trường mầm non", slug="truong", status="preparing",
          field="Giáo dục", starts_on=date(2024, 3, 1), capital=12_500_000_000)  # fmt: skip
    entry(found, ProjectPage, "Đường huyện 30", slug="duong", status="finished",
          field="Giao thông", starts_on=date(2022, 6, 1))  # fmt: skip
    entry(found, ProjectPage, "Dự án nháp", slug="nhap", publish=False)
    hidden = entry(found, ProjectPage, "Dự án kín", slug="kin")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    return found


def titles(response: Any) -> set[str]:
    return {page.title for page in response.context["entries"]}


def test_visitors_narrow_the_list_by_words_year_status_and_field(
    projects: RegisterPage, here: Tenant, browse: Any
) -> None:
    client = browse(here)
    everything = {"Cầu Rạch Miễu 2", "Trường mầm non", "Đường huyện 30"}
    for query, expected in [
        ("", everything),
        ("?q=cau+rach", {"Cầu Rạch Miễu 2"}),
        ("?q=CHAU+thanh", {"Cầu Rạch Miễu 2"}),
        ("?q=duong", {"Đường huyện 30"}),
        ("?year=2022", {"Cầu Rạch Miễu 2", "Đường huyện 30"}),
        ("?year=2022&status=finished", {"Đường huyện 30"}),
        ("?field=Giao+th%C3%B4ng", {"Cầu Rạch Miễu 2", "Đường huyện 30"}),
        ("?field=Giao+th%C3%B4ng&q=mam", set()),
        ("?year=abc", set()),
        ("?status=x", set()),
        ("?page=99", everything),
    ]:
        response = client.get(f"/projects/{query}")
        assert response.status_code == 200
        assert titles(response) == expected, query
        assert "Dự án nháp" not in response.content.decode()
        assert "Dự án kín" not in response.content.decode()


def test_each_filter_counts_what_the_others_leave(
    projects: RegisterPage, here: Tenant, browse: Any
) -> None:
    facets = {f.name: f for f in browse(here).get("/projects/?year=2022").context["facets"]}
    assert [(c.value, c.count) for c in facets["status"].choices] == [
        ("running", 1),
        ("finished", 1),
    ]
    assert [(c.value, c.count) for c in facets["year"].choices] == [("2024", 1), ("2022", 2)]
    assert [(c.label, c.count) for c in facets["field"].choices] == [("Giao thông", 2)]
    assert facets["year"].active is not None


def test_list_shows_money_time_and_progress_as_people_write_them(
    projects: RegisterPage, here: Tenant, browse: Any
) -> None:
    text = browse(here).get("/projects/").content.decode()
    for expected in ("6.810 tỷ đồng", "12,5 tỷ đồng", "2022–2025", "60&nbsp;%", "Đang thực hiện"):
        assert expected in text, expected
    english = browse(here).get("/projects/?year=2022", headers={"accept-language": "en"})
    assert english.status_code == 200


@pytest.mark.parametrize(
    "kind", ["projects", "procurement", "plans", "datasets", "programmes", "other"]
)
def test_empty_register_says_what_comes_and_by_when(
    kind: str, register: Callable[..., Any], here: Tenant, browse: Any
) -> None:
    register(kind)
    text = browse(here).get(f"/{kind}/").content.decode()
    assert "104/2016/QH13" in text
    assert '<form class="card lookup' not in text


@pytest.mark.parametrize(
    ("kind", "model", "fields"),
    [
        ("projects", ProjectPage, {"capital": 10**9, "progress": 5}),
        ("procurement", ProjectPage, {"bids_until": timezone.now() + timedelta(days=2)}),
        ("plans", RecordPage, {"number": "1/QĐ-UBND", "approved_on": date(2024, 1, 2)}),
        ("datasets", DatasetPage, {"updated_on": date(2020, 1, 2)}),
    ],
)
def test_long_list_costs_no_more_queries_than_a_short_one(
    kind: str, model: Any, fields: dict[str, Any], register: Callable[..., Any],
    entry: Callable[..., Any], here: Tenant, browse: Any, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(registers, "PER_PAGE", 4)
    parent, client, counts = register(kind), browse(here), []
    for numbers in (range(1), range(1, 5)):
        for number in numbers:
            entry(RegisterPage.objects.get(pk=parent.pk), model, f"Mục {number}",
                  slug=f"muc-{number}", field="Y tế", **fields)  # fmt: skip
        client.get(f"/{kind}/")
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"/{kind}/")
        counts.append(len(queries))
    assert response.context["entries"].paginator.num_pages == 2
    assert len(response.context["entries"]) == 4
    assert counts[1] <= counts[0]
    assert counts[1] <= 20


def test_registers_take_entries_of_their_kind_only(register: Callable[..., Any]) -> None:
    projects, plans, section = register("projects"), register("plans"), home()
    assert ProjectPage.can_create_at(projects)
    assert not ProjectPage.can_create_at(plans)
    assert not RecordPage.can_create_at(projects)
    assert RecordPage.can_create_at(plans)
    assert not ProjectPage.can_create_at(section)


def test_kind_of_a_register_with_entries_stays(
    projects: RegisterPage, register: Callable[..., Any]
) -> None:
    projects.kind = "datasets"
    with pytest.raises(ValidationError, match="loại khác"):
        projects.full_clean()
    projects.kind = "procurement"  # lists the same kind of page
    projects.full_clean()


def test_feed_has_what_was_published_last_and_no_drafts(projects: RegisterPage) -> None:
    entries = list(projects.feed_entries(RequestFactory().get("/")))
    assert [page.title for page in entries] == [
        "Đường huyện 30", "Trường mầm non", "Cầu Rạch Miễu 2",
    ]  # fmt: skip


def test_subregister_belongs_to_the_list(
    projects: RegisterPage, entry: Callable[..., Any], here: Tenant, browse: Any
) -> None:
    below = RegisterPage(title="Năm 2019", slug="2019", kind="projects", live=False)
    RegisterPage.objects.get(pk=projects.pk).add_child(instance=below)
    below.save_revision().publish()
    entry(RegisterPage.objects.get(pk=below.pk), ProjectPage, "Kè sông", slug="ke")
    assert "Kè sông" in titles(browse(here).get("/projects/"))


def test_the_province_learns_kind_state_and_amount(projects: RegisterPage, here: Tenant) -> None:
    item = Item.objects.get(title="Cầu Rạch Miễu 2", site=here)
    assert item.details == {
        "register": "projects", "status": "running", "capital": 6_810_000_000_000, "progress": 60,
    }  # fmt: skip
    assert not Item.objects.filter(title="Dự án nháp").exists()
