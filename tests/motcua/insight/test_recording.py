"""Counts of several processes add up; a killed one loses its last moments and nothing else."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django_tenants.utils import tenant_context

from motcua.insight import visits
from motcua.insight.recording import Recorder
from tenants.models import Tenant

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import os, sys, time, threading
import django
from django.conf import settings
django.setup()
settings.VISITS_FLUSH_SECONDS = float(os.environ["PAUSE"])
from motcua.insight.recording import recorder

def count(first):
    for number in range(first, first + 50):
        visitor = (os.environ["SITE"], f"203.0.113.{number}", "Firefox")
        recorder.add(visitor, member=False, page_id=7)

if os.environ.get("FORK"):
    recorder.add((os.environ["SITE"], "203.0.113.1", "Firefox"), member=False, page_id=8)
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        sys.exit()
threads = [threading.Thread(target=count, args=(first,)) for first in (0, 50)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print("counted", flush=True)
if os.environ.get("WAIT"):
    time.sleep(60)
"""


@pytest.fixture
def process(committed: dict[str, str], alpha: Tenant) -> Any:
    """Start a process that counts a hundred visitors of `alpha`; returns once it has counted."""
    connection.close()
    running: list[subprocess.Popen[str]] = []

    def start(**environment: str) -> subprocess.Popen[str]:
        child = subprocess.Popen(
            [sys.executable, "-c", PROGRAM], cwd=ROOT, text=True, stdout=subprocess.PIPE,
            env={**committed, "SITE": alpha.schema_name, "PAUSE": "60", **environment},
        )  # fmt: skip
        running.append(child)
        return child

    yield start
    for child in running:
        child.kill()
        child.communicate()


def counted(child: subprocess.Popen[str]) -> None:
    assert child.stdout is not None
    assert child.stdout.readline() == "counted\n"


def total_and_views(site: Tenant) -> tuple[int, int, int]:
    with tenant_context(site):
        return visits.total(), visits.online().guests, visits.page_views(7)


def test_processes_that_end_have_stored_everything(process: Any, alpha: Tenant) -> None:
    """The same hundred people, seen by two processes and after a fork, are a hundred."""
    for child in [process(), process(), process(FORK="1")]:
        assert child.wait(60) == 0
    assert total_and_views(alpha) == (100, 100, 300)
    with tenant_context(alpha):
        assert visits.page_views(8) == 1


def test_a_killed_process_loses_what_it_had_not_stored_yet(process: Any, alpha: Tenant) -> None:
    kept, lost = process(PAUSE="0.2", WAIT="1"), process(WAIT="1")
    for child in (kept, lost):
        counted(child)
    for _attempt in range(100):
        if total_and_views(alpha) == (100, 100, 100):
            break
        signal.sigtimedwait([], 0.1)
    for child in (kept, lost):
        child.send_signal(signal.SIGKILL)
        child.wait(10)
    assert total_and_views(alpha) == (100, 100, 100)


def test_what_cannot_be_stored_now_is_stored_later(committed: Any, alpha: Tenant) -> None:
    recorder = Recorder()
    visitor = (alpha.schema_name, "203.0.113.7", "Firefox")
    recorder.add(visitor, member=False, page_id=7)
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
        recorder.flush()
        cursor.execute("SET default_transaction_read_only = off")
    assert total_and_views(alpha) == (0, 0, 0)
    recorder.add(visitor, member=False, page_id=7)
    recorder.flush()
    assert total_and_views(alpha) == (1, 1, 2)
