"""The two database roles (ADR 0003).

The *application* role runs the portal: no superuser, no ``BYPASSRLS``, owner of the sites'
schemas and of nothing in ``public``. The *owner* role migrates ``public`` and runs retention.
An operator with one role only leaves ``DATABASE_OWNER_URL`` unset; forced row-level security
still holds for it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from django.conf import settings
from django.db import connection, connections, transaction
from psycopg2 import sql


@contextlib.contextmanager
def owner() -> Iterator[None]:
    """Make the default connection of this thread the owner's, for the duration."""
    if settings.OWNER_DATABASE is None:
        yield
        return
    application = connections["default"]
    wanted = {**application.settings_dict, **settings.OWNER_DATABASE}
    wanted["NAME"] = application.settings_dict["NAME"]
    connections["default"] = type(application)(wanted, alias="default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = application


def application_role() -> str:
    """Return the name of the role that runs the portal."""
    name: str = settings.APPLICATION_DATABASE["USER"]
    return name


class TooMightyError(Exception):
    """The application's role is above row-level security."""


def refuse_mighty_application() -> None:
    """Raise `TooMightyError` if no policy binds the role that runs the portal (ADR 0003)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = current_user"
            " AND (rolsuper OR rolbypassrls)"
        )
        row = cursor.fetchone()
    if row:
        raise TooMightyError(
            f"Vai trò “{row[0]}” trong DATABASE_URL là superuser hoặc có BYPASSRLS, nên không bị "
            "ràng buộc bởi bảo mật mức dòng. / "
            f"The role “{row[0]}” of DATABASE_URL is a superuser or has BYPASSRLS: row-level "
            "security does not bind it."
        )


def grant_application() -> None:
    """Give the application role its rights on ``public``; run as the owner after migrating it.

    Everything may be read and written, except the tables of ``APPEND_ONLY_TABLES`` (read and
    add) and Django's own migration record (read). In one transaction: sites answer meanwhile,
    and must never meet a table whose rights are just being renewed.
    """
    if settings.OWNER_DATABASE is None:
        return
    role = sql.Identifier(application_role())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            name = sql.Identifier("public", table)
            cursor.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(name, role))
            cursor.execute(
                sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(_rights(table)), name, role)
            )
        cursor.execute(
            sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(role)
        )


def _rights(table: str) -> str:
    if table in settings.APPEND_ONLY_TABLES:
        return "SELECT, INSERT"
    if table == "django_migrations":
        return "SELECT"
    return "SELECT, INSERT, UPDATE, DELETE"
