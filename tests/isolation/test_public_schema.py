"""A query that forgets its site fails loudly: ``public`` has nothing to fall back on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import ProgrammingError, connection, transaction
from django_tenants.utils import schema_context, tenant_context
from wagtail.models import Page, Site

from sites.base.models import SiteImage
from tenants.models import Tenant
from tests.factories import create_article

PUBLIC_TABLES = {
    "audit_event",
    "django_migrations",
    "hub_card",
    "hub_item",
    "insight_dailysalt",
    "insight_pageday",
    "insight_pagetotal",
    "insight_presence",
    "insight_siteday",
    "insight_sitetotal",
    "readings_source",
    "jobs_job",
    "jobs_periodicrun",
    "tenants_domain",
    "tenants_siteimport",
    "tenants_spareschema",
    "tenants_templatedump",
    "tenants_tenant",
}
SITES_OWN = [Page, Site, SiteImage, get_user_model(), ContentType, Session]


def tables(schema: str) -> set[str]:
    """The tables of a schema."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.smoke
def test_public_holds_the_registry_the_hub_the_log_and_the_queue(db: None) -> None:
    assert tables("public") == PUBLIC_TABLES


def test_no_table_is_in_public_and_in_a_site(alpha: Tenant) -> None:
    assert tables(alpha.schema_name) & tables("public") == {"django_migrations"}


@pytest.mark.parametrize("model", SITES_OWN, ids=lambda model: model.__name__)
def test_query_outside_of_any_site_raises(db: None, model: Any) -> None:
    with schema_context("public"), pytest.raises(ProgrammingError), transaction.atomic():
        model.objects.first()


@contextmanager
def renamed(tenant: Tenant, table: str) -> Iterator[None]:
    """Take a table of a site away, for the duration."""
    name = f'"{tenant.schema_name}"."{table}"'
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE {name} RENAME TO "{table}_away"')
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'ALTER TABLE "{tenant.schema_name}"."{table}_away" RENAME TO "{table}"')


@pytest.mark.parametrize(
    "table", ["wagtailcore_page", "wagtailcore_site", "wagtailcore_locale", "home_homepage"]
)
def test_request_without_a_table_is_an_error_and_reads_no_other_site(
    table: str, committed: Any, alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    client = browse(alpha)
    client.raise_request_exception = False
    with renamed(alpha, table):
        for path in ("/", "/tin-tuc/"):
            response = client.get(path)
            text = response.content.decode()
            assert "Tin tức" not in text or response.status_code == 500
            if table in {"wagtailcore_page", "wagtailcore_site"} or path == "/":
                assert response.status_code == 500
            assert beta.name_vi not in text
        assert browse(beta).get("/").status_code == 200
    assert client.get("/").status_code == 200


def test_query_without_its_table_raises_even_when_others_have_it(
    committed: Any, alpha: Tenant, beta: Tenant
) -> None:
    with renamed(alpha, "news_articlepage"), tenant_context(alpha):
        with pytest.raises(ProgrammingError, match="news_articlepage"):
            create_article("Không có chỗ")
        assert not Page.objects.filter(title="Không có chỗ").exists()


def test_site_whose_schema_is_missing_raises(db: None) -> None:
    ghost = Tenant(schema_name="s_000000000000", label="ma", name_vi="Ma")
    with tenant_context(ghost), pytest.raises(ProgrammingError), transaction.atomic():
        Page.objects.first()


def test_shared_apps_bring_no_content_types_or_accounts() -> None:
    assert not {"django.contrib.contenttypes", "django.contrib.auth", "wagtail"} & set(
        settings.SHARED_APPS
    )
