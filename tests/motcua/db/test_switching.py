"""Going from site to site costs no more than one statement, and only when a query follows."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import InterfaceError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import schema_context, tenant_context
from wagtail.models import Page

from tenants.models import Domain, Tenant


def statements(queries: CaptureQueriesContext) -> list[str]:
    """The first words of what was sent."""
    return [query["sql"].split()[0] for query in queries]


def current_schema() -> str:
    """The schema in which the server stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        name: str = cursor.fetchone()[0]
    return name


@pytest.mark.smoke
def test_first_query_in_a_site_sends_one_switch_and_the_next_none(alpha: Tenant) -> None:
    with tenant_context(alpha), CaptureQueriesContext(connection) as queries:
        Page.objects.count()
        Page.objects.count()
    assert statements(queries) == ["SET", "SELECT", "SELECT"]


def test_choosing_the_site_that_is_chosen_sends_nothing(alpha: Tenant) -> None:
    with tenant_context(alpha):
        Page.objects.count()
        with CaptureQueriesContext(connection) as queries:
            connection.set_tenant(alpha)
            with tenant_context(alpha):
                Page.objects.count()
            connection.set_schema(alpha.schema_name)
            Page.objects.count()
    assert statements(queries) == ["SELECT", "SELECT"]


def test_context_without_a_query_sends_nothing(alpha: Tenant, beta: Tenant) -> None:
    with tenant_context(alpha):
        Page.objects.count()
        with CaptureQueriesContext(connection) as queries:
            with tenant_context(beta), schema_context("public"):
                pass
            Page.objects.count()
    assert statements(queries) == ["SELECT"]


def test_there_and_back_costs_two_switches(alpha: Tenant, beta: Tenant) -> None:
    with tenant_context(alpha):
        Page.objects.count()
        with CaptureQueriesContext(connection) as queries:
            with tenant_context(beta):
                Page.objects.count()
            Page.objects.count()
    assert statements(queries) == ["SET", "SELECT", "SET", "SELECT"]


def test_the_tenant_is_renewed_even_when_its_schema_is_chosen(alpha: Tenant) -> None:
    """A changed row (name, theme) takes effect although no switch is needed."""
    with tenant_context(alpha):
        renewed = Tenant.objects.get(pk=alpha.pk)
        renewed.theme = "sen"
        with tenant_context(renewed):
            assert connection.tenant.theme == "sen"
        assert connection.tenant.theme == ""


def test_site_without_public_does_not_see_the_registry(alpha: Tenant) -> None:
    with tenant_context(alpha):
        connection.set_tenant(alpha, include_public=False)
        with pytest.raises(ProgrammingError), transaction.atomic():
            Domain.objects.first()
        connection.set_tenant(alpha)
        assert Domain.objects.exists()


def test_contexts_nest_and_unwind_through_errors(alpha: Tenant, beta: Tenant) -> None:
    assert current_schema() == "public"
    with tenant_context(alpha):
        with pytest.raises(ZeroDivisionError), tenant_context(beta), schema_context("public"):
            assert current_schema() == "public"
            raise ZeroDivisionError
        assert connection.tenant == alpha
        assert current_schema() == alpha.schema_name
    assert current_schema() == "public"


@pytest.mark.parametrize("name", ['x"; DROP SCHEMA main; --', "pg_catalog", "x" * 64])
def test_schema_name_that_is_none_is_refused(db: None, name: str) -> None:
    with pytest.raises(ValidationError):
        connection.set_schema(name)
    assert current_schema() == "public"


def test_new_session_begins_in_the_chosen_site(committed: Any, alpha: Tenant, beta: Tenant) -> None:
    with tenant_context(alpha):
        Page.objects.count()
        connection.close()
        assert current_schema() == alpha.schema_name
    connection.close()
    with tenant_context(beta):
        assert current_schema() == beta.schema_name


def test_lost_session_is_replaced_in_the_chosen_site(committed: Any, alpha: Tenant) -> None:
    with tenant_context(alpha):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            before = cursor.fetchone()
        connection.connection.close()
        connection.close_if_unusable_or_obsolete()
        connection.health_check_done = False
        connection.close()
        assert current_schema() == alpha.schema_name
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            assert cursor.fetchone() != before


def test_rows_streamed_from_a_server_side_cursor_are_the_sites(
    committed: Any, alpha: Tenant, beta: Tenant
) -> None:
    for tenant in (alpha, beta):
        with tenant_context(tenant):
            Page.objects.filter(depth=2).update(seo_title=tenant.label)
    with tenant_context(alpha):
        stream = Page.objects.filter(depth=2).iterator(chunk_size=1)
        titles = [next(stream).seo_title]
        with tenant_context(beta):  # begun in alpha, it goes on in alpha
            titles += [page.seo_title for page in stream]
    assert titles == ["alpha", "alpha"]


def test_first_query_of_a_session_may_be_a_server_side_cursor(
    committed: Any, alpha: Tenant
) -> None:
    connection.close()
    with tenant_context(alpha):
        assert [page.depth for page in Page.objects.filter(depth=1).iterator()] == [1]


def test_session_lost_before_a_server_side_cursor_is_told_as_djangos_error(
    committed: Any, alpha: Tenant, beta: Tenant
) -> None:
    with tenant_context(beta), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    connection.connection.close()
    with tenant_context(alpha), pytest.raises(InterfaceError):
        list(Page.objects.iterator())
