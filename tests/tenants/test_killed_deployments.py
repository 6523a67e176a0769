"""A deployment that is killed is finished by the next one."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django_tenants.utils import schema_context
from psycopg2 import sql

from motcua.db import roles
from motcua.db.server import drop_database, ensure_roles
from tenants import deploying
from tenants.fleet.progress import Lines
from tenants.models import Tenant

ROOT = Path(__file__).resolve().parents[2]
CHANCE = random.Random()


def deploy() -> None:
    deploying.deploy(jobs=1, progress=Lines(lambda _line: None), say=lambda _line: None)


def test_tables_without_rights_do_not_stop_the_next_deployment(committed: dict[str, str]) -> None:
    """So it was killed: the tables of `public` are there, the application's rights are not."""
    role = sql.Identifier(roles.application_role())
    with roles.owner(), schema_context("public"), connection.cursor() as cursor:
        cursor.execute(sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(role))
    deploy()
    assert Tenant.objects.count() == 3


@pytest.fixture
def empty_database(admin_url: str, tmp_path: Path) -> Iterator[Callable[[], dict[str, str]]]:
    """Make a new, empty database; returns the environment of a process that uses it."""
    name = f"motcua_killed_{os.getpid()}"

    def begin() -> dict[str, str]:
        drop_database(admin_url, name)
        urls = ensure_roles(admin_url, name, tmp_path / "passwords.json")
        return {
            **os.environ,
            "DATABASE_URL": urls.application,
            "DATABASE_OWNER_URL": urls.owner,
            "DJANGO_SETTINGS_MODULE": "motcua.settings.test",
            "MOTCUA_STATE": str(tmp_path),
            "PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}",
        }

    yield begin
    drop_database(admin_url, name)


def manage(command: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", command],
        env=environment, cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip


def test_command_before_the_first_deployment_says_what_to_do(
    empty_database: Callable[[], dict[str, str]],
) -> None:
    told = manage("list_sites", empty_database())
    assert told.returncode == 4
    assert "manage.py deploy" in told.stderr
    assert "Traceback" not in told.stderr


def test_command_without_a_database_says_so(empty_database: Callable[[], dict[str, str]]) -> None:
    nowhere = {**empty_database(), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}
    told = manage("list_sites", nowhere)
    assert told.returncode == 4
    assert "DATABASE_URL" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.slow
def test_first_deployment_killed_at_any_point_is_finished_by_the_next(
    empty_database: Callable[[], dict[str, str]],
) -> None:
    for _database in range(5):
        environment = empty_database()
        for _kill in range(3):
            _kill_while_deploying(environment)
        done = manage("deploy", environment)
        assert done.returncode == 0, done.stderr
        checked = manage("check_sites", environment)
        assert checked.returncode == 0, checked.stdout + checked.stderr


def _kill_while_deploying(environment: dict[str, str]) -> None:
    process = subprocess.Popen(
        [sys.executable, "manage.py", "deploy"], env=environment, cwd=ROOT,
        start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    time.sleep(CHANCE.uniform(1, 20))
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
