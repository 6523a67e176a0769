"""Schemas that nobody owns: which of them may go, and dropping them."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from psycopg2 import sql

from motcua import audit

from . import checking, schemas
from .fleet.querying import across


def droppable() -> list[str]:
    """Return the orphan schemas that were never a site: without a user and without a file.

    A template has no users, so a spare schema has none; a site has at least its administrator.
    An orphan with a user was a site, whose row in the registry was lost: that is a case for the
    backup, not for dropping.
    """
    orphans = checking.gather().orphans
    used = {name for name, users in _users(orphans) if users} | _with_files()
    return [name for name in orphans if name not in used]


def _users(schema_names: list[str]) -> list[tuple[str, bool]]:
    table: str = get_user_model()._meta.db_table
    part = sql.SQL("SELECT {name}, EXISTS (SELECT 1 FROM {table})")
    return [(name, users) for name, users in across(schema_names, table, part)]


def _with_files() -> set[str]:
    root = Path(settings.MEDIA_ROOT)
    return {folder.name for folder in root.iterdir()} if root.is_dir() else set()


def drop(schema_names: list[str], *, by: str) -> int:
    """Drop those of the schemas that are still orphans, each in a transaction of its own.

    Returns:
        How many were dropped.
    """
    dropped = [name for name in droppable() if name in schema_names]
    for name in dropped:
        with transaction.atomic():
            schemas.drop(name)
            audit.record("schema.dropped", by=by, target=name, site=name)
    return len(dropped)
