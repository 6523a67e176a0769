"""A failed job is tried again, ends in the dead-letter list, and can be revived from there."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tenants.utils import tenant_context

from motcua.jobs.models import Job
from motcua.jobs.overview import jobs_overview
from motcua.jobs.retries import DEFAULT, Retries, policy_for
from motcua.jobs.upkeep import prune_jobs, retry_jobs
from motcua.jobs.worker import Worker
from tests.motcua.jobs import sample_tasks


def make_due() -> None:
    Job.objects.update(run_after=timezone.now() - timedelta(seconds=1))


def test_failed_job_rests_before_the_next_attempt(worker: Worker) -> None:
    sample_tasks.fail_twice.enqueue()
    before = timezone.now()
    assert worker.run_until_idle() == 1
    job = Job.objects.get()
    assert (job.status, job.attempts, job.max_attempts) == ("ready", 1, 2)
    assert timedelta(seconds=99) < job.run_after - before < timedelta(seconds=105)


def test_job_without_attempts_left_is_dead_and_tells_why(worker: Worker) -> None:
    sample_tasks.fail_twice.enqueue()
    worker.run_until_idle()
    make_due()
    worker.run_until_idle()
    job = Job.objects.dead().get()
    assert (job.attempts, job.error_class) == (2, "builtins.ValueError")
    assert "in fail_twice" in job.error
    assert job.finished_at is not None


def test_three_attempts_are_the_default(worker: Worker) -> None:
    sample_tasks.fail.enqueue()
    for _ in range(5):
        make_due()
        worker.run_until_idle()
    assert (Job.objects.get().status, Job.objects.get().attempts) == ("dead", 3)


def test_hopeless_exception_buries_at_once(worker: Worker) -> None:
    sample_tasks.give_up.enqueue()
    worker.run_until_idle()
    assert (Job.objects.get().status, Job.objects.get().attempts) == ("dead", 1)


def test_obsolete_job_ends_well(worker: Worker) -> None:
    sample_tasks.miss_object.enqueue()
    worker.run_until_idle()
    assert Job.objects.get().status == "succeeded"


def test_missing_task_fails_like_any_other(worker: Worker) -> None:
    Job.objects.create(site="public", task_path="motcua.jobs.nothing", queue="default")
    worker.run_until_idle()
    assert Job.objects.get().error_class == "builtins.ImportError"


def test_function_that_is_no_task_is_never_called(worker: Worker) -> None:
    Job.objects.create(site="public", task_path="os.getcwd", queue="default")
    worker.run_until_idle()
    assert Job.objects.get().error_class.endswith("SuspiciousOperation")


def test_error_whose_text_cannot_be_stored_is_told_as_far_as_it_can(worker: Worker) -> None:
    sample_tasks.fail_unstorably.enqueue()
    worker.run_once()
    job = Job.objects.get()
    assert (job.status, job.attempts) == ("ready", 1)
    assert "a�b�c" in job.error


def test_error_without_words_is_a_failure_like_any_other(worker: Worker) -> None:
    sample_tasks.fail_mutely.enqueue()
    worker.run_once()
    assert Job.objects.get().error_class.endswith("sample_tasks.Mute")


def test_error_keeps_no_personal_data(worker: Worker) -> None:
    sample_tasks.fail.enqueue("nguyen.van.an@example.vn 082 188 001 234 0912345678 lỗi")
    worker.run_until_idle()
    error = Job.objects.get().error
    assert "lỗi" in error
    assert not any(word in error for word in ("nguyen", "example", "082", "0912"))


@pytest.mark.parametrize(("attempt", "rest"), [(1, 10), (2, 40), (3, 160), (9, 3600), (5000, 3600)])
def test_rests_grow_up_to_the_longest(attempt: int, rest: float) -> None:
    assert Retries(jitter=0).delay(attempt) == rest


def test_jitter_spreads_the_rests() -> None:
    rests = {Retries(jitter=0.2).delay(1) for _ in range(50)}
    assert len(rests) > 40
    assert all(8 <= rest <= 12 for rest in rests)


def test_policy_is_found_by_path() -> None:
    assert policy_for(sample_tasks.fail_twice.module_path).max_attempts == 2
    assert policy_for("no.such.task") is DEFAULT


def test_retries_need_an_attempt() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Retries(max_attempts=0)


def test_revived_job_has_all_its_attempts_again(worker: Worker) -> None:
    sample_tasks.give_up.enqueue()
    worker.run_until_idle()
    assert retry_jobs([Job.objects.get().pk]) == 1
    job = Job.objects.get()
    assert (job.status, job.attempts, job.finished_at) == ("ready", 0, None)
    worker.run_until_idle()
    assert Job.objects.get().status == "dead"


def test_only_dead_jobs_are_revived(worker: Worker) -> None:
    sample_tasks.note.enqueue(1)
    worker.run_until_idle()
    assert retry_jobs() == 0


def test_dead_periodic_job_stays_dead_while_a_newer_one_waits(queue: None) -> None:
    job = {"site": "public", "task_path": "a.b", "queue": "default", "periodic": "daily"}
    Job.objects.create(**job, status="dead", finished_at=timezone.now())
    Job.objects.create(**job)
    assert retry_jobs() == 0


def test_pruning_spares_dead_and_young_jobs(worker: Worker) -> None:
    sample_tasks.note.enqueue(1)
    sample_tasks.give_up.enqueue()
    worker.run_until_idle()
    assert prune_jobs(older_than_days=1) == 0
    Job.objects.update(finished_at=timezone.now() - timedelta(days=2))
    assert prune_jobs(older_than_days=1) == 1
    assert prune_jobs(older_than_days=1, dead=True) == 1


def test_overview_counts_all_sites_from_any_site(worker: Worker, alpha: Any, beta: Any) -> None:
    with tenant_context(alpha):
        sample_tasks.give_up.enqueue()
    worker.run_until_idle()
    with tenant_context(beta):
        sample_tasks.note.enqueue(1)
        sample_tasks.note.using(run_after=timezone.now() + timedelta(hours=1)).enqueue(2)
        seen = jobs_overview()
    assert (seen.ready, seen.due, seen.running, seen.dead) == (2, 1, 0, 1)
    assert seen.dead_by_site == {alpha.schema_name: 1}
    assert 0 <= seen.oldest_due_seconds < 60


def test_commands_list_retry_and_prune(worker: Worker, alpha: Any) -> None:
    with tenant_context(alpha):
        sample_tasks.give_up.enqueue()
    worker.run_until_idle()
    job = Job.objects.get()
    listed = output_of("list_jobs", "--dead", "--site", alpha.schema_name)
    assert str(job.id) in listed
    assert "PermissionError" in listed
    assert output_of("list_jobs", "--status", "ready") == ""
    assert output_of("retry_jobs", str(job.id))
    assert output_of("prune_jobs", "--older-than", "1")
    with pytest.raises(CommandError):
        call_command("retry_jobs")


def output_of(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()
