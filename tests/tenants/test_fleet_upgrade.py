"""Upgrading all sites: who differs is migrated, whole or not at all, while the others go on.

"Pending" is made by taking a real migration back: its table is dropped and its record deleted.
Where the table is left standing, applying it again fails with "already exists".
"""

from __future__ import annotations

import io
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg2
import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from motcua.audit.models import AuditEvent
from motcua.web import hosts
from tenants import migrating, pool
from tenants.fleet import lock, upgrading, workers
from tenants.fleet.comparing import lacking
from tenants.fleet.progress import Lines
from tenants.models import SpareSchema, TemplateDump, Tenant
from tests.factories import create_tenant

APP, MIGRATION, TABLE = "wagtailadmin", "0006_formstate", "wagtailadmin_formstate"
PENDING = frozenset({(APP, MIGRATION)})


def take_back(schema_name: str, *, leave_table: bool = False) -> None:
    with connection.cursor() as cursor:
        if not leave_table:
            cursor.execute(f'DROP TABLE "{schema_name}".{TABLE}')
        cursor.execute(
            f'DELETE FROM "{schema_name}".django_migrations WHERE app = %s AND name = %s',
            [APP, MIGRATION],
        )


def has_table(schema_name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [f'"{schema_name}".{TABLE}'])
        return bool(cursor.fetchone()[0])


def upgrade(**options: Any) -> upgrading.Outcome:
    return upgrading.upgrade(jobs=2, progress=Lines(lambda _line: None), **options)


def run(command: str, **options: Any) -> str:
    output = io.StringIO()
    call_command(command, stdout=output, **options)
    return output.getvalue()


def fresh(tenant: Tenant) -> Tenant:
    return Tenant.objects.get(pk=tenant.pk)


@pytest.mark.smoke
def test_only_sites_that_differ_are_migrated(
    committed: dict[str, str], main: Tenant, alpha: Tenant, beta: Tenant
) -> None:
    take_back(alpha.schema_name)
    outcome = upgrade()
    assert outcome.migrated == [alpha.schema_name]
    assert outcome.ok
    assert has_table(alpha.schema_name)
    assert lacking([main.schema_name, alpha.schema_name, beta.schema_name]) == {}


def test_a_second_run_finds_nothing_to_do(
    committed: dict[str, str], alpha: Tenant, beta: Tenant
) -> None:
    take_back(alpha.schema_name)
    take_back(beta.schema_name)
    assert set(upgrade().migrated) == {alpha.schema_name, beta.schema_name}
    assert upgrade() == upgrading.Outcome()


def test_a_failing_site_is_named_and_the_others_go_on(
    committed: dict[str, str], main: Tenant, alpha: Tenant, beta: Tenant
) -> None:
    for tenant in (main, alpha, beta):
        take_back(tenant.schema_name, leave_table=tenant == alpha)
    output = io.StringIO()
    with pytest.raises(CommandError):
        call_command("migrate_sites", stdout=output, jobs=2)
    assert f"{alpha.name_vi} ({alpha.schema_name})" in output.getvalue()
    assert f"{APP}.{MIGRATION}: ProgrammingError" in output.getvalue()
    assert "already exists" in fresh(alpha).maintenance_error
    assert set(lacking([t.schema_name for t in (main, alpha, beta)])) == {alpha.schema_name}


def test_a_failing_site_answers_503_until_a_later_run_succeeds(
    committed: dict[str, str], alpha: Tenant, browse: Callable[..., Client]
) -> None:
    take_back(alpha.schema_name, leave_table=True)
    assert not upgrade().ok
    hosts.cache.clear()
    assert browse(alpha).get("/").status_code == 503

    with connection.cursor() as cursor:
        cursor.execute(f'DROP TABLE "{alpha.schema_name}".{TABLE}')
    assert upgrade().migrated == [alpha.schema_name]
    hosts.cache.clear()
    assert browse(alpha).get("/").status_code == 200
    events = AuditEvent.objects.filter(site=alpha.schema_name).values_list("action", flat=True)
    assert {"site.upgrade_failed", "site.upgrade_recovered"} <= set(events)


