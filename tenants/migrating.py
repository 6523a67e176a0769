"""Bringing one schema to the code's migrations, whole or not at all."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from typing import Any

from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import OperationalError, connection, router, transaction
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django_tenants.utils import schema_context

from motcua.db import caches

Name = tuple[str, str]
"""App label and name of a migration."""

LOCK_TIMEOUT = 2_000
"""Milliseconds a migration waits for a table in use; visitors queue behind it for as long."""

PAUSES = (0.5, 1.0, 2.0, 4.0)
"""Seconds between the attempts at a schema whose tables are in use."""

BUSY_CODES = {"55P03", "40P01"}
"""SQLSTATE lock_not_available and deadlock_detected."""


class NotAtomicError(Exception):
    """A pending migration cannot share a transaction with others, so no site may run it."""


class SchemaMissingError(Exception):
    """There is no such schema. Without this check its tables would be sought in ``public``."""


def fingerprint(applied: Iterable[Name]) -> str:
    """Return a digest of a set of applied migrations, the same as PostgreSQL computes it.

    Args:
        applied: pairs of app label and migration name, in any order.
    """
    names = sorted(f"{app}.{name}" for app, name in applied)
    return hashlib.md5(",".join(names).encode(), usedforsecurity=False).hexdigest()


def expected() -> frozenset[Name]:
    """Return what a schema records that has all migrations of the code.

    Django records every migration in every schema, also those whose tables live elsewhere, and
    of a squashed one both its own name and the names that it replaces.
    """
    names = set()
    for name, migration in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items():
        names |= {name, *migration.replaces}
    return frozenset(names)


def refuse_non_atomic(migrations: Iterable[Migration]) -> None:
    """Raise `NotAtomicError` naming the migrations that refuse to run inside a transaction."""
    stubborn = sorted(f"{m.app_label}.{m.name}" for m in migrations if not m.atomic)
    if stubborn:
        raise NotAtomicError(
            "These migrations have atomic = False and cannot be undone when a later one fails: "
            + ", ".join(stubborn)
        )


def migrate_schema(schema_name: str, *, lock_timeout: int = 0) -> int:
    """Apply all pending migrations to one schema in one transaction.

    Between two migrations deferred constraints are checked, because PostgreSQL refuses to alter
    a table with pending trigger events.

    Args:
        schema_name: an existing schema, a site's, a spare one or the template.
        lock_timeout: milliseconds to wait for a table that somebody uses; 0 waits for ever.

    Returns:
        How many migrations were applied.

    Raises:
        SchemaMissingError: there is no such schema.
        NotAtomicError: a pending migration has ``atomic = False``; nothing was run.
        Exception: whatever a migration raised, with a note that names it; the schema is as it
            was. Of `lock_timeout` it is an ``OperationalError``.
    """
    with schema_context(schema_name):
        _require_schema(schema_name)
        # First, and by itself: some of Wagtail's migrations ask the record while being loaded.
        MigrationRecorder(connection).ensure_schema()
        with transaction.atomic():
            _limit_waiting(lock_timeout)
            count = _migrate_here()
        caches.forget(schema_name)
        return count


def migrate_patiently(schema_name: str) -> int:
    """Do as `migrate_schema`, but never let visitors queue for long behind a waiting migration.

    It waits `LOCK_TIMEOUT` for a table in use, then gives way and tries again after a rest.
    Arguments, result and errors are those of `migrate_schema`.
    """
    for pause in PAUSES:
        try:
            return migrate_schema(schema_name, lock_timeout=LOCK_TIMEOUT)
        except OperationalError as error:
            if getattr(error.__cause__, "pgcode", "") not in BUSY_CODES:
                raise
        time.sleep(pause)
    return migrate_schema(schema_name, lock_timeout=LOCK_TIMEOUT)


def _require_schema(schema_name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = %s", [schema_name])
        if cursor.fetchone() is None:
            raise SchemaMissingError(f"There is no schema {schema_name}.")


def _limit_waiting(milliseconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{milliseconds}ms"])


def _migrate_here() -> int:
    watch = _Watch()
    executor = MigrationExecutor(connection, watch)
    executor.loader.check_consistent_history(connection)
    plan = executor.migration_plan(_targets(executor))
    elsewhere = [migration for migration, _ in plan if not _concerns(migration)]
    here = [step for step in plan if _concerns(step[0])]
    if executor.loader.applied_migrations:  # an empty schema has nothing to lose
        refuse_non_atomic(migration for migration, _ in here)
    if elsewhere:
        _record(elsewhere)
        executor = MigrationExecutor(connection, watch)
    if not here:
        executor.check_replacements()  # records a squash whose parts are all there
        return len(plan)
    try:
        _run(executor, here)
    except Exception as error:
        if watch.current:
            error.add_note(watch.current)
        raise
    return len(plan)


def _concerns(migration: Migration) -> bool:
    """Tell whether the tables of a migration's app live in the current schema."""
    return bool(router.allow_migrate("default", migration.app_label))


def _record(migrations: list[Migration]) -> None:
    """Record migrations that have nothing to do here, all in one statement.

    Running them would change nothing either, but Django computes every model's state anew for
    each: in ``public`` two hundred migrations of the sites' applications, in each site those of
    ``public``.
    """
    names = [name for m in migrations for name in ((m.app_label, m.name), *m.replaces)]
    record = MigrationRecorder(connection).Migration
    record.objects.bulk_create([record(app=app, name=name) for app, name in dict.fromkeys(names)])


def _targets(executor: MigrationExecutor) -> list[Name]:
    targets: list[Name] = executor.loader.graph.leaf_nodes()
    return targets


def _run(executor: MigrationExecutor, plan: list[tuple[Migration, bool]]) -> None:
    before = executor._create_project_state(with_applied_migrations=True)
    emit_pre_migrate_signal(0, False, "default", apps=before.apps, plan=plan)
    after = executor.migrate(_targets(executor), plan=plan, state=before.clone())
    after.clear_delayed_apps_cache()
    emit_post_migrate_signal(0, False, "default", apps=after.apps, plan=plan)


class _Watch:
    """Follows the executor: which migration is at work, and constraints checked after each."""

    def __init__(self) -> None:
        self.current = ""

    def __call__(self, action: str, migration: Migration | None = None, *_args: Any) -> None:
        if action == "apply_start":
            self.current = str(migration)
        if action == "apply_success":
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            self.current = ""
