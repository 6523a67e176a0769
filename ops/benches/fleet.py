"""What an upgrade costs when nothing is to do, and when every site lacks one migration.

``migrate_sites`` against django-tenants' ``migrate_schemas``, on the same sites, as commands:
from the start of the interpreter to its end, over and above an interpreter that does nothing.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from django.db import connection
from psycopg2 import sql

from ops.benches import report
from tenants import catalogs, provisioning
from tenants.models import Kind, Tenant
from tenants.provisioning import NewSite

CHECKOUT = Path(__file__).resolve().parents[2]
SITES = 200
ROUNDS = 5
SLOW_ROUNDS = 2

# The same command on the stock backend, to tell our introspection's share from the comparison's.
STOCK = (
    "import django; from django.conf import settings;"
    " settings.DATABASES['default']['ENGINE'] = 'django_tenants.postgresql_backend';"
    " django.setup(); from django.core.management import call_command;"
    " call_command('migrate_schemas', tenant=True, verbosity=0)"
)

# One migration that makes one table, taken back in every site to be applied again.
APP, MIGRATION, TABLE = "wagtailadmin", "0006_formstate", "wagtailadmin_formstate"


def run(sites: int = 0) -> None:
    """Measure and report; the fleet has ``sites`` (200 if not given)."""
    wanted = sites or SITES
    _populate(wanted)
    empty = _median([sys.executable, "-c", "pass"], ROUNDS)
    compared = _median(_manage("migrate_sites"), ROUNDS) - empty
    ours = _median(_manage("migrate_schemas", "--tenant", "-v0"), SLOW_ROUNDS) - empty
    stock = _median([sys.executable, "-c", STOCK], 1) - empty
    rows = [
        ["`migrate_sites`", f"{compared:.2f}", "1"],
        ["`migrate_schemas`, our backend", f"{ours:.1f}", f"{ours / compared:.0f}"],
        ["`migrate_schemas`, stock backend", f"{stock:.1f}", f"{stock / compared:.0f}"],
    ]
    head = [f"nothing to do, {wanted} sites", "s beyond interpreter start", "ratio"]
    report.write("fleet", [*report.table(head, rows), "", _one_migration(wanted)])


def _one_migration(sites: int) -> str:
    for schema_name in Tenant.objects.values_list("schema_name", flat=True):
        _take_back(schema_name)
    seconds = _seconds(_manage("migrate_sites"))
    return (
        f"One migration (`{APP}.{MIGRATION}`) for all {sites} sites and the main portal, each in "
        f"a transaction of its own, as many at once as there are processors: {seconds:.0f} s, "
        f"{1000 * seconds / (sites + 1):.0f} ms a site."
    )


def _take_back(schema_name: str) -> None:
    name = sql.Identifier
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP TABLE {}").format(name(schema_name, TABLE)))
        cursor.execute(
            sql.SQL("DELETE FROM {} WHERE app = %s AND name = %s").format(
                name(schema_name, "django_migrations")
            ),
            [APP, MIGRATION],
        )


def _populate(wanted: int) -> None:
    main = Tenant.objects.get(schema_name="main")
    for number in range(Tenant.objects.members().count(), wanted):
        label = f"xa-{number}"
        spec = NewSite(
            label=label,
            domain=f"{label}.tiengiang.localhost",
            name_vi=f"Xã số {number}",
            kind=Kind.COMMUNE,
            parent=main,
        )
        provisioning.create_site(spec, by="bench")
    catalogs.analyze()


def _manage(*arguments: str) -> list[str]:
    return [sys.executable, str(CHECKOUT / "manage.py"), *arguments]


def _median(command: list[str], rounds: int) -> float:
    return statistics.median(_seconds(command) for _round in range(rounds))


def _seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return time.perf_counter() - begun