def test_a_failing_site_keeps_its_whole_old_schema(
    committed: dict[str, str], alpha: Tenant
) -> None:
    """Of two pending migrations the second fails: the first is undone with it."""
    take_back(alpha.schema_name)
    with connection.cursor() as cursor:
        cursor.execute(
            f'DELETE FROM "{alpha.schema_name}".django_migrations'
            " WHERE app = 'wagtailusers' AND name LIKE '0015%%'"
        )
    error = upgrade().failed[alpha.schema_name]
    assert error.startswith("wagtailusers.0015")
    assert not has_table(alpha.schema_name)
    assert lacking([alpha.schema_name])[alpha.schema_name] > PENDING


def test_a_site_repaired_by_hand_leaves_maintenance(
    committed: dict[str, str], alpha: Tenant
) -> None:
    Tenant.objects.filter(pk=alpha.pk).update(maintenance_error="ProgrammingError: …")
    assert upgrade().ok
    assert fresh(alpha).maintenance_error == ""


def test_a_failing_canary_stops_the_run(
    committed: dict[str, str], main: Tenant, alpha: Tenant, beta: Tenant
) -> None:
    for tenant in (main, alpha, beta):
        take_back(tenant.schema_name, leave_table=tenant == alpha)
    outcome = upgrade(canary=1)
    assert outcome.failed.keys() == {alpha.schema_name}
    assert (outcome.migrated, outcome.untouched) == ([], 2)
    assert not has_table(beta.schema_name)
    assert fresh(beta).maintenance_error == ""


def test_a_healthy_canary_lets_the_others_follow(
    committed: dict[str, str], main: Tenant, alpha: Tenant, beta: Tenant
) -> None:
    for tenant in (main, alpha, beta):
        take_back(tenant.schema_name)
    outcome = upgrade(canary=1)
    assert outcome.migrated[0] == alpha.schema_name
    assert len(outcome.migrated) == 3


def test_suspended_sites_are_migrated_too(committed: dict[str, str], alpha: Tenant) -> None:
    Tenant.objects.filter(pk=alpha.pk).update(status="suspended")
    take_back(alpha.schema_name)
    assert upgrade().migrated == [alpha.schema_name]


def test_template_and_pool_are_brought_up_first(committed: dict[str, str], alpha: Tenant) -> None:
    take_back("site_template")
    take_back(alpha.schema_name)
    outdated = pool.add_spare(TemplateDump.objects.latest())
    TemplateDump.objects.update(migrations="0" * 32)
    outcome = upgrade()
    assert outcome.migrated == [alpha.schema_name]
    assert has_table("site_template")
    assert has_table(create_tenant("gamma").schema_name)
    assert not SpareSchema.objects.filter(schema_name=outdated.schema_name).exists()


def test_spares_of_an_older_template_are_replaced(
    committed: dict[str, str], settings: LazySettings
) -> None:
    settings.SITE_POOL_SIZE = 1
    dump = TemplateDump.objects.latest()
    outdated = pool.add_spare(dump)
    newer = TemplateDump.objects.create(digest="f" * 64, migrations=dump.migrations, sql=dump.sql)
    assert upgrade().spares == 1
    assert [spare.dump for spare in SpareSchema.objects.all()] == [newer]
    assert not has_table(outdated.schema_name)


def test_a_failing_template_leaves_the_sites_alone(
    committed: dict[str, str], alpha: Tenant
) -> None:
    take_back("site_template", leave_table=True)
    take_back(alpha.schema_name)
    with pytest.raises(upgrading.NotReadyError, match=rf"{APP}\.{MIGRATION}"):
        upgrade()
    assert not has_table(alpha.schema_name)


def test_a_registry_behind_the_code_is_refused(
    committed: dict[str, str], alpha: Tenant, admin_url: str
) -> None:
    take_back(alpha.schema_name)
    name = connection.settings_dict["NAME"]
    with psycopg2.connect(admin_url, dbname=name) as admin, admin.cursor() as cursor:
        cursor.execute("DELETE FROM public.django_migrations WHERE app = %s", [APP])
    with pytest.raises(CommandError, match=r"manage\.py deploy"):
        run("migrate_sites")


def test_non_atomic_migrations_are_refused_beforehand(
    committed: dict[str, str], alpha: Tenant, beta: Tenant
) -> None:
    """Wagtail's one is long applied; a site that lacks it may not run it in a fleet upgrade."""
    take_back(alpha.schema_name)
    with connection.cursor() as cursor:
        cursor.execute(
            f'DELETE FROM "{beta.schema_name}".django_migrations'
            " WHERE app = 'wagtailcore' AND name = '0070_rename_pagerevision_revision'"
        )
    with pytest.raises(CommandError, match=r"wagtailcore\.0070_rename_pagerevision_revision"):
        run("migrate_sites")
    assert not has_table(alpha.schema_name)


