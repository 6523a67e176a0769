"""Schemas as things: naming, creating from the template's dump, dropping."""

from __future__ import annotations

import secrets
import string

from django.db import connection
from django_tenants.utils import quote_schema_name

from motcua.db import caches

from .models import TEMPLATE_SCHEMA, TemplateDump

ALPHABET = string.ascii_lowercase + string.digits


def new_schema_name() -> str:
    """Return an opaque name that no schema has: ``s_`` and twelve letters or digits."""
    return "s_" + "".join(secrets.choice(ALPHABET) for _ in range(12))


def replay(dump: TemplateDump, schema_name: str) -> None:
    """Create ``schema_name`` from the template's dump, in the caller's transaction.

    One round trip: 0.2–0.4 s for some 80 tables. The dump qualifies every name and leaves the
    session as it is.
    """
    with connection.cursor() as cursor:
        cursor.execute(dump.sql.replace(TEMPLATE_SCHEMA, schema_name))


def drop(schema_name: str) -> None:
    """Drop a schema with all that is in it, and forget what the process knew of it."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {quote_schema_name(schema_name)} CASCADE")
    caches.forget(schema_name)


def existing() -> set[str]:
    """Return the names of all schemas that are sites, spares or the template."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nspname FROM pg_namespace WHERE nspname ~ '^s_[a-z0-9]{12}$' "
            "OR nspname IN ('main', %s)",
            [TEMPLATE_SCHEMA],
        )
        return {name for (name,) in cursor.fetchall()}
