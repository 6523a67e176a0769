"""Two who want the same site at the same moment: one gets it, the other a clear answer."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection

from tenants import pool, schemas
from tenants.models import Domain, SpareSchema, Tenant
from tenants.provisioning import NewSite, SiteExistsError, create_site

ROOT = Path(__file__).resolve().parents[2]
REQUESTS = 4


def wanted(number: int, label: str = "soyte", domain: str = "soyte.tinh.test") -> NewSite:
    return NewSite(label=label, domain=domain, name_vi=f"Sở Y tế {number}", kind="department")


def at_the_same_moment(specs: list[NewSite]) -> list[object]:
    """Create all in a thread each; return the sites and errors."""
    barrier, results = threading.Barrier(len(specs)), []

    def create(spec: NewSite) -> None:
        barrier.wait()
        try:
            results.append(create_site(spec, by="test"))
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=create, args=(spec,)) for spec in specs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def assert_one_won(results: list[object], before: set[str], spares: int = 0) -> None:
    assert sum(isinstance(result, Tenant) for result in results) == 1, results
    assert sum(isinstance(result, SiteExistsError) for result in results) == len(results) - 1
    assert Domain.objects.filter(domain="soyte.tinh.test").count() == 1
    assert len(schemas.existing() - before) == 1 - spares


@pytest.mark.usefixtures("committed")
class TestThreads:
    def test_one_label(self) -> None:
        before = schemas.existing()
        assert_one_won(at_the_same_moment([wanted(n) for n in range(REQUESTS)]), before)
        assert Tenant.objects.filter(label="soyte").count() == 1

    def test_labels_that_differ_in_case_only(self) -> None:
        before = schemas.existing()
        specs = [wanted(n, label=("soyte", "SoYTe")[n % 2]) for n in range(REQUESTS)]
        assert_one_won(at_the_same_moment(specs), before)

    def test_one_domain_for_different_labels(self) -> None:
        before = schemas.existing()
        assert_one_won(
            at_the_same_moment([wanted(n, label=f"so{n}") for n in range(REQUESTS)]), before
        )

    def test_from_the_pool(self) -> None:
        pool.refill(REQUESTS)
        before = schemas.existing()
        assert_one_won(at_the_same_moment([wanted(n) for n in range(REQUESTS)]), before, spares=1)
        assert SpareSchema.objects.count() == REQUESTS - 1

    def test_different_sites_all_come_into_the_world(self) -> None:
        pool.refill(1)
        results = at_the_same_moment(
            [wanted(n, label=f"so{n}", domain=f"so{n}.tinh.test") for n in range(REQUESTS)]
        )
        assert all(isinstance(result, Tenant) for result in results), results
        assert SpareSchema.objects.count() == 0


def test_two_processes(committed: dict[str, str]) -> None:
    before = schemas.existing()
    command = [sys.executable, str(ROOT / "manage.py"), "create_site", "soyte", "--name-vi",
               "Sở Y tế", "--kind", "sở"]  # fmt: skip
    running = [
        subprocess.Popen(
            command, env=committed, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _number in range(2)
    ]
    told = [process.communicate(timeout=120) for process in running]
    codes = [process.returncode for process in running]
    assert sorted(codes) == [0, 1], told
    assert told[codes.index(0)][0].strip() == "http://soyte.tinh.test"
    assert "soyte" in told[codes.index(1)][1]
    assert "Traceback" not in told[codes.index(1)][1]
    assert Tenant.objects.filter(label="soyte").count() == 1
    assert len(schemas.existing() - before) == 1
