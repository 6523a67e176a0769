"""Bringing one schema to the code's migrations, whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection, transaction
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django_tenants.utils import schema_context

from motcua.db import caches


class NotAtomicError(Exception):
    """A pending migration cannot share a transaction with others, so no site may run it."""


def fingerprint(applied: Iterable[tuple[str, str]]) -> str:
    """Return a digest of a set of applied migrations, the same as PostgreSQL computes it.

    Args:
        applied: pairs of app label and migration name, in any order.
    """
    names = sorted(f"{app}.{name}" for app, name in applied)
    return hashlib.md5(",".join(names).encode(), usedforsecurity=False).hexdigest()


def pending() -> list[Migration]:
    """Return the migrations that the current schema lacks, in order."""
    executor = MigrationExecutor(connection)
    return [migration for migration, _ in executor.migration_plan(_targets(executor))]


def refuse_non_atomic(migrations: Iterable[Migration]) -> None:
    """Raise `NotAtomicError` naming the migrations that refuse to run inside a transaction."""
    stubborn = [f"{m.app_label}.{m.name}" for m in migrations if not m.atomic]
    if stubborn:
        raise NotAtomicError(
            "These migrations have atomic = False and cannot be undone when a later one fails: "
            + ", ".join(stubborn)
        )


def migrate_schema(schema_name: str) -> int:
    """Apply all pending migrations to one schema in one transaction.

    Between two migrations deferred constraints are checked, because PostgreSQL refuses to alter
    a table with pending trigger events.

    Args:
        schema_name: an existing schema, a site's, a spare one or the template.

    Returns:
        How many migrations were applied.

    Raises:
        NotAtomicError: a pending migration has ``atomic = False``; nothing was run.
        Exception: whatever a migration raised; the schema is as it was.
    """
    with schema_context(schema_name):
        # First, and by itself: some of Wagtail's migrations ask the record while being loaded.
        MigrationRecorder(connection).ensure_schema()
        return _migrate_here(schema_name)


def _migrate_here(schema_name: str) -> int:
    with transaction.atomic():
        executor = MigrationExecutor(connection, _check_constraints)
        executor.loader.check_consistent_history(connection)
        plan = executor.migration_plan(_targets(executor))
        if executor.loader.applied_migrations:  # an empty schema has nothing to lose
            refuse_non_atomic(migration for migration, _ in plan)
        if plan:
            _run(executor, plan)
    caches.forget(schema_name)
    return len(plan)


def _targets(executor: MigrationExecutor) -> list[tuple[str, str]]:
    targets: list[tuple[str, str]] = executor.loader.graph.leaf_nodes()
    return targets


def _run(executor: MigrationExecutor, plan: list[tuple[Migration, bool]]) -> None:
    before = executor._create_project_state(with_applied_migrations=True)
    emit_pre_migrate_signal(0, False, "default", apps=before.apps, plan=plan)
    after = executor.migrate(_targets(executor), plan=plan, state=before.clone())
    after.clear_delayed_apps_cache()
    emit_post_migrate_signal(0, False, "default", apps=after.apps, plan=plan)


def _check_constraints(action: str, *_args: Any) -> None:
    if action in {"apply_success", "pre_migrate"}:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
