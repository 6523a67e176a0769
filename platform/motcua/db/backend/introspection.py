"""Introspection of one schema, at a cost that does not grow with the number of sites.

Django asks the catalog for tables that are *visible*, a function call for every relation of the
database with that name (or for every relation at all): quadratic over a fleet. A site's schema
is known, so the namespace is named instead.
"""

from __future__ import annotations

import re
from typing import Any

import django.db.backends.postgresql.base  # noqa: F401  (first, or the next import is circular)
from django.db.backends.postgresql.introspection import DatabaseIntrospection

VISIBLE = re.compile(r"pg_catalog\.pg_table_is_visible\((\w+)\.oid\)")


class OneSchemaCursor:
    """A cursor whose catalog queries look into one schema only."""

    def __init__(self, cursor: Any, schema_name: str) -> None:
        self._cursor = cursor
        literal = schema_name.replace("'", "''").replace("%", "%%")
        self._namespace = rf"\1.relnamespace = to_regnamespace(quote_ident('{literal}'))"

    def execute(self, sql: str, params: Any = None) -> Any:
        """Run ``sql`` with every test of visibility replaced by one of the namespace."""
        return self._cursor.execute(VISIBLE.sub(self._namespace, sql), params)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


class SchemaIntrospection(DatabaseIntrospection):
    """Django's introspection, looking into the connection's own schema."""

    def _here(self, cursor: Any) -> OneSchemaCursor:
        return OneSchemaCursor(cursor, self.connection.schema_name)

    def get_table_list(self, cursor: Any) -> Any:
        return super().get_table_list(self._here(cursor))

    def get_table_description(self, cursor: Any, table_name: str) -> Any:
        return super().get_table_description(self._here(cursor), table_name)

    def get_sequences(self, cursor: Any, table_name: str, table_fields: Any = ()) -> Any:
        return super().get_sequences(self._here(cursor), table_name, table_fields)

    def get_relations(self, cursor: Any, table_name: str) -> Any:
        return super().get_relations(self._here(cursor), table_name)

    def get_constraints(self, cursor: Any, table_name: str) -> Any:
        return super().get_constraints(self._here(cursor), table_name)
