"""Periodic jobs: once a period, in every site that needs them, however many workers look."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.utils import timezone
from django_tenants.utils import tenant_context

from motcua.jobs.checks import check_backend, check_periodic_jobs
from motcua.jobs.due import sites_where
from motcua.jobs.models import Job, PeriodicRun
from motcua.jobs.periodic import enqueue_due
from motcua.jobs.sites import active_sites
from motcua.jobs.upkeep import prune_old_jobs
from motcua.jobs.worker import Worker
from tests.motcua.jobs import sample_tasks
from tests.motcua.jobs.test_lost_workers import run_in_threads

HERE = "tests.motcua.jobs.sample_tasks"
NOTE = f"{HERE}.note"


def entry(**changes: Any) -> dict[str, Any]:
    return {"task": NOTE, "every": 60, "scope": "site", "kwargs": {"value": "x"}, **changes}


@pytest.fixture
def two_sites(queue: None, alpha: Any, beta: Any, settings: LazySettings) -> list[str]:
    """Periodic jobs see alpha and beta only, whatever else the registry holds."""
    return only_these(settings, alpha, beta)


def only_these(settings: LazySettings, alpha: Any, beta: Any) -> list[str]:
    settings.JOB_SITES = f"{HERE}.the_two_sites"
    sample_tasks.two_sites[:] = [alpha.schema_name, beta.schema_name]
    return sample_tasks.two_sites


def test_site_job_runs_in_every_active_site(
    two_sites: list[str], worker: Worker, settings: LazySettings
) -> None:
    settings.PERIODIC_JOBS = {"round": entry()}
    worker.run_until_idle()
    assert sorted(sample_tasks.ran) == sorted((site, "x") for site in two_sites)


def test_active_sites_come_from_the_registry(queue: None, alpha: Any, beta: Any) -> None:
    sites = type(alpha).objects.filter(pk=beta.pk)
    before = sites.get().status
    sites.update(status="suspended")
    try:
        found = active_sites()
    finally:
        sites.update(status=before)
    assert alpha.schema_name in found
    assert beta.schema_name not in found


def test_public_job_runs_once_and_in_public(worker: Worker, settings: LazySettings) -> None:
    settings.PERIODIC_JOBS = {"round": entry(scope="public")}
    worker.run_until_idle()
    assert sample_tasks.ran == [("public", "x")]


def test_clock_that_was_ahead_does_not_stop_periodic_jobs(
    queue: None, settings: LazySettings
) -> None:
    settings.PERIODIC_JOBS = {"round": entry(scope="public")}
    now = timezone.now()
    assert enqueue_due(now + timedelta(days=365)) == 1
    Job.objects.all().delete()
    assert enqueue_due(now) == 1
    Job.objects.all().delete()
    assert enqueue_due(now + timedelta(seconds=59)) == 0
    assert enqueue_due(now - timedelta(seconds=2)) == 0
    assert enqueue_due(now + timedelta(seconds=60)) == 1


def test_many_workers_enqueue_a_period_once(
    shared_queue: Any, alpha: Any, beta: Any, settings: LazySettings
) -> None:
    only_these(settings, alpha, beta)
    settings.PERIODIC_JOBS = {f"round-{n}": entry() for n in range(5)}
    now = timezone.now()
    for period in range(3):
        Job.objects.all().delete()
        run_in_threads(4, lambda at=now + timedelta(seconds=60 * period): enqueue_due(at))
        found = Counter(Job.objects.values_list("periodic", "site"))
        assert len(found) == 10
        assert set(found.values()) == {1}


def test_nothing_is_enqueued_before_the_period_is_over(
    two_sites: list[str], settings: LazySettings
) -> None:
    settings.PERIODIC_JOBS = {"round": entry()}
    now = timezone.now()
    assert [enqueue_due(now + timedelta(seconds=s)) for s in (0, 1, 59)] == [2, 0, 0]


def test_late_looks_do_not_shift_the_rhythm(two_sites: list[str], settings: LazySettings) -> None:
    settings.PERIODIC_JOBS = {"round": entry()}
    start = timezone.now()
    for seconds in (0, 64, 125):
        enqueue_due(start + timedelta(seconds=seconds))
    assert PeriodicRun.objects.get().last_enqueued_at == start + timedelta(seconds=120)


def test_a_long_pause_is_not_made_up_for(two_sites: list[str], settings: LazySettings) -> None:
    settings.PERIODIC_JOBS = {"round": entry()}
    start = timezone.now()
    for hours in (0, 5):
        enqueue_due(start + timedelta(hours=hours))
    assert PeriodicRun.objects.get().last_enqueued_at == start + timedelta(hours=5)


@pytest.mark.parametrize("status", ["ready", "running"])
def test_site_whose_last_job_still_waits_gets_no_second(
    two_sites: list[str], settings: LazySettings, status: str
) -> None:
    settings.PERIODIC_JOBS = {"round": entry()}
    enqueue_due()
    Job.objects.filter(site=two_sites[0]).update(status=status)
    Job.objects.filter(site=two_sites[1]).update(status="succeeded")
    enqueue_due(timezone.now() + timedelta(minutes=2))
    assert Counter(Job.objects.values_list("site", flat=True)) == {two_sites[0]: 1, two_sites[1]: 2}


def test_database_refuses_a_second_waiting_job(queue: None) -> None:
    values = {"site": "public", "task_path": NOTE, "queue": "default", "periodic": "round"}
    Job.objects.create(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(**values)


def test_quiet_sites_get_no_job(two_sites: list[str], settings: LazySettings) -> None:
    settings.PERIODIC_JOBS = {
        "some": entry(due=f"{HERE}.first_site_is_due"),
        "none": entry(due=f"{HERE}.no_site_is_due"),
    }
    enqueue_due()
    assert list(Job.objects.values_list("periodic", "site")) == [("some", two_sites[0])]


def test_entry_that_fails_does_not_hold_up_the_others(
    two_sites: list[str], settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.PERIODIC_JOBS = {"bad": entry(due=f"{HERE}.fail_to_tell"), "good": entry()}
    assert enqueue_due() == 2
    assert "periodic job bad" in caplog.text
    assert PeriodicRun.objects.get(name="bad").last_enqueued_at is None


def test_spread_distributes_the_sites(two_sites: list[str], settings: LazySettings) -> None:
    settings.PERIODIC_JOBS = {"round": entry(spread=100)}
    now = timezone.now()
    enqueue_due(now)
    starts = sorted((job.run_after - now).total_seconds() for job in Job.objects.all())
    assert starts == [0, 50]


def test_enqueueing_from_a_site_serves_all_sites(
    two_sites: list[str], settings: LazySettings, alpha: Any
) -> None:
    settings.PERIODIC_JOBS = {"round": entry()}
    with tenant_context(alpha):
        assert enqueue_due() == 2
        assert connection.schema_name == alpha.schema_name


@pytest.mark.parametrize(
    "wrong",
    [
        {"task": "no.such.task"},
        {"task": "os.getcwd"},
        {"every": 0},
        {"scope": "world"},
        {"due": "no.such.function"},
        {"when": "noon"},
    ],
)
def test_wrong_entry_is_found_at_the_start(settings: LazySettings, wrong: dict[str, Any]) -> None:
    settings.PERIODIC_JOBS = {"good": entry(), "bad": entry(**wrong)}
    errors = check_periodic_jobs()
    assert [error.id for error in errors] == ["jobs.E003"]
    assert "'bad'" in errors[0].msg


def test_other_backend_is_found_at_the_start(settings: LazySettings) -> None:
    assert check_backend() == []
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    assert [error.id for error in check_backend()] == ["jobs.E002"]


def test_one_query_finds_the_sites_with_something_to_do(two_sites: list[str], alpha: Any) -> None:
    condition = "SELECT 1 FROM {schema}.django_migrations WHERE name LIKE 'only-here%'"
    with tenant_context(alpha), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'only-here', now())"
        )
    try:
        assert sites_where(two_sites, condition) == [alpha.schema_name]
        assert sites_where(two_sites, "SELECT 1 WHERE false", "SELECT 1") == two_sites
        assert sites_where([], condition) == []
    finally:
        with tenant_context(alpha), connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE name = 'only-here'")


def test_site_that_cannot_be_asked_does_not_hold_up_the_others(two_sites: list[str]) -> None:
    sites = [two_sites[0], "s_nothing00000", two_sites[1]]
    condition = "SELECT 1 FROM {schema}.django_migrations"
    assert sites_where(sites, condition) == two_sites


def test_failing_query_of_an_entry_does_not_stop_the_worker(
    two_sites: list[str], worker: Worker, settings: LazySettings
) -> None:
    settings.PERIODIC_JOBS = {"bad": entry(due=f"{HERE}.ask_wrongly"), "good": entry()}
    assert worker.run_until_idle() == 2


def test_old_jobs_are_pruned_by_a_job(worker: Worker, settings: LazySettings) -> None:
    settings.JOBS_KEEP_DAYS = 0
    sample_tasks.note.enqueue("x")
    worker.run_until_idle()
    prune_old_jobs.enqueue()
    worker.run_until_idle()
    assert Job.objects.get().return_value == 1
