from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django_tenants.utils import tenant_context

from motcua.jobs.worker import Worker
from tenants.models import Tenant


@pytest.fixture
def here(alpha: Tenant) -> Iterator[Tenant]:
    """Be in alpha for the test."""
    with tenant_context(alpha):
        yield alpha


@pytest.fixture
def run_jobs() -> Iterator[Callable[[], object]]:
    """Return a function that runs all jobs that are due."""
    worker = Worker()
    yield worker.run_until_idle
    worker.heartbeat.close()
