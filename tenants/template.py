"""The template schema: migrated and filled once, dumped, replayed for every new site."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string
from django_tenants.utils import quote_schema_name, schema_context

from motcua.db.server import pg_dump_for

from .migrating import fingerprint, migrate_schema
from .models import TEMPLATE_SCHEMA, TemplateDump

KEPT_DUMPS = 3


def build() -> TemplateDump:
    """Bring the template to the code's state and dump it if it changed.

    Idempotent: the schema is created if it is missing, migrated if it is behind, and filled by
    the functions of ``TEMPLATE_STEPS``, each of which does nothing where its work is done.

    Returns:
        The dump from which sites are born from now on.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {quote_schema_name(TEMPLATE_SCHEMA)}")
    migrate_schema(TEMPLATE_SCHEMA)
    with schema_context(TEMPLATE_SCHEMA):
        fill()
    return _store(_dump())


def fill() -> None:
    """Run the functions of ``TEMPLATE_STEPS`` in the current schema, in one transaction."""
    with transaction.atomic():
        for path in settings.TEMPLATE_STEPS:
            import_string(path)()


def _store(sql: str) -> TemplateDump:
    digest = hashlib.sha256(sql.encode()).hexdigest()
    newest = TemplateDump.objects.order_by("pk").last()
    if newest is not None and newest.digest == digest:
        return newest
    with transaction.atomic():
        TemplateDump.objects.filter(digest=digest).delete()
        dump = TemplateDump.objects.create(
            digest=digest, migrations=applied_fingerprint(TEMPLATE_SCHEMA), sql=sql
        )
        old = TemplateDump.objects.filter(spares=None).order_by("-pk")[KEPT_DUMPS:]
        TemplateDump.objects.filter(pk__in=[dump.pk for dump in old]).delete()
    return dump


def applied_fingerprint(schema_name: str) -> str:
    """Return the fingerprint of the migrations that a schema has."""
    with schema_context(schema_name), connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return fingerprint(cursor.fetchall())


def _dump() -> str:
    params = connection.get_connection_params()
    command = [
        str(pg_dump_for(connection.pg_version // 10000)),
        f"--schema={TEMPLATE_SCHEMA}",
        "--inserts",
        "--rows-per-insert=500",
        "--no-owner",
        "--no-privileges",
        "--no-comments",
        "--no-tablespaces",
        "--encoding=UTF8",
        params["dbname"],
    ]
    result = subprocess.run(command, env=_libpq_environment(params), capture_output=True, text=True)
    if result.returncode:
        raise RuntimeError(f"pg_dump of the template failed: {result.stderr.strip()}")
    return replayable(result.stdout)


def _libpq_environment(params: dict[str, object]) -> dict[str, str]:
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD",
             "sslmode": "PGSSLMODE"}  # fmt: skip
    given = {variable: str(params[key]) for key, variable in names.items() if params.get(key)}
    return {**os.environ, **given}


def replayable(dump: str) -> str:
    """Cut a dump down to the statements that make the schema.

    What is cut: the preamble (session settings, among them an empty ``search_path``, and psql's
    ``\\restrict``), the table access method, comment lines and psql's closing ``\\unrestrict``.
    Texts in quotes stay as they are, whatever they contain.

    Args:
        dump: the text that ``pg_dump --inserts`` printed.

    Returns:
        SQL that can be sent in one go and leaves the session's settings alone. The template's
        name stands in it only where the schema is meant.
    """
    body = dump[re.search(r"^CREATE SCHEMA ", dump, re.M).start() :]  # type: ignore[union-attr]
    parts = _QUOTED_OR_COMMENT.split(body)
    for place in range(1, len(parts), 2):
        if parts[place].startswith("--"):
            parts[place] = ""
        elif not _names_a_relation(parts[place - 1], parts[place + 1]):
            parts[place] = _without_name(parts[place])
    parts[::2] = [_BETWEEN.sub("", part) for part in parts[::2]]
    return "".join(parts).strip() + "\n"


_QUOTED_OR_COMMENT = re.compile(r"('(?:[^']|'')*'|^--[^\n]*\n)", re.M)
_BETWEEN = re.compile(r"^(?:SET default_table_access_method = .*|\\unrestrict .*|)\n", re.M)


def _names_a_relation(before: str, after: str) -> bool:
    return before.endswith(("setval(", "nextval(")) or after.startswith("::regclass")


def _without_name(quoted: str) -> str:
    """Write the template's name in a text with an escape, so that no site's takes its place."""
    if TEMPLATE_SCHEMA not in quoted:
        return quoted
    escaped = TEMPLATE_SCHEMA.replace("_", r"\005F")
    return "U&" + quoted.replace("\\", "\\\\").replace(TEMPLATE_SCHEMA, escaped)
