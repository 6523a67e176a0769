"""The foot of a page tells how many are here, came today and in all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django_tenants.utils import tenant_context
from wagtail.models import Site

from motcua.insight.recording import recorder
from sites.widgets.models import WidgetSettings
from tenants.models import Tenant

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def empty_recorder() -> Iterator[None]:
    recorder.begin()
    yield
    recorder.begin()


def test_a_site_tells_its_own_visits_and_the_main_portal_the_province_s(
    main: Tenant, alpha: Tenant, beta: Tenant, browse: Callable[..., Client]
) -> None:
    assert "visits" not in browse(alpha).get("/").content.decode()
    for tenant, people in ((alpha, 2), (beta, 3)):
        for number in range(people):
            browse(tenant).get("/", HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR=f"203.0.113.{number}")
    recorder.flush()
    cache.clear()
    told = {tenant: visits_line(browse(tenant)) for tenant in (main, alpha, beta)}
    assert [told[tenant].split()[0] for tenant in (main, alpha, beta)] == ["3", "2", "3"]
    assert " 5 " in told[main]
    with tenant_context(alpha):
        WidgetSettings.objects.create(site=Site.objects.get(), shows_visits=False)
    assert 'class="visits"' not in browse(alpha).get("/").content.decode()


def visits_line(browser: Client) -> str:
    page = browser.get("/").content.decode()
    return page.partition('<span class="visits">')[2].partition("</span>")[0]
