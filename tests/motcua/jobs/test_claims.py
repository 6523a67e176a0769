"""Who gets which job: never two workers the same, a site's jobs together, nobody starved."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Any

from django.db import connection
from django_tenants.utils import tenant_context

from motcua.jobs.models import Job
from motcua.jobs.worker import Worker
from tests.motcua.jobs import sample_tasks


def enqueue_in(site: Any, *values: Any, priority: int = 0) -> None:
    with tenant_context(site):
        for value in values:
            sample_tasks.note.using(priority=priority).enqueue(value)


def test_workers_side_by_side_run_every_job_once(shared_queue: Any, alpha: Any, beta: Any) -> None:
    enqueue_in(alpha, *range(60))
    enqueue_in(beta, *range(60, 120))
    workers = [Worker() for _ in range(4)]

    def drain(worker: Worker) -> None:
        try:
            worker.run_until_idle()
        finally:
            connection.close()

    threads = [threading.Thread(target=drain, args=[worker]) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert Counter(value for _, value in sample_tasks.ran) == Counter(range(120))
    assert all((schema == alpha.schema_name) == (value < 60) for schema, value in sample_tasks.ran)
    assert set(Job.objects.values_list("status", "attempts")) == {("succeeded", 1)}


def test_worker_stays_with_a_site_while_it_can(queue: None, alpha: Any, beta: Any) -> None:
    for _ in range(5):
        enqueue_in(alpha, 1)
        enqueue_in(beta, 2)
    Worker(stay=20).run_until_idle()
    assert [value for _, value in sample_tasks.ran] == [1] * 5 + [2] * 5


def test_busy_site_cannot_starve_another(queue: None, alpha: Any, beta: Any) -> None:
    enqueue_in(alpha, *["busy"] * 30)
    enqueue_in(beta, "modest", "modest")
    Worker(stay=5).run_until_idle()
    order = [value for _, value in sample_tasks.ran]
    assert order.index("modest") == 5
    assert len(order) == 32


def test_urgent_job_elsewhere_ends_the_stay(queue: None, alpha: Any, beta: Any) -> None:
    enqueue_in(alpha, "usual", "usual")
    worker = Worker()
    worker.run_once()
    enqueue_in(beta, "urgent", priority=10)
    worker.run_once()
    assert [value for _, value in sample_tasks.ran] == ["usual", "urgent"]


def test_a_lone_site_is_served_past_its_stay(queue: None, alpha: Any) -> None:
    enqueue_in(alpha, *range(12))
    assert Worker(stay=5).run_until_idle() == 12
