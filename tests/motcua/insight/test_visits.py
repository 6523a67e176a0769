"""Visits are counted without knowing anybody, each for its own site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tenants.utils import schema_context, tenant_context

from motcua.insight import forgetting, visits
from motcua.insight.models import DailySalt, PageDay, PageTotal, Presence, SiteDay, SiteTotal
from motcua.insight.recording import recorder
from motcua.insight.storing import Counts, salt_of, store, visitor_number
from motcua.insight.visits import Online
from tenants.models import Tenant
from tests.factories import create_article, create_user

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"


@pytest.fixture(autouse=True)
def empty_recorder() -> Iterator[None]:
    """Begin and end without counts of other tests."""
    recorder.begin()
    yield
    recorder.begin()


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run at noon: by design nobody is known again after midnight, when the salt changes."""
    now = timezone.now
    since_noon = timezone.localtime() - timezone.localtime().replace(hour=12, minute=0)
    monkeypatch.setattr(timezone, "now", lambda: now() - since_noon)


def visit(browser: Client, path: str = "/", agent: str = FIREFOX, **headers: str) -> Any:
    return browser.get(path, HTTP_USER_AGENT=agent, **headers)


def seen(tenant: Tenant, *agents: str, minutes_ago: float = 0, page_id: int | None = None) -> None:
    """Store one view by each visitor, so long ago."""
    counts = Counts()
    for agent in agents:
        counts.add((tenant.schema_name, "203.0.113.7", agent), member=False, page_id=page_id)
    store(counts, timezone.now() - timedelta(minutes=minutes_ago))


def test_pages_count_for_their_site_and_article_and_cost_no_query(
    alpha: Tenant, beta: Tenant, browse: Callable[..., Client]
) -> None:
    with tenant_context(alpha):
        article = create_article("Đếm lượt xem")
        path = article.get_url()
    browser = browse(alpha)
    browser.get(path)  # no agent: not counted
    with CaptureQueriesContext(connection) as quiet:
        browser.get(path)
    with CaptureQueriesContext(connection) as counted:
        assert visit(browser, path).status_code == 200
    assert len(counted) <= len(quiet)
    visit(browser, path, PHONE)
    visit(browser, "/search/?query=a")
    recorder.flush()
    with tenant_context(alpha):
        assert visits.page_views(article.pk) == 2
        assert visits.page_views_of([article.pk, 0]) == {article.pk: 2}
        assert visits.online() == Online(guests=2, members=0)
        assert (visits.today(), visits.total()) == (2, 2)
        assert SiteDay.objects.get().guest_views == 3
    with tenant_context(beta):
        assert visits.page_views(article.pk) == 0
        assert visits.of_site() == visits.of_province() == visits.Figures()


def test_signed_in_people_are_counted_apart(alpha: Tenant, browse: Callable[..., Client]) -> None:
    with tenant_context(alpha):
        person = create_user()
    visit(browse(alpha, user=person))
    visit(browse(alpha), agent=PHONE)
    recorder.flush()
    with tenant_context(alpha):
        assert visits.online() == Online(guests=1, members=1)
        total = SiteTotal.objects.get()
    assert (total.guest_visits, total.member_visits) == (1, 1)
    assert (total.guest_views, total.member_views) == (1, 1)


