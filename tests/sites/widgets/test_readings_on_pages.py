"""A page shows the last good value with its time, whatever became of the source."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import Error, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tenants.utils import schema_context, tenant_context

from motcua.readings import actions, jobs
from motcua.readings.models import Source
from sites.widgets.models import WidgetSettings
from tenants.models import Tenant
from tests.outside import Handler, Outside

pytestmark = pytest.mark.usefixtures("outside")


def text_of(browser: Client, path: str = "/") -> str:
    response = browser.get(path)
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def fetch_all(now: datetime | None = None) -> dict[str, str]:
    with schema_context("public"):
        return actions.read_due(now)


def age(hours: float) -> None:
    """Let everything that is known be so old."""
    with schema_context("public"):
        Source.objects.update(value_at=timezone.now() - timedelta(hours=hours), next_at=None)
    cache.clear()


def test_nothing_is_asked_and_shown_before_somebody_switches_it_on(
    main: Tenant, browse: Callable[..., Client], outside: Outside
) -> None:
    with schema_context("public"):
        assert jobs.read_due_sources.call() == {}
    assert "strip__facts" not in text_of(browse(main))
    assert "Mỹ Tho" not in text_of(browse(main), "/readings/")
    assert outside.asked == []


def test_good_values_stand_in_the_strip_and_on_their_page(
    main: Tenant, alpha: Tenant, browse: Callable[..., Client], sources: Any
) -> None:
    assert fetch_all() == {"open-meteo": "", "vietcombank": ""}
    home = text_of(browse(main))
    for words in ("Mỹ Tho <b>29 °C</b>", "Gò Công <b>28 °C</b>", '<b class="num">26.390</b>'):
        assert words in home
    full = text_of(browse(main), "/readings/")
    for words in ("173,54", "78%", "Vietcombank", "Open-Meteo", "08:15 20/11/2026"):
        assert words in full
    assert "26,390" in text_of(browse(main), "/en/readings/")
    assert fetch_all() == {}  # not yet due again
    assert "strip__facts" not in text_of(browse(alpha))
    with tenant_context(alpha):
        WidgetSettings.for_site(home_site()).delete()
        WidgetSettings.objects.create(site=home_site(), shows_readings=True)
    assert "Mỹ Tho <b>29 °C</b>" in text_of(browse(alpha))


def home_site() -> Any:
    from wagtail.models import Site

    return Site.objects.get()


def entity_bomb(handler: Handler) -> None:
    handler.answer(b'<!DOCTYPE a [<!ENTITY a "b">]><ExrateList>&a;</ExrateList>')


BROKEN = {
    "500": ("/error", "status"), "page": ("/page", "type"), "huge": ("/huge", "large"),
    "bomb": ("/bomb", "large"), "cut off": ("/truncated", "truncated"),
    "gone": ("/not-here", "status"), "secrets": ("/to-cloud-secrets", "refused"),
    "circles": ("/in-circles", "redirects"), "no list": ("/good", "unreadable"),
}  # fmt: skip


@pytest.mark.parametrize(("path", "code"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_source_is_noted_and_its_last_good_value_shown(
    path: str, code: str, main: Tenant, browse: Callable[..., Client], sources: Any,
    outside: Outside,
) -> None:  # fmt: skip
    fetch_all()
    age(hours=4)
    outside.answers["/rates"] = outside.answers.get(path, _absent)
    assert fetch_all()["vietcombank"] == code
    page = text_of(browse(main), "/readings/")
    assert "26.390" in page
    assert "nguồn tạm gián đoạn" in page or "source interrupted" in page
    for internal in ("Error", "Traceback", "127.0.0.1", "Oops", "Sorry"):
        assert internal not in page
    with schema_context("public"):
        source = Source.objects.get(provider_key="vietcombank")
        assert (source.error, source.failures) == (code, 1)
        assert source.next_at is not None
        assert source.next_at > timezone.now()


def _absent(handler: Handler) -> None:
    handler.answer(b"", "text/html", status=404)


def test_a_bomb_of_entities_and_a_wrong_json_are_unreadable(
    main: Tenant, sources: Any, outside: Outside
) -> None:
    outside.answers["/rates"] = entity_bomb
    outside.answers["/weather"] = ("application/json", b'{"error": true, "reason": "limit"}')
    assert fetch_all() == {"open-meteo": "unreadable", "vietcombank": "unreadable"}


def test_a_source_that_recovers_is_as_good_as_new(
    main: Tenant, browse: Callable[..., Client], sources: Any, outside: Outside
) -> None:
    good = outside.answers["/rates"]
    outside.answers["/rates"] = _absent
    for expected in (1, 2, 3):
        fetch_all(timezone.now() + timedelta(days=1))
        with schema_context("public"):
            source = Source.objects.get(provider_key="vietcombank")
            assert source.failures == expected
    waits = source.next_at - source.tried_at
    assert timedelta(minutes=39) < waits < timedelta(minutes=41)
    outside.answers["/rates"] = good
    fetch_all(timezone.now() + timedelta(days=1))
    with schema_context("public"):
        source.refresh_from_db()
    assert (source.error, source.failures, source.is_stale()) == ("", 0, False)


def test_a_value_that_is_too_old_disappears(
    main: Tenant, browse: Callable[..., Client], sources: Any
) -> None:
    fetch_all()
    age(hours=71)
    assert "26.390" in text_of(browse(main), "/readings/")
    age(hours=73)
    assert "26.390" not in text_of(browse(main), "/readings/")
    assert "strip__facts" not in text_of(browse(main))


def test_a_page_pays_nothing_while_the_values_are_kept(
    main: Tenant, browse: Callable[..., Client], sources: Any
) -> None:
    fetch_all()
    browser = browse(main)
    with CaptureQueriesContext(connection) as first:
        text_of(browser)
    with CaptureQueriesContext(connection) as second:
        text_of(browser)
    assert not [query for query in second if "readings_" in query["sql"]]
    assert not [query for query in second if "widgets_" in query["sql"]]
    assert not [query for query in second if "insight_" in query["sql"]]
    about = [query for query in first if "readings_source" in query["sql"]]
    assert len(about) == 1


def test_only_the_main_portal_and_jobs_write_sources(
    main: Tenant, beta: Tenant, sources: Any
) -> None:
    with tenant_context(beta):
        assert Source.objects.update(is_on=False, value={"rates": []}) == 0
        with pytest.raises(Error), transaction.atomic():
            Source.objects.create(provider_key="eigene")
        assert Source.objects.switched_on().count() == 2
    with tenant_context(main):
        assert Source.objects.filter(provider_key="vietcombank").update(is_on=False) == 1


def test_an_answer_to_an_older_question_is_not_kept(main: Tenant, sources: Any) -> None:
    with schema_context("public"):
        source = Source.objects.get(provider_key="vietcombank")
        Source.objects.filter(pk=source.pk).update(parameters={"currencies": ["AUD"]})
        assert actions.read(source) == ""
        assert Source.objects.get(pk=source.pk).value is None
