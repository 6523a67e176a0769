"""Which sites have pages whose hour has come: one query for the whole fleet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import connection
from psycopg2 import sql

CHUNK = 200

DUE = sql.SQL(
    "SELECT {name} AS site WHERE EXISTS ("
    " SELECT 1 FROM {schema}.wagtailcore_revision WHERE approved_go_live_at < now())"
    " OR EXISTS (SELECT 1 FROM {schema}.wagtailcore_page WHERE live AND expire_at < now())"
)


def sites_with_due_pages(schema_names: Sequence[str]) -> list[str]:
    """Return those of the schemas in which a page is to be published or taken down now."""
    return [site for chunk in _chunks(schema_names) for site in _due(chunk)]


def _chunks(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), CHUNK):
        yield names[start : start + CHUNK]


def _due(names: Sequence[str]) -> list[str]:
    parts = [
        DUE.format(name=sql.Literal(name), schema=sql.Identifier(name)) for name in names
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(parts))
        return [site for (site,) in cursor.fetchall()]
