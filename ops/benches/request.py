"""What a page costs in queries and CPU time against the same page of plain Wagtail.

Two processes on one database, in alternated rounds: ours, and Django's stock backend with a
fixed ``search_path`` and the site lookup stubbed (`ops.benches.stock_settings`).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys

from django.core.management import call_command
from django_tenants.utils import tenant_context

from ops.benches import report
from sites.news import starter
from tenants.models import Kind
from tenants.provisioning import NewSite, create_site

ROUNDS = 11
REQUESTS = 100
HOST = "xa.tiengiang.localhost"
PAGES = {"home": "/", "about": "/gioi-thieu/", "news": "/tin-tuc/", "article": "/tin-tuc/tin-so-1/"}
HEAD = ["page", "queries", "stock queries", "CPU ms", "stock CPU ms", "ratio (median of rounds)"]


class Side:
    """A process that shows pages on demand."""

    def __init__(self, settings: str, schema: str) -> None:
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings, "BENCH_HOST": HOST,
                       "BENCH_SCHEMA": schema}  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ops.benches.page"], env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def show(self, path: str) -> tuple[float, int]:
        """Return CPU milliseconds per request and the page's queries."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{path} {REQUESTS}\n")
        self.process.stdin.flush()
        milliseconds, queries = self.process.stdout.readline().split()
        return float(milliseconds), int(queries)


def run(sites: int = 0) -> None:
    """Measure and report; ``sites`` has no meaning here."""
    call_command("collectstatic", interactive=False, verbosity=0)
    schema = _site()
    ours = Side("motcua.settings.dev", schema)
    stock = Side("ops.benches.stock_settings", schema)
    rows = [_compare(name, path, ours, stock) for name, path in PAGES.items()]
    report.write("request", report.table(HEAD, rows))


def _compare(name: str, path: str, ours: Side, stock: Side) -> list[str]:
    rounds = []
    for number in range(ROUNDS):
        first, second = (ours, stock) if number % 2 else (stock, ours)
        results = {first: first.show(path), second: second.show(path)}
        rounds.append((results[ours], results[stock]))
    row = [
        name,
        str(rounds[-1][0][1]),
        str(rounds[-1][1][1]),
        f"{statistics.median(mine[0] for mine, _ in rounds):.2f}",
        f"{statistics.median(theirs[0] for _, theirs in rounds):.2f}",
        f"{statistics.median(mine[0] / theirs[0] for mine, theirs in rounds):.3f}",
    ]
    print(row, flush=True)
    return row


def _site() -> str:
    spec = NewSite(label="xa", domain=HOST, name_vi="Xã Tân Hương", kind=Kind.COMMUNE)
    tenant = create_site(spec, by="bench")
    rows = [
        {"key": str(n), "language": "vi", "date": "", "title": f"Tin số {n}",
         "abstract": "Một tin ngắn.", "body": "Nội dung của tin.", "source": ""}
        for n in range(1, 9)
    ]  # fmt: skip
    with tenant_context(tenant):
        starter.add_articles.call(rows)
    return tenant.schema_name
