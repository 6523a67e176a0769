"""One query over many sites: which of them have something to do?"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

from django.db import ProgrammingError, connection, transaction
from django_tenants.utils import quote_schema_name

logger = logging.getLogger(__name__)

# Each schema in a query costs a lock per table and index; PostgreSQL's default room is 64 per
# connection times 100 connections, shared by all.
SITES_PER_QUERY = 100


def sites_where(sites: Sequence[str], *conditions: str) -> list[str]:
    """Schema names, out of ``sites``, in which at least one of the queries finds a row.

    Each condition is a SELECT with ``{schema}`` in front of its tables and no other braces:

    >>> sites_where(names, "SELECT 1 FROM {schema}.wagtailcore_page WHERE expire_at < now()")

    Conditions are SQL from our code, never from input. A site in which one fails (it lacks the
    table, as in the middle of an upgrade) is logged and left out.
    """
    found: list[str] = []
    for start in range(0, len(sites), SITES_PER_QUERY):
        found += _query_or_skip(sites[start : start + SITES_PER_QUERY], conditions)
    return found


def _query_or_skip(sites: Sequence[str], conditions: Sequence[str]) -> list[str]:
    try:
        with transaction.atomic():
            return _query(sites, conditions)
    except ProgrammingError as error:
        if len(sites) == 1:
            logger.warning("site cannot be asked: %s", error, extra={"site": sites[0]})
            return []
    return [found for site in sites for found in _query_or_skip([site], conditions)]


def _query(sites: Sequence[str], conditions: Iterable[str]) -> list[str]:
    tests = [" OR ".join(f"EXISTS ({_at(site, test)})" for test in conditions) for site in sites]
    parts = [f"SELECT %s AS site WHERE {test}" for test in tests]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), list(sites))
        return [row[0] for row in cursor.fetchall()]


def _at(site: str, condition: str) -> str:
    # The driver reads % as the start of a parameter.
    return condition.replace("{schema}", quote_schema_name(site)).replace("%", "%%")