@pytest.mark.parametrize(
    "request_as",
    [
        {"agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"agent": "Mozilla/5.0 (compatible; coccocbot-web/1.0)"},
        {"agent": "curl/8.5.0"},
        {"agent": "python-requests/2.34"},
        {"agent": ""},
        {"HTTP_SEC_PURPOSE": "prefetch;prerender"},
        {"HTTP_PURPOSE": "prefetch"},
        {"path": "/khong-co/"},
        {"path": "/accounts/login/"},
        {"path": "/admin/"},
        {"path": "/-/live"},
    ],
    ids=str,
)
def test_what_is_no_page_for_a_person_is_not_counted(
    request_as: dict[str, str], alpha: Tenant, browse: Callable[..., Client]
) -> None:
    visit(browse(alpha), **request_as)
    browse(alpha).post("/", HTTP_USER_AGENT=FIREFOX)
    browse(alpha).head("/", HTTP_USER_AGENT=FIREFOX)
    recorder.flush()
    assert not SiteTotal.objects.exists()


def test_a_preview_is_not_counted(alpha: Tenant) -> None:
    with tenant_context(alpha):
        article = create_article("Bản nháp", publish=False)
        asked = RequestFactory(HTTP_HOST=alpha.primary_domain, HTTP_USER_AGENT=FIREFOX).get("/")
        response = article.make_preview_request(original_request=asked)
    assert response.status_code == 200
    recorder.flush()
    assert not SiteTotal.objects.exists()


def test_a_visit_goes_on_for_half_an_hour_and_online_means_five_minutes(alpha: Tenant) -> None:
    seen(alpha, FIREFOX, minutes_ago=80)
    seen(alpha, FIREFOX, minutes_ago=55)  # the same visit
    seen(alpha, FIREFOX, PHONE, minutes_ago=6)  # a new one, and somebody else's first
    with tenant_context(alpha):
        assert visits.online() == Online()
        assert visits.total() == 3
    seen(alpha, PHONE)
    with tenant_context(alpha):
        assert visits.online() == Online(guests=1)
        assert visits.total() == 3


def test_the_province_adds_up_and_knows_one_person_on_two_sites(
    main: Tenant, alpha: Tenant, beta: Tenant
) -> None:
    seen(alpha, FIREFOX)
    seen(beta, FIREFOX, PHONE)
    with tenant_context(main):
        assert visits.of_site() == visits.Figures()
        province = visits.of_province()
    assert province.online == Online(guests=2)
    assert (province.today, province.total) == (3, 3)
    assert province.since == timezone.localdate()


def test_no_site_reads_or_counts_for_another(alpha: Tenant, beta: Tenant) -> None:
    seen(alpha, FIREFOX, page_id=7)
    with tenant_context(beta):
        for model in (SiteDay, SiteTotal, PageDay, PageTotal, Presence, DailySalt):
            assert not model.objects.exists(), model
        assert PageTotal.objects.update(views=9) == 0
        for site in (alpha, beta):
            with pytest.raises(Error), transaction.atomic():
                PageTotal.objects.create(site=site.schema_name, page_id=1, views=1)
    with tenant_context(alpha):
        assert visits.page_views(7) == 1
        assert PageTotal.objects.update(views=9) == 0


def test_nothing_that_is_stored_tells_who_it_was(alpha: Tenant) -> None:
    seen(alpha, FIREFOX)
    [row] = Presence.objects.all()
    today = timezone.localdate()
    assert bytes(row.visitor) == visitor_number(salt_of(today), "203.0.113.7", FIREFOX)
    assert b"203" not in bytes(row.visitor)
    other = visitor_number(salt_of(today + timedelta(days=1)), "203.0.113.7", FIREFOX)
    assert bytes(row.visitor) != other
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'insight_presence'")
        assert cursor.fetchone() == ("u",)  # unlogged: in no backup, gone after a crash


def test_yesterdays_salt_and_people_long_gone_are_forgotten(alpha: Tenant) -> None:
    seen(alpha, FIREFOX, minutes_ago=24 * 60)
    seen(alpha, FIREFOX, PHONE)
    assert forgetting.forget_visitors() == 1
    assert [salt.day for salt in DailySalt.objects.all()] == [timezone.localdate()]
    assert Presence.objects.count() == 2
    with tenant_context(alpha):
        assert visits.total() == 3


def test_old_days_of_a_page_go_and_its_sum_stays(alpha: Tenant, settings: Any) -> None:
    settings.VISITS_PAGE_DAYS = 30
    seen(alpha, FIREFOX, minutes_ago=40 * 24 * 60, page_id=7)
    seen(alpha, FIREFOX, page_id=7)
    assert forgetting.prune_page_days() == 1
    assert PageDay.objects.count() == 1
    with tenant_context(alpha):
        assert visits.page_views(7) == 2


def test_one_statement_stores_many_sites_and_pages(alpha: Tenant, beta: Tenant) -> None:
    seen(alpha, FIREFOX)
    counts = Counts()
    for site in (alpha, beta):
        for number in range(50):
            counts.add((site.schema_name, f"203.0.113.{number}", FIREFOX), member=False,
                       page_id=number)  # fmt: skip
    with CaptureQueriesContext(connection) as queries:
        store(counts)
    assert len([query for query in queries if "INSERT" in query["sql"]]) == 1
    with schema_context("public"):
        assert PageTotal.objects.count() == 100


def test_behind_a_proxy_its_word_for_the_visitor_counts(
    alpha: Tenant, browse: Callable[..., Client], settings: Any
) -> None:
    browser = browse(alpha)
    for forwarded in ("198.51.100.1", "198.51.100.2"):
        visit(browser, HTTP_X_FORWARDED_FOR=f"6.6.6.6, {forwarded}")
    recorder.flush()
    with tenant_context(alpha):
        assert visits.total() == 1  # nobody is trusted: one address, the proxy's
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for forwarded in ("198.51.100.1", "198.51.100.2"):
        visit(browser, HTTP_X_FORWARDED_FOR=f"6.6.6.6, {forwarded}")
    recorder.flush()
    with tenant_context(alpha):
        assert visits.total() == 3
