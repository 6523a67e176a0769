from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from motcua.jobs.models import Job, PeriodicRun
from motcua.jobs.worker import Worker
from tests.motcua.jobs import sample_tasks


@pytest.fixture
def queue(db: None, settings: LazySettings) -> None:
    """An empty queue in a transaction that is rolled back."""
    _prepare(settings)


@pytest.fixture
def shared_queue(committed: dict[str, str], settings: LazySettings) -> dict[str, str]:
    """An empty queue that other threads and processes see; the environment for the latter."""
    _prepare(settings)
    return committed


@pytest.fixture
def worker(queue: None) -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.heartbeat.close()


def _prepare(settings: LazySettings) -> None:
    settings.PERIODIC_JOBS = {}
    Job.objects.all().delete()
    PeriodicRun.objects.all().delete()
    sample_tasks.ran.clear()
    sample_tasks.let_go.clear()
