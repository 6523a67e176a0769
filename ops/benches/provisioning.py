"""How long a new site takes: from the pool, from the dump, by plain migrations.

In fleets of 10, 200 and 1,000 sites made from the dump; the cost of one must not grow with
their number.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from django.db import connection, transaction
from django_tenants.utils import quote_schema_name, schema_context

from ops.benches import report
from tenants import bulk, catalogs, pool, provisioning, schemas, template
from tenants.migrating import migrate_schema
from tenants.models import Kind, SpareSchema, TemplateDump, Tenant
from tenants.provisioning import NewSite

FLEETS = (10, 200, 1000)
SAMPLES = 10
MIGRATED = 5
LIST = bulk.SITES_PER_CONNECTION


def run(sites: int = 0) -> None:
    """Measure and report; the largest fleet has ``sites`` (1,000 if not given)."""
    fleets = [size for size in FLEETS if size <= (sites or FLEETS[-1])]
    births: list[float] = []
    rows: list[list[str]] = []
    for size in fleets:
        while len(births) < size:
            births.append(_seconds(_birth, len(births)))
            if len(births) % LIST == 0:
                _end_of_a_list()
        rows.append(_row(size, births))
        print(rows[-1], flush=True)
    report.write("provisioning", [*report.table(HEAD, rows), "", *_flatness(births)])


HEAD = ["sites", "from the pool, ms", "from the dump, ms", "by migrations, ms",
        "pool : dump : migrations"]  # fmt: skip


def _row(size: int, births: list[float]) -> list[str]:
    pool.refill(SAMPLES)
    pooled, dumped, migrated = [], [], []
    for sample in range(SAMPLES):
        pooled.append(_seconds(_birth, f"p{size}-{sample}"))
        dumped.append(_without_pool(f"d{size}-{sample}"))
        if sample % (SAMPLES // MIGRATED) == 0:
            migrated.append(_seconds(_by_migrations))
    a, b, c = (statistics.median(values) for values in (pooled, dumped, migrated))
    return [str(size), *(_spread(v) for v in (pooled, dumped, migrated)),
            f"1 : {b / a:.1f} : {c / a:.0f}"]  # fmt: skip


def _end_of_a_list() -> None:
    """Do what ``create_sites`` does: a fresh connection, and statistics of the catalogs."""
    connection.close()
    catalogs.analyze()


def _spread(seconds: list[float]) -> str:
    low, high = min(seconds) * 1000, max(seconds) * 1000
    return f"{statistics.median(seconds) * 1000:.0f} ({low:.0f}–{high:.0f})"


def _flatness(births: list[float]) -> list[str]:
    if len(births) < 200:
        return []
    first, last = statistics.median(births[:100]), statistics.median(births[-100:])
    return [
        f"{len(births):,} sites in lists of {LIST} from the dump: the last hundred took "
        f"{last / first:.2f} × the first hundred (medians {first * 1000:.0f} and "
        f"{last * 1000:.0f} ms; all together {sum(births):.0f} s in one process)."
    ]


def _birth(name: object) -> Tenant:
    label = f"xa-{name}"
    spec = NewSite(
        label=label,
        domain=f"{label}.tiengiang.localhost",
        name_vi=f"Xã số {name}",
        kind=Kind.COMMUNE,
        parent=_main(),
        admin_email="quan.tri@xa.test",
    )
    return provisioning.create_site(spec, by="bench")


def _without_pool(name: object) -> float:
    """A birth while the pool is empty: the spares belong to another dump for its duration."""
    spares = SpareSchema.objects.all()
    dump = TemplateDump.objects.latest()
    old = TemplateDump.objects.exclude(pk=dump.pk).first() or _old_dump()
    spares.update(dump=old)
    seconds = _seconds(_birth, name)
    spares.update(dump=dump)
    return seconds


def _old_dump() -> TemplateDump:
    """An older template, to which nothing is born any more."""
    newest = TemplateDump.objects.latest()
    newest.pk = 0
    newest.digest = "0" * 64
    newest.save(force_insert=True)
    return newest


def _by_migrations() -> None:
    """What a site costs without a template: every migration, then the starter tree."""
    schema = schemas.new_schema_name()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {quote_schema_name(schema)}")
    migrate_schema(schema)
    with transaction.atomic(), schema_context(schema):
        template.fill()
        transaction.set_rollback(True)  # no site is registered under this name
    schemas.drop(schema)


def _main() -> Tenant:
    return Tenant.objects.get(schema_name="main")


def _seconds(work: Callable[..., object], *arguments: object) -> float:
    begun = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - begun
