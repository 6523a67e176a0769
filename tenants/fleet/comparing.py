"""Which schemas lack which migrations: one query over the records of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.migrations.loader import MigrationLoader
from psycopg2 import sql

from tenants.migrating import Name, expected, fingerprint, refuse_non_atomic

from .querying import across

RECORD = "django_migrations"

FINGERPRINT = sql.SQL(
    "SELECT {name}, md5(string_agg(r, ',' ORDER BY r)) FROM"
    " (SELECT (app || '.' || name) COLLATE \"C\" AS r FROM {table}) AS records"
)


def fingerprints(schema_names: Sequence[str]) -> dict[str, str]:
    """Return the fingerprint of each schema's applied migrations (see `migrating.fingerprint`).

    Schemas that do not exist, or have no record of migrations, are left out; an empty record
    has the fingerprint ``""``.
    """
    return {name: digest or "" for name, digest in across(schema_names, RECORD, FINGERPRINT)}


def lacking(schema_names: Sequence[str]) -> dict[str, frozenset[Name]]:
    """Return the migrations that each schema lacks; schemas that lack none are left out.

    What a schema has beyond the code (of a newer version, or of an app that is gone) is no
    difference: the code must bear it (expand, then contract).
    """
    wanted = expected()
    digests = fingerprints(schema_names)
    by_digest = {fingerprint(wanted): frozenset[Name](), "": wanted}
    for schema_name, digest in digests.items():
        if digest not in by_digest:
            by_digest[digest] = wanted - _applied(schema_name)
    found = {name: by_digest[digests.get(name, "")] for name in schema_names}
    return {name: missing for name, missing in found.items() if missing}


def refuse_stubborn(missing: Iterable[frozenset[Name]]) -> None:
    """Refuse an upgrade that could not be undone, before it begins.

    Args:
        missing: what each schema lacks. One that lacks everything is empty: nothing to lose.

    Raises:
        NotAtomicError: one of the migrations has ``atomic = False``.
    """
    wanted = expected()
    names = frozenset[Name]().union(*(lacks for lacks in missing if lacks != wanted))
    on_disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    refuse_non_atomic(on_disk[name] for name in names if name in on_disk)


def _applied(schema_name: str) -> frozenset[Name]:
    rows = across([schema_name], RECORD, sql.SQL("SELECT app, name FROM {table}"))
    return frozenset((app, name) for app, name in rows)
