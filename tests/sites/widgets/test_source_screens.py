"""“Data sources”: provincial administrators on the main portal watch and switch them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django_tenants.utils import schema_context, tenant_context

from motcua.audit.models import AuditEvent
from motcua.jobs.models import Job
from motcua.jobs.worker import Worker
from motcua.people import groups
from motcua.readings.models import Source, ensure_sources
from tenants.models import Tenant
from tests import factories
from tests.outside import Outside

INDEX = "/admin/data-sources/"
RATES = f"{INDEX}vietcombank/"
TRIAL = f"{RATES}try/"


def rates() -> Source:
    with schema_context("public"):
        return ensure_sources().get(provider_key="vietcombank")


def work() -> None:
    with schema_context("public"):
        Job.objects.exclude(task_path="motcua.readings.jobs.read_source").delete()
    worker = Worker()
    try:
        while worker.run_once():
            pass
    finally:
        worker.heartbeat.close()


def test_an_administrator_tries_and_switches_on_a_source(
    admin: Client, outside: Outside, main: Tenant
) -> None:
    listed = admin.get(INDEX).content.decode()
    assert all(name in listed for name in ("Vietcombank", "Open-Meteo"))
    started = admin.post(TRIAL)
    assert started.status_code == 302
    assert "data-reload-after" in admin.get(started.url).content.decode()
    assert outside.asked == []  # the screen has waited for nothing
    work()
    assert outside.asked == ["/rates"]
    shown = admin.get(started.url).content.decode()
    assert "USD 26.390" in shown
    assert "data-reload-after" not in shown
    assert not rates().is_on
    saved = admin.post(RATES, {"is_on": "on", "question": "usd eur"})
    assert saved.url == reverse("data_sources:index")
    assert (rates().is_on, rates().parameters) == (True, {"currencies": ["USD", "EUR"]})
    event = AuditEvent.objects.filter(action="source.configured").latest("pk")
    assert (event.actor, event.site) == ("quan.tri@tinh.test", main.schema_name)


def test_a_failed_trial_is_told_in_plain_words(admin: Client, outside: Outside) -> None:
    outside.answers["/rates"] = outside.answers["/error"]
    started = admin.post(TRIAL)
    work()
    shown = admin.get(started.url).content.decode()
    assert "help-critical" in shown
    assert "Traceback" not in shown
    assert "BadStatus" not in shown
    assert rates().error == "status"


def test_a_source_that_does_not_know_what_to_ask_cannot_be_switched_on(admin: Client) -> None:
    path = f"{INDEX}open-meteo/"
    for question in ("", "Mỹ Tho", "Mỹ Tho; 100; 200"):
        answer = admin.post(path, {"is_on": "on", "question": question})
        assert answer.status_code == 200
        assert answer.context["form"].errors["question"]
    assert admin.post(path, {"question": ""}).status_code == 302
    with schema_context("public"):
        assert not Source.objects.switched_on().exists()
    assert admin.get(f"{INDEX}khong-co/").status_code == 404
    assert admin.get(f"{RATES}?trial=khong-co").status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_reaches_the_sources(
    method: str, main: Tenant, alpha: Tenant, beta: Tenant, outsider: Any,
    browse: Callable[..., Client],
) -> None:  # fmt: skip
    with tenant_context(alpha):
        site_administrator = factories.create_user(role=groups.SITE_ADMINISTRATOR)
        site_administrator.user_permissions.add(Permission.objects.get(codename="manage_sites"))
    with tenant_context(main):
        editor = factories.create_user(email="e@tinh.test", role=groups.SITE_ADMINISTRATOR)
    for path in (INDEX, RATES, TRIAL):
        for tenant, user in ((beta, outsider), (alpha, site_administrator)):
            browser = browse(tenant, user=user)
            assert getattr(browser, method)(path).status_code == 404, path
        turned_away = getattr(browse(main, user=editor), method)(path)
        assert turned_away.url == reverse("wagtailadmin_home")
        assert "/accounts/login/" in getattr(browse(main), method)(path).url
    assert not rates().is_on
    assert not Job.objects.filter(task_path="motcua.readings.jobs.read_source").exists()


def test_the_menu_has_the_sources_only_where_they_are(
    admin: Client, beta: Tenant, outsider: Any, browse: Callable[..., Client]
) -> None:
    home = reverse("wagtailadmin_home")
    assert INDEX in admin.get(home).content.decode()
    assert INDEX not in browse(beta, user=outsider).get(home).content.decode()
