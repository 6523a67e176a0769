"""One question to many schemas, in a few queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection
from psycopg2 import sql

CHUNK = 100
"""Schemas in one query: each brings a table and its indexes, which are locked together."""


def across(schema_names: Sequence[str], table: str, part: sql.SQL) -> Iterator[tuple[Any, ...]]:
    """Ask the same of one table in each schema.

    Args:
        schema_names: where to ask; schemas that do not exist or lack the table are passed over.
        table: the table's name.
        part: a SELECT in which ``{name}`` is the schema's name as text, ``{table}`` the table.

    Returns:
        The rows of all schemas.
    """
    present = _having(schema_names, table)
    for start in range(0, len(present), CHUNK):
        parts = [
            part.format(name=sql.Literal(name), table=sql.Identifier(name, table))
            for name in present[start : start + CHUNK]
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(" UNION ALL ").join(parts))
            yield from cursor.fetchall()


def _having(schema_names: Sequence[str], table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n.nspname FROM pg_catalog.pg_class c"
            " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relname = %s AND c.relkind = 'r' AND n.nspname = ANY(%s)",
            [table, list(schema_names)],
        )
        return [name for (name,) in cursor.fetchall()]
