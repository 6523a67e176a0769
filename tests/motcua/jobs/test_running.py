"""A worker runs each job in its site and comes back to public, whatever the job did."""

from __future__ import annotations

import logging
import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tenants.utils import tenant_context

from motcua.jobs.logs import JobLogFilter
from motcua.jobs.models import Job
from motcua.jobs.worker import Worker
from tests.motcua.jobs import sample_tasks

LEFT_OPEN = "motcua.jobs.runner.TransactionLeftOpen"


def current_schema() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return str(cursor.fetchone()[0])


def test_each_job_runs_in_its_own_site(worker: Worker, alpha: Any, beta: Any) -> None:
    for site in (alpha, beta, alpha):
        with tenant_context(site):
            sample_tasks.where_am_i.enqueue()
    assert worker.run_until_idle() == 3
    for job in Job.objects.all():
        seen = {"connection": job.site, "database": job.site, "job": str(job.id)}
        assert job.return_value == seen
    assert current_schema() == "public"


def test_public_job_runs_in_public(worker: Worker) -> None:
    sample_tasks.where_am_i.enqueue()
    worker.run_until_idle()
    assert Job.objects.get().return_value["database"] == "public"


def test_job_that_wanders_off_leaves_the_worker_in_public(
    worker: Worker, alpha: Any, beta: Any
) -> None:
    with tenant_context(alpha):
        sample_tasks.wander_and_fail.enqueue(beta.schema_name)
    worker.run_once()
    assert (connection.schema_name, current_schema()) == ("public", "public")


def test_worker_outlives_a_broken_connection(shared_queue: Any, alpha: Any) -> None:
    with tenant_context(alpha):
        sample_tasks.break_connection.enqueue()
        sample_tasks.where_am_i.enqueue()
    assert Worker().run_until_idle() == 2
    broken = Job.objects.get(task_path__endswith="break_connection")
    assert (broken.status, broken.attempts) == ("ready", 1)
    assert broken.error_class.endswith("OperationalError")
    assert Job.objects.get(task_path__endswith="where_am_i").status == "succeeded"


def test_transaction_left_open_does_not_reach_the_next_job(shared_queue: Any) -> None:
    sample_tasks.leave_transaction_open.enqueue()
    Worker().run_once()
    assert connection.get_autocommit()
    job = Job.objects.get()
    assert (job.status, job.error_class) == ("ready", LEFT_OPEN)


@pytest.mark.parametrize("fail_inside", [False, True])
def test_block_left_open_is_undone_and_the_job_has_failed(
    shared_queue: Any, fail_inside: bool
) -> None:
    sample_tasks.leave_block_open.enqueue(fail_inside)
    Worker().run_once()
    assert not connection.in_atomic_block
    job = Job.objects.get()
    assert (job.status, job.error_class, job.queue) == ("ready", LEFT_OPEN, "default")
    assert current_schema() == "public"


@pytest.mark.parametrize("kind", ["nul", "surrogate", "nan"])
def test_value_that_cannot_be_stored_does_not_repeat_the_work(worker: Worker, kind: str) -> None:
    sample_tasks.return_unstorably.enqueue(kind)
    worker.run_once()
    job = Job.objects.get()
    assert (job.status, job.return_value) == ("succeeded", None)


def test_job_that_exits_does_not_end_the_worker(worker: Worker) -> None:
    sample_tasks.leave.enqueue()
    assert worker.run_once()
    assert Job.objects.get().error_class == "builtins.SystemExit"


def test_unserialisable_return_value_does_not_repeat_the_work(worker: Worker) -> None:
    sample_tasks.return_no_json.enqueue()
    worker.run_until_idle()
    assert Job.objects.get().status == "succeeded"


def test_job_of_a_vanished_site_dies_with_a_reason(worker: Worker) -> None:
    Job.objects.create(site="s_gone00000000", task_path="a.b", queue="default")
    worker.run_until_idle()
    job = Job.objects.get()
    assert (job.status, job.error_class) == ("dead", "SiteGone")
    assert "s_gone00000000" in job.error


