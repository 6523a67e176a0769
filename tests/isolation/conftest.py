"""Two sites that equal each other where they can: same slugs, same numbers, same file names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django_tenants.utils import tenant_context

from sites.news.models import ArticlePage
from tenants.models import Tenant
from tests.factories import create_article

NUMBERED = ("wagtailcore_page", "wagtailcore_revision", "base_siteimage", "base_sitedocument",
            "people_user")  # fmt: skip


@pytest.fixture(autouse=True)
def _own_media(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _equal_numbers(request: pytest.FixtureRequest) -> None:
    """Let the next row of a table have the same number on alpha as on beta."""
    if not {"alpha", "beta"} & set(request.fixturenames):
        return
    if "committed" in request.fixturenames:
        request.getfixturevalue("committed")
    schemas = [request.getfixturevalue(name).schema_name for name in ("alpha", "beta")]
    with connection.cursor() as cursor:
        for table in NUMBERED:
            tables = [f"{schema}.{table}" for schema in schemas]
            cursor.execute(
                "SELECT setval(mine, (SELECT max(nextval(of.each)) FROM"
                " (SELECT pg_get_serial_sequence(unnest(%s), 'id')::regclass AS each) AS of))"
                " FROM (SELECT pg_get_serial_sequence(unnest(%s), 'id')::regclass AS mine) AS own",
                [tables, tables],
            )


@dataclass
class Twins:
    """An article on each site, with the same number and address."""

    at_alpha: ArticlePage
    at_beta: ArticlePage

    @property
    def number(self) -> int:
        """The primary key of both."""
        return self.at_alpha.pk


@pytest.fixture
def twins(alpha: Tenant, beta: Tenant) -> Twins:
    """Published articles of alpha and beta that only their titles tell apart."""
    articles: list[Any] = []
    for tenant in (alpha, beta):
        with tenant_context(tenant):
            title = f"Khánh thành cầu {tenant.label}"
            articles.append(create_article(title, slug="khanh-thanh", abstract=f"Ở {tenant.label}"))
    assert articles[0].pk == articles[1].pk
    return Twins(*articles)
