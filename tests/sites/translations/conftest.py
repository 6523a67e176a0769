from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from motcua.jobs.worker import Worker


@pytest.fixture
def run_jobs() -> Iterator[Callable[[], object]]:
    """Return a function that runs all jobs that are due."""
    worker = Worker()
    yield worker.run_until_idle
    worker.heartbeat.close()