@pytest.mark.parametrize("state", ["archived", "merged"])
def test_job_of_a_closed_site_dies(worker: Worker, alpha: Any, state: str) -> None:
    assert outcome_in_state(worker, alpha, status=state) == ("dead", 1)


def test_job_of_a_site_in_preparation_runs(worker: Worker, alpha: Any) -> None:
    """Its first administrator waits for the invitation."""
    sites = type(alpha).objects.filter(pk=alpha.pk)
    sites.update(status="preparing")
    with tenant_context(alpha):
        sample_tasks.note.enqueue(1)
    worker.run_until_idle()
    assert Job.objects.get().status == "succeeded"


@pytest.mark.parametrize("state", [{"status": "suspended"}, {"maintenance_error": "boom"}])
def test_job_of_a_resting_site_waits_without_losing_an_attempt(
    worker: Worker, alpha: Any, state: dict[str, str]
) -> None:
    assert outcome_in_state(worker, alpha, **state) == ("ready", 0)
    assert Job.objects.get().run_after > timezone.now() + timedelta(seconds=30)


def outcome_in_state(worker: Worker, site: Any, **state: str) -> tuple[str, int]:
    with tenant_context(site):
        sample_tasks.note.enqueue(1)
    sites = type(site).objects.filter(pk=site.pk)
    before = sites.values(*state).get()
    sites.update(**state)
    try:
        worker.run_until_idle()
    finally:
        sites.update(**before)
    job = Job.objects.get()
    assert sample_tasks.ran == []
    return job.status, job.attempts


def test_job_for_later_waits(worker: Worker) -> None:
    later = timezone.now() + timedelta(hours=1)
    sample_tasks.note.using(run_after=later).enqueue(1)
    assert worker.run_until_idle() == 0


def test_urgent_jobs_come_first(worker: Worker) -> None:
    sample_tasks.note.enqueue("usual")
    sample_tasks.note.using(priority=50).enqueue("urgent")
    worker.run_until_idle()
    assert [value for _, value in sample_tasks.ran] == ["urgent", "usual"]


def test_worker_serves_only_its_queues(queue: None) -> None:
    sample_tasks.note.enqueue("default")
    sample_tasks.note.using(queue_name="slow").enqueue("slow")
    Worker(queues=["slow"]).run_until_idle()
    assert [value for _, value in sample_tasks.ran] == ["slow"]


def test_every_log_line_of_a_job_names_site_and_job(
    worker: Worker, alpha: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.addFilter(JobLogFilter())
    caplog.set_level(logging.INFO)
    with tenant_context(alpha):
        sample_tasks.log_a_line.enqueue()
    worker.run_once()
    job = Job.objects.get()
    lines = [record for record in caplog.records if record.name.startswith(("some", "motcua"))]
    assert {line.name for line in lines} == {"some.library", "motcua.jobs.runner"}
    assert {(vars(line)["site"], vars(line)["job"]) for line in lines} == {(job.site, str(job.id))}


def test_stop_lets_the_current_job_finish(shared_queue: Any) -> None:
    worker = Worker(poll=0.02)
    sample_tasks.wait_for_signal.enqueue()
    sample_tasks.note.enqueue("not any more")
    thread = threading.Thread(target=worker.run)
    thread.start()
    wait_until(lambda: Job.objects.running().exists())
    worker.stop()
    sample_tasks.let_go.set()
    thread.join(10)
    assert not thread.is_alive()
    assert sorted(Job.objects.values_list("status", flat=True)) == ["ready", "succeeded"]


def test_command_once_runs_everything_that_is_due(shared_queue: Any, alpha: Any) -> None:
    with tenant_context(alpha):
        for number in range(5):
            sample_tasks.note.enqueue(number)
    call_command("run_jobs", "--once", "--threads", "2")
    assert sorted(value for _, value in sample_tasks.ran) == [0, 1, 2, 3, 4]


def wait_until(condition: Any, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
