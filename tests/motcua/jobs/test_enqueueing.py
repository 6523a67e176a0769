"""A job belongs to the site and to the transaction in which it was enqueued."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from django_tasks import TaskResultStatus, task_backends
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tenants.utils import schema_context, tenant_context

from motcua.jobs.backend import SiteMissing
from motcua.jobs.inline import run_inline
from motcua.jobs.models import Job
from motcua.jobs.worker import Worker
from tests.motcua.jobs import sample_tasks


def test_job_carries_the_site_of_the_caller(queue: None, alpha: Any, beta: Any) -> None:
    with tenant_context(alpha):
        sample_tasks.note.enqueue("a")
    with tenant_context(beta):
        sample_tasks.note.enqueue("b")
    sample_tasks.note.enqueue("p")
    found = {job.args[0]: job.site for job in Job.objects.all()}
    assert found == {"a": alpha.schema_name, "b": beta.schema_name, "p": "public"}


def test_rollback_takes_the_job_back(queue: None, alpha: Any) -> None:
    with tenant_context(alpha), transaction.atomic():
        sample_tasks.note.enqueue(1)
        assert Job.objects.count() == 1
        transaction.set_rollback(True)
    assert Job.objects.count() == 0


def test_enqueueing_is_one_statement(queue: None, alpha: Any) -> None:
    with tenant_context(alpha):
        Job.objects.count()  # the session stands in the site's schema already
        with CaptureQueriesContext(connection) as queries:
            sample_tasks.note.enqueue(1)
    assert [query["sql"].split()[0] for query in queries] == ["INSERT"]


def test_job_enqueued_by_wagtail_carries_its_site(alpha: Any, worker: Worker) -> None:
    page = apps.get_model("wagtailcore", "Page")
    with tenant_context(alpha):
        page.objects.filter(depth=1).first().save()
    job = Job.objects.get(task_path="wagtail.tasks.update_reference_index_task")
    assert job.site == alpha.schema_name
    worker.run_until_idle()
    job.refresh_from_db()
    assert (job.status, job.error) == ("succeeded", "")


def test_wagtail_index_job_of_a_deleted_object_is_no_failure(alpha: Any, worker: Worker) -> None:
    from wagtail.tasks import update_reference_index_task

    with tenant_context(alpha):
        update_reference_index_task.enqueue("wagtailcore", "page", "987654321")
    worker.run_until_idle()
    assert Job.objects.get().status == "succeeded"


def test_job_enqueued_on_commit_carries_its_site(shared_queue: Any, alpha: Any) -> None:
    with tenant_context(alpha), transaction.atomic():
        transaction.on_commit(lambda: sample_tasks.note.enqueue(1))
        assert not Job.objects.exists()
    assert Job.objects.get().site == alpha.schema_name


def test_wagtail_job_that_forgot_its_site_fails_loudly(queue: None) -> None:
    from wagtail.tasks import delete_file_from_storage_task

    with pytest.raises(SiteMissing):
        delete_file_from_storage_task.enqueue(["a.Storage", [], {}], "images/x.jpg")


def test_result_is_found_by_its_id(alpha: Any, worker: Worker) -> None:
    with tenant_context(alpha):
        result = sample_tasks.tell_attempt.enqueue(word="lần")
    assert result.status == TaskResultStatus.READY
    worker.run_until_idle()
    result.refresh()
    assert (result.status, result.return_value) == (TaskResultStatus.SUCCESSFUL, "lần 1")
    assert result.worker_ids == [worker.name]


def test_result_of_a_dead_job_names_its_error(worker: Worker) -> None:
    result = sample_tasks.give_up.enqueue()
    worker.run_until_idle()
    result.refresh()
    assert result.status == TaskResultStatus.FAILED
    assert result.errors[0].exception_class is PermissionError


@pytest.mark.parametrize("wrong", ["no-uuid", "00000000-0000-4000-8000-000000000000"])
def test_unknown_result_is_an_error(queue: None, wrong: str) -> None:
    with pytest.raises(TaskResultDoesNotExist):
        task_backends["default"].get_result(wrong)


def test_outsider_neither_sees_nor_touches_jobs_of_another_site(
    queue: None, alpha: Any, beta: Any
) -> None:
    with tenant_context(alpha):
        result = sample_tasks.note.enqueue("secret")
    with tenant_context(beta):
        assert not Job.objects.exists()
        assert Job.objects.update(status="dead") == 0
        assert Job.objects.all().delete()[0] == 0
        with pytest.raises(TaskResultDoesNotExist):
            task_backends["default"].get_result(result.id)
    assert Job.objects.get().status == "ready"


def test_site_cannot_enqueue_for_another_site(queue: None, alpha: Any, beta: Any) -> None:
    forged = Job(site=alpha.schema_name, task_path="x.y", queue="default")
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with tenant_context(beta), refused, transaction.atomic():
        forged.save(force_insert=True)


def test_inline_tasks_run_at_once_and_leave_no_row(queue: None, alpha: Any) -> None:
    with tenant_context(alpha), run_inline():
        result = sample_tasks.where_am_i.enqueue()
    assert result.return_value["database"] == alpha.schema_name
    assert not Job.objects.exists()


def test_template_schema_runs_its_tasks_at_once(queue: None) -> None:
    with schema_context("site_template"):
        sample_tasks.note.enqueue(1)
    assert sample_tasks.ran == [("site_template", 1)]


def test_unserialisable_argument_is_refused(queue: None) -> None:
    with pytest.raises(TypeError):
        sample_tasks.note.enqueue(object())
