"""What every test stands on: a real PostgreSQL with a small province in it.

Two ways to a database:

* `db` (pytest-django's): one transaction, rolled back. Sites `main`, `alpha` and `beta` exist.
* `committed`: a copy of that province in a database of its own, for tests that commit, use
  threads or start processes; dropped afterwards.
"""

from __future__ import annotations

import fcntl
import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils import translation
from django_tenants.utils import tenant_context
from hypothesis import settings as hypothesis_settings

from motcua.db.server import DatabaseUrls, drop_database, ensure_roles
from motcua.jobs.worker import Worker
from motcua.settings import env
from motcua.web import hosts
from sites.base import facts
from tenants.models import Tenant
from tests import factories

# pytest-xdist's processes inherit the first one's name.
BASELINE = f"motcua_test_{os.environ.setdefault('MOTCUA_TEST_RUN', str(os.getpid()))}"
OWN = "_".join(filter(None, [BASELINE, os.environ.get("PYTEST_XDIST_WORKER")]))
SHARED = Path(tempfile.gettempdir()) / BASELINE
hypothesis_settings.register_profile("any machine", deadline=None)
hypothesis_settings.load_profile("any machine")
_copies = itertools.count(1)


@pytest.fixture(scope="session")
def admin_url() -> str:
    """The address of a role that may create databases; ``ops/test`` provides it."""
    url = os.environ.get("MOTCUA_TEST_ADMIN_URL", "")
    if not url:
        pytest.exit("MOTCUA_TEST_ADMIN_URL is not set: run the tests with ops/test.", 2)
    return url


