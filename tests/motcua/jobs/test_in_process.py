"""The worker inside a web process."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django_tenants.utils import tenant_context

from motcua.jobs import in_process
from motcua.jobs.models import Job
from tests.motcua.jobs import sample_tasks
from tests.motcua.jobs.test_lost_workers import wait_until


@pytest.fixture
def switched_on(shared_queue: Any, settings: LazySettings) -> Iterator[None]:
    settings.INPROCESS_WORKER = True
    yield
    in_process.stop_in_process()


def succeeded() -> bool:
    return Job.objects.get().status == "succeeded"


def test_nothing_starts_when_it_is_off(queue: None, settings: LazySettings) -> None:
    settings.INPROCESS_WORKER = False
    assert not in_process.start_in_process()


def test_jobs_run_in_the_background_in_their_site(switched_on: None, alpha: Any) -> None:
    assert in_process.start_in_process()
    with tenant_context(alpha):
        sample_tasks.where_am_i.enqueue()
    wait_until(succeeded)
    assert Job.objects.get().return_value["database"] == alpha.schema_name


def test_starting_twice_starts_one_thread(switched_on: None) -> None:
    in_process.start_in_process()
    first = in_process._in_process.thread
    in_process.start_in_process()
    assert in_process._in_process.thread is first


def test_it_outlives_a_lost_database_session(switched_on: None) -> None:
    in_process.start_in_process()
    wait_until(lambda: sessions_ended() > 0)
    sample_tasks.note.enqueue("after the hiccup")
    wait_until(succeeded)


def sessions_ended() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user"
            " AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def test_child_of_a_fork_works_and_the_parent_stops(switched_on: None) -> None:
    in_process.start_in_process()
    parents = in_process._in_process.worker
    assert parents is not None
    child = os.fork()
    if child == 0:
        os._exit(0 if child_works() else 1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert parents._stop.is_set()


def test_children_of_other_processes_start_nothing(switched_on: None) -> None:
    in_process.start_in_process()
    in_process.stop_in_process()
    child = os.fork()
    if child == 0:
        os._exit(1 if child_works() else 0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def child_works() -> bool:
    """In the forked child: is there a new, living thread?"""
    time.sleep(0.2)
    thread = in_process._in_process.thread
    return thread is not None and thread.is_alive()
