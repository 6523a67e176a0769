"""The application's role can do what the portal does, and nothing more (ADR 0003)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django_tenants.utils import schema_context

from motcua.db import roles
from tenants.models import Tenant


def ask(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    """Send raw SQL and return its rows."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall() if cursor.description else []
    return rows


@pytest.mark.smoke
def test_application_role_has_no_privileges_of_its_own(db: None) -> None:
    [flags] = ask(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
        " FROM pg_roles WHERE rolname = current_user"
    )
    assert not any(flags)
    assert ask("SELECT current_user") == [(roles.application_role(),)]


def test_application_role_belongs_to_no_other(db: None) -> None:
    assert (
        ask(
            "SELECT roleid::regrole::text FROM pg_auth_members WHERE member = current_user::regrole"
        )
        == []
    )


def test_application_owns_the_sites_and_nothing_in_public(
    main: Tenant, alpha: Tenant, beta: Tenant
) -> None:
    owners = dict(ask("SELECT nspname, nspowner::regrole::text FROM pg_namespace"))
    role = roles.application_role()
    for schema in (main.schema_name, alpha.schema_name, beta.schema_name, "site_template"):
        assert owners[schema].strip('"') == role
    assert owners["public"].strip('"') != role
    assert (
        ask(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relowner = current_user::regrole"
        )
        == []
    )


@pytest.mark.parametrize(
    "sql",
    ["CREATE TABLE public.x (id integer)", "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql"
     " AS 'SELECT 1'", "CREATE ROLE x", "CREATE DATABASE x", "ALTER TABLE public.tenants_tenant"
     " ADD COLUMN x integer", "DROP TABLE public.jobs_job", "TRUNCATE public.tenants_domain",
     "ALTER SCHEMA public RENAME TO y", "SELECT * FROM pg_authid", "SELECT * FROM pg_shadow",
     "COPY (SELECT 1) TO '/tmp/x'", "SELECT pg_read_file('/etc/passwd')",
     "INSERT INTO public.django_migrations (app, name, applied) VALUES ('a', 'b', now())",
     "UPDATE public.django_migrations SET name = 'x'", "DELETE FROM public.django_migrations"],
)  # fmt: skip
def test_application_may_not(sql: str, db: None) -> None:
    with schema_context("public"), pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(sql)


def test_application_cannot_become_the_owner(db: None) -> None:
    owner = settings.OWNER_DATABASE["USER"]
    for sql in (
        'SET ROLE "{}"',
        'SET SESSION AUTHORIZATION "{}"',
        "ALTER ROLE \"{}\" PASSWORD 'x'",
        'GRANT "{}" TO CURRENT_USER',
    ):
        with pytest.raises(DatabaseError):
            ask(sql.format(owner))


def test_owner_is_the_connection_for_the_duration(committed: Any) -> None:
    with roles.owner():
        assert ask("SELECT current_user") == [(settings.OWNER_DATABASE["USER"],)]
        assert ask("SELECT current_database()") == [(connection.settings_dict["NAME"],)]
    assert ask("SELECT current_user") == [(roles.application_role(),)]


def test_owner_leaves_after_an_error(committed: Any) -> None:
    with pytest.raises(ZeroDivisionError), roles.owner():
        raise ZeroDivisionError
    assert ask("SELECT current_user") == [(roles.application_role(),)]


def test_owner_is_no_superuser_either(committed: Any) -> None:
    with roles.owner():
        [flags] = ask("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
    assert flags == (False, False)


def test_with_one_role_the_application_is_its_own_owner(db: None, settings: Any) -> None:
    settings.OWNER_DATABASE = None
    with roles.owner():
        assert ask("SELECT current_user") == [(roles.application_role(),)]
    roles.grant_application()


def test_rights_on_public_are_renewed_for_new_tables(committed: Any) -> None:
    with roles.owner(), schema_context("public"):
        ask("CREATE TABLE public.later (id serial)")
        roles.grant_application()
    ask("INSERT INTO public.later DEFAULT VALUES")
    ask("UPDATE public.later SET id = 2")
    with pytest.raises(DatabaseError):
        ask("TRUNCATE public.later")
    with pytest.raises(DatabaseError):
        ask("DELETE FROM public.audit_event")


def test_rights_are_renewed_without_a_moment_that_lacks_them(committed: dict[str, str]) -> None:
    """Sites answer while a deployment renews the rights."""
    watcher = psycopg2.connect(committed["DATABASE_URL"])
    watcher.autocommit = True
    seen = set()

    def look(execute: Any, *args: Any) -> Any:
        result = execute(*args)
        with watcher.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege('public.tenants_domain', 'SELECT')")
            seen.update(cursor.fetchone())
        return result

    try:
        with roles.owner(), connection.execute_wrapper(look):
            roles.grant_application()
    finally:
        watcher.close()
    assert seen == {True}


def test_portal_is_not_deployed_for_a_superuser(admin_url: str, committed: dict[str, str]) -> None:
    database = committed["DATABASE_URL"].rsplit("/", 1)[1]
    mighty = urlsplit(admin_url)._replace(path=f"/{database}").geturl()
    result = subprocess.run(
        [sys.executable, "manage.py", "deploy"],
        env={**committed, "DATABASE_URL": mighty, "DATABASE_OWNER_URL": ""},
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        text=True,
    )
    assert result.returncode != 0
    assert "superuser" in result.stderr
    assert "Traceback" not in result.stderr
