"""Two sites whose content types have different ids, served by threads at the same time."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import Client
from django_tenants.utils import tenant_context

from motcua.db import caches
from tenants.models import Tenant
from tests.factories import create_article, create_image, create_user, news_section

SHIFT = 100_000
THREADS = 8
REQUESTS = 600

# Where SQL, as it was sent, names content types: a leak shows as an id of the other range.
NAMED_TYPES = re.compile(
    r'(?:content_type_id"|"django_content_type"\."id") (?:= (\d+)|IN \(([\d, ]+)\))'
)
REFERENCES = """
SELECT c.conrelid::regclass::text, a.attname
FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
WHERE c.contype = 'f' AND c.confrelid = 'django_content_type'::regclass
"""


def shift_content_types(tenant: Tenant) -> None:
    """Give a site's content types other ids, as an older or newer template would."""
    with tenant_context(tenant), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(REFERENCES)
        for table, column in [*cursor.fetchall(), ("django_content_type", "id")]:
            cursor.execute(f'UPDATE {table} SET "{column}" = "{column}" + {SHIFT}')
    caches.forget(tenant.schema_name)


@pytest.fixture
def diverging(committed: Any, main: Tenant, alpha: Tenant, beta: Tenant) -> Iterator[list[Tenant]]:
    """The three sites, with an article and a picture each, and beta's ids shifted."""
    sites = [main, alpha, beta]
    for tenant in sites:
        with tenant_context(tenant):
            create_article(f"Tin của {tenant.label}", slug="tin")
            create_image("anh.png", title=f"Ảnh của {tenant.label}")
    shift_content_types(beta)
    yield sites
    for tenant in sites:
        caches.forget(tenant.schema_name)


class Watch:
    """Looks at every query of a thread for ids of another site's content types."""

    def __init__(self, shifted: str) -> None:
        self.shifted = shifted  # the schema whose ids are large
        self.seen = 0
        self.leaks: list[str] = []

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        result = execute(*args)
        sent = args[3]["cursor"].query.decode()
        shifted = connection.schema_name == self.shifted
        for one, many in NAMED_TYPES.findall(sent):
            for number in filter(None, [one, *many.split(", ")]):
                self.seen += 1
                if (int(number) > SHIFT) != shifted:
                    self.leaks.append(f"{connection.schema_name}: {sent}")
        return result


def ask(client: Client, tenant: Tenant, path: str) -> str:
    """Request one page and say what is wrong with the answer; nothing if it is this site's."""
    response = client.get(path)
    own, text = tenant.name_vi, response.content.decode()
    others = {"Tỉnh Thử", "Huyện Alpha", "Xã Beta"} - {own}
    if response.status_code != 200:
        return f"{tenant.label}{path}: {response.status_code}"
    expected = f"Ảnh của {tenant.label}" if "images" in path else own
    if path.endswith("/tin-tuc/tin/") or "/admin/pages/" in path:
        expected = f"Tin của {tenant.label}"
    if expected not in text:
        return f"{tenant.label}{path}: no {expected}"
    strange = [name for name in others if f"Tin của {name}" in text or f"Ảnh của {name}" in text]
    return f"{tenant.label}{path}: {strange}" if strange else ""


def browse_in_threads(sites: list[Tenant], count: int = REQUESTS) -> tuple[list[str], list[Watch]]:
    """Send requests through threads, alternating between sites and kinds of pages."""
    clients, section, shifted = {}, {}, sites[-1].schema_name
    for tenant in sites:
        with tenant_context(tenant):
            user = create_user(email=f"chu@{tenant.label}.test", superuser=True)
            section[tenant.label] = news_section().pk
            clients[tenant.label] = Client(HTTP_HOST=tenant.primary_domain)
            clients[tenant.label].force_login(user)
    article = "/tin-tuc/tin/"
    paths = itertools.cycle(["/", article, article, "/admin/pages/{section}/", article, article,
                             "/", article, "/admin/images/", article])  # fmt: skip
    asked = list(zip(itertools.cycle(sites), paths, range(count), strict=False))
    with ThreadPoolExecutor(THREADS) as pool:
        shares = [asked[number::THREADS] for number in range(THREADS)]
        results = list(pool.map(lambda share: _work(share, clients, section, shifted), shares))
    return [problem for problems, _watch in results for problem in problems], [
        watch for _problems, watch in results
    ]


def _work(
    share: list[tuple[Tenant, str, int]],
    clients: dict[str, Client],
    section: dict[str, int],
    shifted: str,
) -> tuple[list[str], Watch]:
    watch = Watch(shifted)
    problems = []
    try:
        with connection.execute_wrapper(watch):
            for tenant, path, _number in share:
                client = Client(HTTP_HOST=tenant.primary_domain)
                client.cookies = clients[tenant.label].cookies
                problems.append(ask(client, tenant, path.format(section=section[tenant.label])))
    finally:
        connection.close()
    return [problem for problem in problems if problem], watch


def test_threads_never_read_another_sites_content_types(diverging: list[Tenant]) -> None:
    with tenant_context(diverging[2]):
        assert ContentType.objects.get(model="articlepage").pk > SHIFT
    problems, watches = browse_in_threads(diverging)
    assert problems == []
    assert [leak for watch in watches for leak in watch.leaks] == []
    assert sum(watch.seen for watch in watches) > REQUESTS


def test_what_the_process_remembers_belongs_to_each_site(diverging: list[Tenant]) -> None:
    browse_in_threads(diverging, count=42)
    for tenant in diverging:
        with tenant_context(tenant):
            stored = {(row.pk, row.app_label, row.model) for row in ContentType.objects.all()}
            remembered = {
                (row.pk, row.app_label, row.model)
                for row in ContentType.objects._cache["default"].values()
            }
            assert remembered
            assert remembered <= stored
