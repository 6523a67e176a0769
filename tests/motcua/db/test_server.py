"""A PostgreSQL of our own: found, started, killed, started again, and its two roles."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from motcua.db import server


@pytest.fixture(params=["machine", "embedded"])
def folder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for a cluster made by one kind of programs."""
    if request.param not in {found.source for found in server.find_binaries()}:
        pytest.fail(f"no PostgreSQL programs: {request.param}")
    monkeypatch.setenv("MOTCUA_PG", request.param)
    place = Path(tempfile.mkdtemp(prefix="motcua-server-", dir="/var/tmp"))
    place.chmod(0o711)
    yield place / "postgresql"
    server.remove_data(place / "postgresql")
    shutil.rmtree(place)


def query(url: str, statement: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def server_pid(folder: Path) -> int:
    return int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])


def test_server_starts_once_and_is_found_running(folder: Path) -> None:
    first = server.find_or_start(folder, durable=False)
    second = server.find_or_start(folder, durable=False)
    assert (first.started, second.started) == (True, False)
    assert first.admin_url == second.admin_url
    assert query(first.admin_url, "SHOW max_locks_per_transaction") == [("1024",)]


def test_server_knows_vietnamese_letters(folder: Path) -> None:
    cluster = server.find_or_start(folder, durable=False)
    assert query(
        cluster.admin_url, "SELECT upper('đường'), current_setting('server_encoding')"
    ) == [("ĐƯỜNG", "UTF8")]


def test_killed_server_starts_again_with_its_data(folder: Path) -> None:
    cluster = server.find_or_start(folder)
    urls = server.ensure_roles(cluster.admin_url, "motcua", folder.parent / "passwords.json")
    query(urls.application, "CREATE SCHEMA kept")
    left_open = psycopg2.connect(urls.application)
    os.kill(server_pid(folder), signal.SIGKILL)
    assert server.find_or_start(folder).started
    left_open.close()
    again = server.ensure_roles(cluster.admin_url, "motcua", folder.parent / "passwords.json")
    assert query(again.application, "SELECT 1 FROM pg_namespace WHERE nspname = 'kept'") == [(1,)]


def test_stale_process_number_of_another_program_does_not_stop_the_start(folder: Path) -> None:
    server.find_or_start(folder, durable=False).stop()
    # The number of this test's own process, as after a reboot.
    (folder / "data" / "postmaster.pid").write_text(
        f"{os.getpid()}\n{folder}/data\n1\n5432\n\n\n\nready\n"
    )
    assert server.find_or_start(folder, durable=False).started


def test_stop_ends_the_server(folder: Path) -> None:
    cluster = server.find_or_start(folder, durable=False)
    pid = server_pid(folder)
    cluster.stop()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists()


def test_data_stay_with_the_programs_that_made_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = server.find_or_start(folder, durable=False)
    cluster.stop()
    monkeypatch.delenv("MOTCUA_PG")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert server.find_or_start(folder, durable=False).source == cluster.source


def test_only_the_owner_can_create_in_public(folder: Path) -> None:
    cluster = server.find_or_start(folder, durable=False)
    passwords = folder.parent / "passwords.json"
    urls = server.ensure_roles(cluster.admin_url, "motcua", passwords)
    assert urls == server.ensure_roles(cluster.admin_url, "motcua", passwords)
    assert stat.S_IMODE(passwords.stat().st_mode) == 0o600
    query(urls.owner, "CREATE TABLE public.owned (id int)")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        query(urls.application, "CREATE TABLE public.stolen (id int)")
    query(urls.application, "CREATE SCHEMA s_site")


def test_neither_role_is_privileged(folder: Path) -> None:
    cluster = server.find_or_start(folder, durable=False)
    server.ensure_roles(cluster.admin_url, "motcua", folder.parent / "passwords.json")
    assert query(
        cluster.admin_url,
        "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'motcua%'"
        " AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)",
    ) == [(0,)]


def test_password_is_asked_for(folder: Path) -> None:
    cluster = server.find_or_start(folder, durable=False)
    port = cluster.admin_url.rpartition(":")[2].split("/")[0]
    with pytest.raises(psycopg2.OperationalError, match="password authentication"):
        psycopg2.connect(f"postgresql://postgres:wrong@127.0.0.1:{port}/postgres")


def test_unreachable_given_database_is_explained_in_both_languages(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("MOTCUA_PG", raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:x@127.0.0.1:1/none")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    with pytest.raises(server.ServerError) as caught:
        server.find_or_start(tmp_path)
    assert "Không kết nối được" in str(caught.value)
    assert "Cannot connect" in str(caught.value)


def test_pg_dump_is_as_new_as_the_server() -> None:
    for major in {found.major for found in server.find_binaries()}:
        assert server.pg_dump_for(major).exists()
    with pytest.raises(LookupError, match="pg_dump"):
        server.pg_dump_for(99)
