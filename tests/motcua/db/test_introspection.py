"""Django's questions to the catalog are answered for one schema."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import schema_context, tenant_context

from tenants.models import Tenant

TABLE = "same_name"


@pytest.fixture
def namesakes(alpha: Tenant, beta: Tenant) -> None:
    """A table of one name on both sites, with other columns and constraints."""
    columns = {
        alpha: "id serial PRIMARY KEY, a integer CONSTRAINT a_positive CHECK (a > 0)",
        beta: "id integer, b text CONSTRAINT b_unique UNIQUE,"
        " page integer REFERENCES wagtailcore_page (id)",
    }
    for tenant, definition in columns.items():
        with tenant_context(tenant), connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {TABLE} ({definition})")
            cursor.execute(f"CREATE INDEX {TABLE}_index ON {TABLE} (id)")


def ask(tenant: Tenant, question: str, *args: str) -> Any:
    """Ask the introspection in a site's context."""
    with tenant_context(tenant), connection.cursor() as cursor:
        return getattr(connection.introspection, question)(cursor, *args)


def test_tables_are_the_sites_own(namesakes: None, alpha: Tenant) -> None:
    names = [table.name for table in ask(alpha, "get_table_list")]
    assert names.count("wagtailcore_page") == names.count(TABLE) == 1
    assert "tenants_tenant" not in names


def test_tables_of_public_are_the_shared_ones(alpha: Tenant) -> None:
    with schema_context("public"), connection.cursor() as cursor:
        names = {table.name for table in connection.introspection.get_table_list(cursor)}
    assert "tenants_tenant" in names
    assert "wagtailcore_page" not in names


def test_columns_of_namesakes_are_kept_apart(namesakes: None, alpha: Tenant, beta: Tenant) -> None:
    columns = [
        {column.name for column in ask(tenant, "get_table_description", TABLE)}
        for tenant in (alpha, beta)
    ]
    assert columns == [{"id", "a"}, {"id", "b", "page"}]


def test_constraints_of_namesakes_are_kept_apart(
    namesakes: None, alpha: Tenant, beta: Tenant
) -> None:
    at_alpha = ask(alpha, "get_constraints", TABLE)
    at_beta = ask(beta, "get_constraints", TABLE)
    assert {"a_positive", f"{TABLE}_pkey", f"{TABLE}_index"} == set(at_alpha)
    assert {"b_unique", f"{TABLE}_index"} <= set(at_beta)
    assert "a_positive" not in at_beta
    assert f"{TABLE}_pkey" not in at_beta
    assert at_beta["b_unique"]["columns"] == ["b"]


def test_relations_of_namesakes_are_kept_apart(
    namesakes: None, alpha: Tenant, beta: Tenant
) -> None:
    assert ask(alpha, "get_relations", TABLE) == {}
    assert set(ask(beta, "get_relations", TABLE)) == {"page"}


def test_sequences_of_namesakes_are_kept_apart(
    namesakes: None, alpha: Tenant, beta: Tenant
) -> None:
    assert [found["column"] for found in ask(alpha, "get_sequences", TABLE)] == ["id"]
    assert ask(beta, "get_sequences", TABLE) == []


@pytest.mark.parametrize(
    "question",
    [
        lambda asked, cursor: asked.get_table_list(cursor),
        lambda asked, cursor: asked.get_table_description(cursor, "wagtailcore_page"),
        lambda asked, cursor: asked.get_constraints(cursor, "wagtailcore_page"),
        lambda asked, cursor: asked.get_relations(cursor, "wagtailcore_page"),
        lambda asked, cursor: asked.get_sequences(cursor, "wagtailcore_page"),
    ],
)
def test_no_question_tests_the_visibility_of_every_relation(
    question: Callable[..., Any], alpha: Tenant
) -> None:
    """``pg_table_is_visible`` is called for the namesakes of every site: quadratic in a fleet."""
    with (
        tenant_context(alpha),
        CaptureQueriesContext(connection) as queries,
        connection.cursor() as cursor,
    ):
        assert question(connection.introspection, cursor)
    sent = " ".join(query["sql"] for query in queries)
    assert "pg_table_is_visible" not in sent
    assert "relnamespace" in sent
