"""Spare schemas: a new site claims one instead of waiting for its own."""

from __future__ import annotations

from django.conf import settings
from django.db import connection, transaction

from . import schemas
from .models import SpareSchema, TemplateDump

REFILL_KEY = 0x4D43_504F_4F4C  # "MCPOOL"


def claim(dump: TemplateDump) -> str | None:
    """Take a spare schema out of the pool, in the caller's transaction.

    Returns:
        The schema's name, or nothing if no spare of this template is left (or all are being
        claimed at this moment).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM public.tenants_spareschema WHERE id = ("
            "  SELECT id FROM public.tenants_spareschema WHERE dump_id = %s"
            "  ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"
            ") RETURNING schema_name",
            [dump.pk],
        )
        row = cursor.fetchone()
    return row[0] if row else None


@transaction.atomic
def add_spare(dump: TemplateDump) -> SpareSchema:
    """Create one spare schema; schema and row appear together or not at all."""
    spare = SpareSchema.objects.create(schema_name=schemas.new_schema_name(), dump=dump)
    schemas.replay(dump, spare.schema_name)
    return spare


@transaction.atomic
def _drop_one_outdated(dump: TemplateDump) -> bool:
    spare = SpareSchema.objects.select_for_update(skip_locked=True).exclude(dump=dump).first()
    if spare is None:
        return False
    schemas.drop(spare.schema_name)
    spare.delete()
    return True


def refill(size: int | None = None) -> int:
    """Drop spares of older templates and create new ones until ``size`` wait.

    Args:
        size: how many spares to have; ``SITE_POOL_SIZE`` if not given.

    Returns:
        How many were created.
    """
    wanted = settings.SITE_POOL_SIZE if size is None else size
    dump = TemplateDump.objects.latest()
    while _drop_one_outdated(dump):
        pass
    created = 0
    while _add_one_missing(dump, wanted):
        created += 1
    return created


@transaction.atomic
def _add_one_missing(dump: TemplateDump, wanted: int) -> bool:
    """Create a spare if one is missing, while nobody else counts or creates them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REFILL_KEY])
    if SpareSchema.objects.filter(dump=dump).count() >= wanted:
        return False
    add_spare(dump)
    return True
