"""PostgreSQL's own tables, whose statistics lag after many schemas came or went."""

from __future__ import annotations

import logging

from django.db import Error, connection

from motcua.db import roles

TABLES = ("pg_class", "pg_attribute", "pg_index", "pg_constraint", "pg_attrdef", "pg_depend")

log = logging.getLogger(__name__)


def analyze() -> None:
    """Renew the statistics of the catalogs, as the owner of the database.

    Without them the plans for introspection and ``DROP SCHEMA`` are those of an empty database.
    Where the role may not, PostgreSQL skips the tables with a warning and so do we.
    """
    tables = ", ".join(f"pg_catalog.{table}" for table in TABLES)
    try:
        with roles.owner(), connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")
    except Error as error:
        log.debug("The catalogs could not be analyzed: %s", error)
