"""The two database roles of an installation, and the database they share.

The *owner* role owns the database and the schema ``public`` and migrates it. The *application*
role runs the sites: no superuser, no ``BYPASSRLS``, owner of the schemas it creates and of
nothing in ``public`` (ARCHITECTURE, decision 8).
"""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit


class DatabaseUrls(NamedTuple):
    """The addresses with which the application and the owner role connect."""

    application: str
    owner: str


def ensure_roles(admin_url: str, database: str, password_file: Path) -> DatabaseUrls:
    """Create *database* and its two roles where they are missing; repeatable.

    Args:
        admin_url: the address of a role that may create roles and databases.
        database: the database's name; the roles are ``<database>_owner`` and ``<database>_app``.
        password_file: keeps the generated passwords, readable by its owner only (0600).

    Returns:
        The addresses of the application and the owner role.

    Raises:
        psycopg2.Error: the server cannot be reached or refuses.
    """
    passwords = _kept_passwords(password_file, database)
    owner, application = f"{database}_owner", f"{database}_app"
    with _Session(admin_url) as admin:
        for role in (owner, application):
            admin.ensure_role(role, passwords[role])
        admin.ensure_database(database, owner)
        admin.grant_database(database, application)
    with _Session(_with(admin_url, database=database)) as inside:
        inside.grant_public(owner, application)
    return DatabaseUrls(
        _with(admin_url, database=database, user=application, password=passwords[application]),
        _with(admin_url, database=database, user=owner, password=passwords[owner]),
    )


def drop_database(admin_url: str, database: str) -> None:
    """Drop *database* and its two roles, closing their connections; nothing if missing."""
    with _Session(admin_url) as admin:
        admin.run("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)
        for role in (f"{database}_app", f"{database}_owner"):
            admin.run("DROP ROLE IF EXISTS {}", role)


def checkpoint(admin_url: str) -> None:
    """Write what the server still has in memory to its files."""
    with _Session(admin_url) as admin:
        admin.run("CHECKPOINT")


class _Session:
    """An autocommitting connection, closed at the end of its ``with`` block."""

    def __init__(self, url: str) -> None:
        import psycopg2

        self.connection = psycopg2.connect(url, connect_timeout=20)
        self.connection.autocommit = True

    def __enter__(self) -> _Session:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.connection.close()

    def run(self, statement: str, *names: str, values: tuple[Any, ...] = ()) -> list[Any]:
        """Run *statement*, its ``{}`` filled with quoted *names*; returns the rows, if any."""
        from psycopg2 import sql

        with self.connection.cursor() as cursor:
            cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)), values)
            return list(cursor.fetchall()) if cursor.description else []

    def ensure_role(self, role: str, password: str) -> None:
        """Create *role* if it is missing, and set its password and limits in any case."""
        if not self.run("SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = %s", values=(role,)):
            self.run("CREATE ROLE {}", role)
        self.run(
            "ALTER ROLE {} LOGIN NOCREATEDB NOCREATEROLE PASSWORD %s",
            role,
            values=(password,),
        )
        if self.run(
            "SELECT 1 FROM pg_catalog.pg_roles"
            " WHERE rolname = %s AND (rolsuper OR rolbypassrls OR rolreplication)",
            values=(role,),
        ):
            self.run("ALTER ROLE {} NOSUPERUSER NOBYPASSRLS NOREPLICATION", role)

    def ensure_database(self, database: str, owner: str) -> None:
        """Create *database* in UTF-8 for *owner*, if it is missing."""
        known = "SELECT 1 FROM pg_catalog.pg_database WHERE datname = %s"
        if not self.run(known, values=(database,)):
            self._join(owner)
            self.run(
                "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'", database, owner
            )

    def grant_database(self, database: str, application: str) -> None:
        """Let only the application role in (the owner needs no grant)."""
        self.run("REVOKE ALL ON DATABASE {} FROM PUBLIC", database)
        self.run("GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {} TO {}", database, application)

    def grant_public(self, owner: str, application: str) -> None:
        """Give ``public`` to *owner*; the application may use it, not create in it."""
        self.run("ALTER SCHEMA public OWNER TO {}", owner)
        self.run("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        self.run("GRANT USAGE ON SCHEMA public TO {}", application)

    def _join(self, role: str) -> None:
        # A managed server's administrator is no superuser and must be a member of a role to
        # give it a database.
        rows = self.run("SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user")
        if not rows[0][0]:
            me = self.run("SELECT current_user")[0][0]
            self.run("GRANT {} TO {}", role, me)


def _kept_passwords(path: Path, database: str) -> dict[str, str]:
    """The passwords of both roles, made on first use and written with mode 0600."""
    known: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    wanted = {f"{database}_owner", f"{database}_app"}
    if wanted - known.keys():
        known |= {role: secrets.token_urlsafe(24) for role in wanted - known.keys()}
        fresh = path.with_name(path.name + ".new")
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(known, file, indent=1, sort_keys=True)
        fresh.replace(path)
    return known


def _with(url: str, *, database: str, user: str = "", password: str = "") -> str:
    """*url* with another database and, if given, another user and password."""
    parts = urlsplit(url)
    credentials, _, place = parts.netloc.rpartition("@")
    if user:
        credentials = f"{quote(user, safe='')}:{quote(password, safe='')}"
    netloc = f"{credentials}@{place}" if credentials else place
    return urlunsplit(parts._replace(netloc=netloc, path=f"/{quote(database, safe='')}"))
