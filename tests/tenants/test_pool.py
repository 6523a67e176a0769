"""The pool has as many spare schemas as it should, however many fill it."""

from __future__ import annotations

import threading
from typing import Any

from django.db import connection

from tenants import pool, schemas
from tenants.models import TEMPLATE_SCHEMA, SpareSchema, Tenant


def test_simultaneous_refills_fill_it_once(committed: Any) -> None:
    created: list[int] = []

    def fill() -> None:
        try:
            created.append(pool.refill(4))
        finally:
            connection.close()

    threads = [threading.Thread(target=fill) for _number in range(3)]
    before = SpareSchema.objects.count()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spares = set(SpareSchema.objects.values_list("schema_name", flat=True))
    assert (len(spares), sum(created)) == (4, 4 - before)
    sites = set(Tenant.objects.values_list("schema_name", flat=True))
    assert schemas.existing() == spares | sites | {TEMPLATE_SCHEMA}