@pytest.fixture(scope="session")
def django_db_setup(admin_url: str, django_db_blocker: Any) -> Iterator[None]:
    """Create the baseline: both roles, `public`, the template, three sites.

    Where several processes test at once, the first makes it and each works on a copy.
    """
    SHARED.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="process-", dir=SHARED))
    settings.MEDIA_ROOT = folder / "media"
    settings.STATE_DIR = folder
    with django_db_blocker.unblock(), (SHARED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the others wait until it is there
        _use(ensure_roles(admin_url, BASELINE, SHARED / "passwords.json"))
        if not (SHARED / "made").exists():
            factories.create_baseline()
            (SHARED / "made").touch()
        connection.close()
        if OWN != BASELINE:
            _copy(admin_url, OWN, BASELINE)
            connection.settings_dict["NAME"] = OWN
    yield
    with django_db_blocker.unblock():
        connection.close()
    if OWN != BASELINE:
        _run(admin_url, f'DROP DATABASE "{OWN}" WITH (FORCE)')


def pytest_unconfigure(config: pytest.Config) -> None:
    """Drop the baseline once, when the last process is done with it."""
    if SHARED.exists() and not hasattr(config, "workerinput"):
        drop_database(os.environ["MOTCUA_TEST_ADMIN_URL"], BASELINE)
        shutil.rmtree(SHARED, ignore_errors=True)


@pytest.fixture(scope="session")
def copied(
    django_db_setup: None, django_db_blocker: Any, admin_url: str
) -> Callable[[], AbstractContextManager[str]]:
    """Return a way to a copy of the baseline: ``with copied() as name``; dropped afterwards."""

    @contextmanager
    def copy() -> Iterator[str]:
        name = f"{OWN}_{next(_copies)}"
        with django_db_blocker.unblock():
            connection.close()
            _copy(admin_url, name, OWN)
        try:
            yield name
        finally:
            _run(admin_url, f'DROP DATABASE "{name}" WITH (FORCE)')

    return copy


@pytest.fixture(scope="session")
def inside(django_db_blocker: Any) -> Callable[[str], AbstractContextManager[dict[str, str]]]:
    """Return a way into a database: ``with inside(name) as environment``; see `committed`."""

    @contextmanager
    def work(name: str) -> Iterator[dict[str, str]]:
        with django_db_blocker.unblock():
            connection.close()
            before = connection.settings_dict["NAME"]
            connection.settings_dict["NAME"] = name
            try:
                yield _environment(name)
            finally:
                connection.close()
                connection.settings_dict["NAME"] = before

    return work


@pytest.fixture
def committed(
    copied: Callable[[], AbstractContextManager[str]],
    inside: Callable[[str], AbstractContextManager[dict[str, str]]],
) -> Iterator[dict[str, str]]:
    """A copy of the baseline in which everything really commits.

    Yields:
        Environment variables with which another process reaches the same database.
    """
    with copied() as name, inside(name) as environment:
        yield environment


def _copy(admin_url: str, name: str, original: str) -> None:
    _run(
        admin_url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
        f"'{original}' AND pid <> pg_backend_pid()",
        f'CREATE DATABASE "{name}" TEMPLATE "{original}" OWNER "{BASELINE}_owner"',
        f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC',
        f'GRANT CONNECT, CREATE, TEMPORARY ON DATABASE "{name}" TO "{BASELINE}_app"',
    )


def _run(admin_url: str, *statements: str) -> None:
    admin = psycopg2.connect(admin_url)
    admin.autocommit = True
    try:
        with admin.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    finally:
        admin.close()


def _use(urls: DatabaseUrls) -> None:
    """Point the settings and the connection of this process at the baseline."""
    settings.APPLICATION_DATABASE = env.database(urls.application)
    settings.OWNER_DATABASE = env.database(urls.owner)
    connection.settings_dict.update(settings.APPLICATION_DATABASE)
    os.environ["DATABASE_URL"] = urls.application
    os.environ["DATABASE_OWNER_URL"] = urls.owner


def _environment(name: str) -> dict[str, str]:
    root = Path(__file__).resolve().parents[1]
    urls = {key: os.environ[key] for key in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    return {
        **os.environ,
        **{key: _database(url, name) for key, url in urls.items()},
        "DJANGO_SETTINGS_MODULE": "motcua.settings.test",
        "MOTCUA_STATE": str(settings.STATE_DIR),
        "PYTHONPATH": f"{root}:{root / 'platform'}",
    }


def _database(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


@pytest.fixture(autouse=True)
def clean_process(request: pytest.FixtureRequest) -> Iterator[None]:
    """Begin every test without what another left in the process."""
    hosts.cache.clear()
    for cache in caches.all():
        cache.clear()
    with translation.override("vi"):
        yield
    if "db" in request.fixturenames or "committed" in request.fixturenames:
        connection.set_schema_to_public()


@pytest.fixture(autouse=True)
def steady_caches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remember for longer what is remembered for seconds.

    On a machine under load the seconds would pass between two requests whose queries a test counts.
    """
    monkeypatch.setattr(hosts, "KNOWN_FOR", 10.0)
    monkeypatch.setattr(facts, "SHORT", 10)


@pytest.fixture
def main(request: pytest.FixtureRequest) -> Tenant:
    """The main portal."""
    return _site(request, "tinh")


@pytest.fixture
def alpha(request: pytest.FixtureRequest) -> Tenant:
    """A district's site."""
    return _site(request, "alpha")


@pytest.fixture
def beta(request: pytest.FixtureRequest) -> Tenant:
    """A commune's site; the outsider lives here."""
    return _site(request, "beta")


def _site(request: pytest.FixtureRequest, label: str) -> Tenant:
    if "committed" not in request.fixturenames:
        request.getfixturevalue("db")
    connection.set_schema_to_public()
    return Tenant.objects.prefetch_related("domains").get(label=label)


@pytest.fixture
def outsider(beta: Tenant) -> Any:
    """A person with every right on `beta` and none elsewhere."""
    with tenant_context(beta):
        return factories.create_user(email="outsider@beta.test", superuser=True)


@pytest.fixture
def browse() -> Callable[..., Client]:
    """Return a test client that speaks to one site: ``browse(alpha, user=editor)``."""

    def client_of(tenant: Tenant, *, user: Any = None, **headers: str) -> Client:
        client = Client(HTTP_HOST=tenant.primary_domain, **headers)
        if user is not None:
            with tenant_context(tenant):
                client.force_login(user)
        return client

    return client_of


@pytest.fixture
def run_jobs() -> Iterator[Callable[[], object]]:
    """Return a function that runs all jobs that are due."""
    worker = Worker()
    yield worker.run_until_idle
    worker.heartbeat.close()
