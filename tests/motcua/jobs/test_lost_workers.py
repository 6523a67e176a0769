"""Jobs of workers that died come back; workers that only seemed dead do no harm."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django_tenants.utils import tenant_context

from motcua.jobs.claims import recover_lost_jobs
from motcua.jobs.heartbeat import Heartbeat
from motcua.jobs.models import Job
from motcua.jobs.worker import Worker
from tests.motcua.jobs import sample_tasks

# A worker process on the database of the tests.
WORKER_PROCESS = """
import django
from django.conf import settings
settings.PERIODIC_JOBS = {}
django.setup()
from motcua.jobs.worker import run_workers
run_workers()
"""


@contextmanager
def worker_process(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", WORKER_PROCESS], env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(condition: Any, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def test_job_of_a_killed_worker_runs_again(
    shared_queue: dict[str, str], alpha: Any, tmp_path: Path
) -> None:
    file = tmp_path / "runs"
    with tenant_context(alpha):
        sample_tasks.write_and_hang.enqueue(str(file), 60)
    with worker_process(shared_queue) as process:
        wait_until(file.exists)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert Job.objects.get().status == "running"
    wait_until(Worker(lost_after=1).run_until_idle)
    job = Job.objects.get()
    assert (job.status, job.attempts, job.site) == ("succeeded", 2, alpha.schema_name)
    assert file.read_text().splitlines() == [str(process.pid), str(os.getpid())]


def test_terminated_worker_finishes_its_job(shared_queue: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "runs"
    sample_tasks.write_and_hang.enqueue(str(file), 0.5)
    sample_tasks.note.using(priority=-1).enqueue("left for another worker")
    with worker_process(shared_queue) as process:
        wait_until(file.exists)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    first, second = Job.objects.order_by("-priority")
    assert (first.status, second.status) == ("succeeded", "ready")


def test_heartbeat_keeps_a_long_job(shared_queue: Any) -> None:
    sample_tasks.wait_for_signal.enqueue()
    worker = Worker(heartbeat=Heartbeat(0.1))
    thread = threading.Thread(target=worker.run_until_idle)
    thread.start()
    wait_until(lambda: Job.objects.running().exists())
    time.sleep(1)
    assert recover_lost_jobs(0.5) == 0
    sample_tasks.let_go.set()
    thread.join(10)
    worker.heartbeat.close()
    assert (Job.objects.get().status, Job.objects.get().attempts) == ("succeeded", 1)


def create_silent_job(**fields: Any) -> Job:
    long_ago = timezone.now() - timedelta(hours=1)
    values = {"site": "public", "task_path": sample_tasks.note.module_path, "args": ["x"]}
    state = {"status": "running", "queue": "default", "worker": "w-1", "attempts": 1}
    return Job.objects.create(**{**values, **state, "heartbeat_at": long_ago, **fields})


def test_job_that_kills_its_workers_ends_in_the_dead_letter_list(queue: None) -> None:
    create_silent_job(attempts=3)
    assert recover_lost_jobs(60) == 1
    assert (Job.objects.get().status, Job.objects.get().error_class) == ("dead", "WorkerLost")


def test_returning_worker_cannot_touch_a_job_taken_over(worker: Worker) -> None:
    sleeper = create_silent_job()
    recover_lost_jobs(60)
    worker.run_until_idle()
    assert not sleeper.succeed("late")
    assert not sleeper.bury(error_class="Late", error="late")
    job = Job.objects.get()
    assert (job.status, job.return_value, job.worker) == ("succeeded", None, worker.name)


def test_only_one_worker_takes_a_lost_job_back(shared_queue: Any) -> None:
    for _ in range(20):
        create_silent_job()
    counts: list[int] = []
    run_in_threads(4, lambda: counts.append(recover_lost_jobs(60)))
    assert sum(counts) == 20
    assert set(Job.objects.values_list("attempts", "status")) == {(1, "ready")}


def test_fresh_job_is_not_taken_back(queue: None) -> None:
    job = create_silent_job()
    Job.objects.filter(pk=job.pk).update(heartbeat_at=Now(), attempts=F("attempts"))
    assert recover_lost_jobs(60) == 0


def test_interrupted_job_goes_back_to_the_queue(worker: Worker) -> None:
    sample_tasks.interrupt.enqueue()
    with pytest.raises(KeyboardInterrupt):
        worker.run_once()
    assert (Job.objects.get().status, Job.objects.get().attempts) == ("ready", 1)
    assert connection.schema_name == "public"


def run_in_threads(count: int, function: Any) -> None:
    barrier = threading.Barrier(count)

    def work() -> None:
        try:
            connection.ensure_connection()
            barrier.wait(10)
            function()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
