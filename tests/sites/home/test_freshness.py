"""How the places of a site stand: present, missing, hidden, empty, stale or fresh."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tenants.utils import tenant_context
from wagtail.models import Page, PageViewRestriction

from sites.home import places
from sites.home.freshness import Standing, State, is_list, standings
from sites.home.places import PLACES
from sites.news.models import EventPage
from sites.organisation.models import PersonPage, WeekPage
from tenants.models import Tenant
from tests.factories import create_article

# The home page, the places' pages, what is restricted, all entries.
QUERIES = 4


def place(name: str, language: str = "vi") -> Page:
    """Return a place's page, as its own type."""
    page = places.find(name, language)
    assert page is not None
    return page.specific


def add(parent: Page, page: Page) -> Page:
    """Publish a page below another."""
    page.locale = parent.locale
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def stand(now: datetime | None = None) -> dict[str, Standing]:
    """Return all standings by the place's name."""
    return {one.place.name: one for one in standings(now)}


@pytest.mark.smoke
def test_lists_of_a_new_site_are_empty_and_its_pages_are_there(here: Tenant) -> None:
    found = standings()
    assert [one.place for one in found] == list(PLACES)
    for one in found:
        if is_list(one.place):
            assert (one.state, one.entries, one.last) == (State.EMPTY, 0, None)
        else:
            assert (one.state, one.entries) == (State.WRITTEN, None)
            assert one.last is not None
    assert {one.place.name for one in found if one.needs_somebody and one.duty} >= {
        "news", "documents", "leaders", "schedule", "statistics",
    }  # fmt: skip


def test_entry_freshens_its_list_and_those_above_until_their_time_is_over(
    beta: Tenant, here: Tenant
) -> None:
    create_article("Chưa xong", parent=place("direction"), publish=False)
    article = create_article("Cắt nước", parent=place("notices"))
    create_article("Bản tiếng Anh", parent=place("direction", "en"))
    now = stand()
    for name in ("notices", "news"):
        one = now[name]
        assert (one.state, one.entries) == (State.FRESH, 1)
        assert one.last == Page.objects.get(pk=article.pk).last_published_at
    assert now["direction"].state is State.EMPTY
    week_on = stand(timezone.now() + timedelta(days=8))
    assert (week_on["news"].state, week_on["notices"].state) == (State.STALE, State.FRESH)
    assert week_on["notices"].urgency > week_on["news"].urgency
    assert stand(timezone.now() + timedelta(days=32))["notices"].state is State.STALE
    with tenant_context(beta):
        assert stand()["notices"].state is State.EMPTY


def test_what_is_hidden_or_gone_is_told_apart(here: Tenant) -> None:
    create_article(parent=place("notices"))
    place("projects").unpublish()
    place("faq").delete()
    PageViewRestriction.objects.create(
        page=place("notices"), restriction_type=PageViewRestriction.LOGIN
    )
    now = stand()
    assert now["projects"].state is State.HIDDEN
    assert now["notices"].state is State.HIDDEN
    assert (now["faq"].state, now["faq"].page) == (State.MISSING, None)
    assert now["faq"].title == "Hỏi đáp"
    # What only the initiated read makes no list above look alive.
    assert now["news"].state is State.EMPTY


def test_people_count_wherever_in_the_site_they_stand(here: Tenant) -> None:
    structure = place("structure")
    add(structure, PersonPage(title="Nguyễn Văn An", position="Chuyên viên"))
    now = stand()
    assert (now["structure"].state, now["structure"].entries) == (State.WRITTEN, 1)
    assert (now["directory"].state, now["directory"].entries) == (State.WRITTEN, 1)
    assert now["leaders"].state is State.EMPTY
    add(structure, PersonPage(title="Trần Thị Bình", position="Giám đốc", is_leader=True))
    assert stand()["leaders"].entries == 1


def test_what_is_announced_for_a_day_is_current_until_then(here: Tenant) -> None:
    now = timezone.now()
    add(place("schedule"), WeekPage(monday=timezone.localdate() + timedelta(days=21)))
    add(place("events"), EventPage(title="Lễ hội", starts_at=now + timedelta(days=200)))
    later = stand(now + timedelta(days=20))
    assert later["schedule"].state is State.FRESH
    assert stand(now + timedelta(days=150))["events"].state is State.FRESH
    assert stand(now + timedelta(days=60))["schedule"].state is State.STALE
    assert stand(now + timedelta(days=300))["events"].state is State.STALE
    last = later["schedule"].last
    assert last is not None
    assert last < timezone.now()


def test_queries_do_not_grow_with_entries(here: Tenant, django_assert_num_queries: Any) -> None:
    create_article("Một")
    standings()
    with django_assert_num_queries(QUERIES):
        standings()
    for number in range(4):
        create_article(f"Bài {number}", parent=place("notices"))
        add(place("structure"), PersonPage(title=f"Người {number}", position="Chuyên viên"))
    with CaptureQueriesContext(connection) as queries:
        standings()
    assert len(queries) == QUERIES