def test_check_only_tells_who_lags_behind(committed: dict[str, str], alpha: Tenant) -> None:
    assert run("migrate_sites", check=True)
    take_back(alpha.schema_name)
    output = io.StringIO()
    with pytest.raises(CommandError):
        call_command("migrate_sites", stdout=output, check=True)
    assert f"{alpha.schema_name}" in output.getvalue()
    assert f"{APP}.{MIGRATION}" in output.getvalue()
    assert not has_table(alpha.schema_name)


def test_a_site_without_schema_fails_and_public_stays_untouched(
    committed: dict[str, str], alpha: Tenant
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'DROP SCHEMA "{alpha.schema_name}" CASCADE')
    outcome = upgrade()
    assert "SchemaMissingError" in outcome.failed[alpha.schema_name]
    assert not has_table("public")


def test_a_busy_site_is_tried_again(
    committed: dict[str, str], alpha: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrating, "LOCK_TIMEOUT", 100)
    take_back(alpha.schema_name)
    # Creating the table refers to the users, so it needs a lock on them.
    release = hold_table(committed["DATABASE_URL"], alpha.schema_name, "people_user")
    threading.Timer(0.5, release).start()
    assert upgrade().migrated == [alpha.schema_name]


def test_a_site_that_stays_busy_does_not_hold_up_the_others(
    committed: dict[str, str], alpha: Tenant, beta: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrating, "LOCK_TIMEOUT", 50)
    monkeypatch.setattr(migrating, "PAUSES", (0.05,))
    take_back(alpha.schema_name)
    take_back(beta.schema_name)
    release = hold_table(committed["DATABASE_URL"], alpha.schema_name, "people_user")
    try:
        outcome = upgrade()
    finally:
        release()
    assert outcome.migrated == [beta.schema_name]
    assert "lock timeout" in outcome.failed[alpha.schema_name]


def hold_table(url: str, schema_name: str, table: str) -> Callable[[], None]:
    """Keep a table locked, as a long transaction does; returns what ends it."""
    other = psycopg2.connect(url)
    other.cursor().execute(f'LOCK TABLE "{schema_name}".{table} IN ACCESS EXCLUSIVE MODE')
    return other.close


def test_a_killed_worker_costs_its_own_site_only(
    committed: dict[str, str], alpha: Tenant, beta: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_back(alpha.schema_name)
    take_back(beta.schema_name)

    def die_in_alpha(schema_name: str) -> str:
        if schema_name == alpha.schema_name:
            os.kill(os.getpid(), signal.SIGKILL)
        return attempt(schema_name)

    attempt = workers.attempt
    monkeypatch.setattr(workers, "attempt", die_in_alpha)
    outcome = upgrading.upgrade(jobs=1, progress=Lines(lambda _line: None))
    assert outcome.failed.keys() == {alpha.schema_name}
    assert outcome.migrated == [beta.schema_name]


def test_upgrades_wait_for_each_other(committed: dict[str, str]) -> None:
    heard: list[str] = []
    order: list[str] = []

    def second() -> None:
        with lock.only_one(heard.append):
            order.append("second")
        connection.close()

    with lock.only_one():
        thread = threading.Thread(target=second)
        thread.start()
        deadline = time.monotonic() + 5
        while not heard and time.monotonic() < deadline:
            time.sleep(0.02)
        order.append("first")
    thread.join(5)
    assert heard
    assert order == ["first", "second"]


@pytest.mark.parametrize("command", ["migrate_sites", "deploy"])
def test_a_failing_template_is_told_in_one_line(committed: dict[str, str], command: str) -> None:
    take_back("site_template", leave_table=True)
    with pytest.raises(CommandError, match=rf"{APP}\.{MIGRATION}: ProgrammingError"):
        run(command)


@pytest.mark.smoke
def test_deploy_brings_up_everything(
    committed: dict[str, str], alpha: Tenant, settings: LazySettings
) -> None:
    settings.SITE_POOL_SIZE = 1
    take_back("site_template")
    take_back(alpha.schema_name)
    run("deploy", jobs=2, canary=1)
    assert has_table("site_template")
    assert has_table(alpha.schema_name)
    assert has_table(SpareSchema.objects.get().schema_name)
    assert Client(HTTP_HOST=alpha.primary_domain).get("/").status_code == 200
