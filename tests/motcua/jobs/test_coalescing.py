"""Calls that do what the rows say when they run: one that waits is enough."""

from __future__ import annotations

from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django_tenants.utils import tenant_context

from motcua.jobs.models import Job
from motcua.jobs.worker import Worker
from tests.motcua.jobs import sample_tasks


@pytest.fixture(autouse=True)
def coalesced(settings: Any) -> None:
    settings.COALESCED_TASKS = [sample_tasks.note.module_path]


def test_same_call_waits_once(queue: None, alpha: Any) -> None:
    with tenant_context(alpha):
        first = sample_tasks.note.enqueue(1)
        second = sample_tasks.note.enqueue(1)
        sample_tasks.note.enqueue(2)
    assert first.id == second.id
    assert [job.args for job in Job.objects.order_by("enqueued_at")] == [[1], [2]]


def test_other_site_waits_for_itself(queue: None, alpha: Any, beta: Any) -> None:
    for site in (alpha, beta):
        with tenant_context(site):
            sample_tasks.note.enqueue(1)
    assert Job.objects.count() == 2


def test_call_after_the_run_is_queued_again(alpha: Any, worker: Worker) -> None:
    for _time in range(2):
        with tenant_context(alpha):
            sample_tasks.note.enqueue(1)
        worker.run_until_idle()
    assert len(sample_tasks.ran) == 2


def test_workers_wait_for_whoever_relies_on_the_waiting_call(
    shared_queue: dict[str, str], alpha: Any
) -> None:
    with tenant_context(alpha):
        sample_tasks.note.enqueue(1)
    with tenant_context(alpha), transaction.atomic():
        sample_tasks.note.enqueue(1)
        _work_in_a_thread()
        assert sample_tasks.ran == []
    _work_in_a_thread()
    assert len(sample_tasks.ran) == 1


def _work_in_a_thread() -> None:
    def work() -> None:
        worker = Worker()
        try:
            worker.run_until_idle()
        finally:
            worker.heartbeat.close()
            connection.close()

    thread = Thread(target=work)
    thread.start()
    thread.join()
