"""A process that is killed leaves whole sites and nothing else."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django_tenants.utils import tenant_context
from wagtail.models import Site

from motcua.audit.models import AuditEvent
from motcua.jobs.models import Job
from motcua.people.models import Invitation
from tenants import csv_files, imports, schemas
from tenants.models import TEMPLATE_SCHEMA, SpareSchema, Tenant

ROOT = Path(__file__).resolve().parents[2]
BASELINE = {"tinh", "alpha", "beta"}
CHANCE = random.Random()

# One after the other, from the pool, which is refilled in between.
ONE_BY_ONE = """
import django; django.setup()
from tenants import pool
from tenants.provisioning import NewSite, create_site
import sys
for number in range(100):
    label = f"le{sys.argv[1]}x{number}"
    create_site(NewSite(label=label, domain=f"{label}.tinh.test", name_vi=label,
                        admin_email="an@tinh.test"))
    if number % 3 == 2:
        pool.refill(2)
"""
IMPORT = """
import django; django.setup()
from tenants import imports
import sys
imports.run(int(sys.argv[1]), threads=2)
"""


def create_list(path: Path, sites: int) -> None:
    lines = [f"xa{number},Xã {number},xã,an@tinh.test" for number in range(sites)]
    text = "\n".join(["label,name_vi,kind,admin_email", *lines])
    path.write_text(text, encoding="utf-8")


def kill_in_the_middle(command: list[str], environment: dict[str, str]) -> None:
    """Start a process, wait until it has made something, and kill it at a random moment."""
    before = _progress()
    process = subprocess.Popen(
        [sys.executable, *command], env=environment, cwd=ROOT, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while process.poll() is None and _progress() == before:
        time.sleep(0.01)
    time.sleep(CHANCE.uniform(0, 0.8))
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    _wait_for_the_server()


def _progress() -> tuple[int, int]:
    return Tenant.objects.count(), SpareSchema.objects.count()


def _wait_for_the_server() -> None:
    """Until PostgreSQL has noticed that its client is gone."""
    deadline = time.monotonic() + 30
    while _others() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _others()


def _others() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return int(cursor.fetchone()[0])


def assert_whole_or_nothing() -> None:
    """Registry, schemas, spares, audit, invitations and their mails fit together exactly."""
    tenants = list(Tenant.objects.prefetch_related("domains"))
    spares = set(SpareSchema.objects.values_list("schema_name", flat=True))
    sites = {tenant.schema_name for tenant in tenants}
    assert schemas.existing() == sites | spares | {TEMPLATE_SCHEMA}
    assert not sites & spares
    sizes = _sizes()
    assert {sizes[name] for name in sites | spares} == {sizes[TEMPLATE_SCHEMA]}
    created = AuditEvent.objects.filter(action="site.created").values_list("site", flat=True)
    assert sorted(created) == sorted(sites)
    for tenant in tenants:
        assert sum(domain.is_primary for domain in tenant.domains.all()) == 1
        _assert_whole_inside(tenant)


def _sizes() -> dict[str, int]:
    """How many tables, indexes and sequences each schema has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nspname, count(*) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
            " GROUP BY nspname"
        )
        return dict(cursor.fetchall())


def _assert_whole_inside(tenant: Tenant) -> None:
    invited = 0 if tenant.label in BASELINE else 1
    with tenant_context(tenant):
        assert Site.objects.get().hostname == tenant.primary_domain
        assert Invitation.objects.count() == invited
    mails = Job.objects.filter(site=tenant.schema_name, task_path__contains="mail")
    assert mails.count() == invited


def commands_of(path: Path) -> Iterator[list[str]]:
    """Ways to make sites, in turns."""
    number = 0
    while True:
        yield ["manage.py", "create_sites", str(path), "--jobs", "2"]
        yield ["-c", ONE_BY_ONE, str(number)]
        number += 1


def kill_and_check(environment: dict[str, str], folder: Path, *, kills: int) -> None:
    path = folder / "danh-sach.csv"
    create_list(path, sites=6 * kills)
    commands = commands_of(path)
    for _kill in range(kills):
        kill_in_the_middle(next(commands), environment)
        assert_whole_or_nothing()
    made = Tenant.objects.count()
    assert made > len(BASELINE)
    done = subprocess.run(
        [sys.executable, "manage.py", "create_sites", str(path), "--jobs", "2"],
        env=environment, cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert Tenant.objects.filter(label__startswith="xa").count() == 6 * kills
    assert_whole_or_nothing()


def test_five_kills(committed: dict[str, str], tmp_path: Path) -> None:
    kill_and_check(committed, tmp_path, kills=5)


@pytest.mark.slow
def test_thirty_kills(committed: dict[str, str], tmp_path: Path) -> None:
    kill_and_check(committed, tmp_path, kills=30)


def test_a_killed_import_goes_on_and_its_counts_are_right(
    committed: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "ds.csv"
    create_list(path, sites=12)
    upload = imports.create_import(csv_files.read(path.read_bytes()), "ds.csv", "test")
    kill_in_the_middle(["-c", IMPORT, str(upload.pk)], committed)
    upload.refresh_from_db()
    made = Tenant.objects.exclude(label__in=BASELINE).count()
    assert upload.status == "running"
    assert upload.done == made
    assert_whole_or_nothing()
    done = imports.run(upload.pk)
    assert (done.status, done.done, done.skipped, done.failures) == ("finished", 12, 0, [])
    assert_whole_or_nothing()


def test_an_interrupted_list_says_how_to_go_on(committed: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "ds.csv"
    create_list(path, sites=40)
    before = _progress()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "create_sites", str(path), "--jobs", "2"],
        env=committed, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    while process.poll() is None and _progress() == before:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=60)[1]
    assert process.returncode == 130, said
    assert "run the same command again" in said
    assert "Traceback" not in said
    assert_whole_or_nothing()
