from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection

from motcua.jobs.models import Job, PeriodicRun
from motcua.jobs.worker import Worker
from tests.motcua.jobs import sample_tasks


@pytest.fixture
def queue(committed: Any, settings: LazySettings) -> Iterator[None]:
    """An empty queue that other threads and processes see; emptied again afterwards."""
    settings.PERIODIC_JOBS = {}
    _empty()
    yield
    _empty()


@pytest.fixture
def worker(queue: None) -> Iterator[Worker]:
    worker = Worker(poll=0.02)
    yield worker
    worker.heartbeat.close()


def _empty() -> None:
    connection.set_schema_to_public()
    Job.objects.all().delete()
    PeriodicRun.objects.all().delete()
    sample_tasks.ran.clear()
    sample_tasks.let_go.clear()
