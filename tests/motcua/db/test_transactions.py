"""Rollbacks undo a switch on the server; the connection knows and switches again."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django_tenants.utils import schema_context, tenant_context
from wagtail.models import Page

from tenants.models import Tenant
from tests.motcua.db.test_switching import current_schema


class Undo(Exception):
    """Ends a transaction without a commit."""


def test_switch_inside_a_rolled_back_savepoint_is_made_again(alpha: Tenant, beta: Tenant) -> None:
    with tenant_context(alpha), transaction.atomic():
        assert current_schema() == alpha.schema_name
        with tenant_context(beta):
            with pytest.raises(Undo), transaction.atomic():
                assert current_schema() == beta.schema_name
                raise Undo
            assert current_schema() == beta.schema_name
        assert current_schema() == alpha.schema_name


def test_switch_back_after_a_rolled_back_savepoint_is_made(alpha: Tenant, beta: Tenant) -> None:
    with tenant_context(alpha), transaction.atomic():
        with pytest.raises(Undo), transaction.atomic(), tenant_context(beta):
            assert current_schema() == beta.schema_name
            raise Undo
        assert current_schema() == alpha.schema_name


def test_switch_inside_a_rolled_back_transaction_is_made_again(
    committed: Any, alpha: Tenant, beta: Tenant
) -> None:
    with tenant_context(alpha):
        assert current_schema() == alpha.schema_name
        with pytest.raises(Undo), transaction.atomic(), tenant_context(beta):
            assert current_schema() == beta.schema_name
            raise Undo
        assert current_schema() == alpha.schema_name


def test_failed_statement_leaves_the_site_chosen(alpha: Tenant, beta: Tenant) -> None:
    with tenant_context(alpha), transaction.atomic():
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            tenant_context(beta),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT 1 / 0")
        assert current_schema() == alpha.schema_name
        assert Page.objects.exists()


def test_context_left_within_a_broken_transaction_still_unwinds(
    committed: Any, alpha: Tenant, beta: Tenant
) -> None:
    with pytest.raises(DatabaseError), tenant_context(alpha), transaction.atomic():
        with (
            tenant_context(beta),
            connection.cursor() as cursor,
            pytest.raises(DatabaseError),
        ):
            cursor.execute("SELECT 1 / 0")
        Page.objects.count()
    assert connection.schema_name == "public"
    assert current_schema() == "public"


def test_switch_in_a_transaction_whose_error_was_swallowed_is_made_again(
    committed: Any, alpha: Tenant, beta: Tenant
) -> None:
    """PostgreSQL answers COMMIT with a silent rollback, which takes the switch back."""
    with tenant_context(beta):
        assert current_schema() == beta.schema_name
    with tenant_context(alpha):
        with transaction.atomic():
            assert current_schema() == alpha.schema_name
            with contextlib.suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        assert current_schema() == alpha.schema_name


def test_rollback_without_atomic_is_noticed(committed: Any, alpha: Tenant) -> None:
    connection.set_autocommit(False)
    try:
        with tenant_context(alpha):
            assert current_schema() == alpha.schema_name
            connection.rollback()
            assert current_schema() == alpha.schema_name
            connection.rollback()
    finally:
        connection.set_autocommit(True)


def test_what_waits_for_the_commit_runs_in_the_site_that_asked(
    committed: Any, alpha: Tenant, beta: Tenant
) -> None:
    ran = []
    with schema_context("public"), transaction.atomic():
        for tenant in (alpha, beta):
            with tenant_context(tenant):
                transaction.on_commit(lambda: ran.append((connection.tenant, current_schema())))
        transaction.on_commit(lambda: ran.append((None, current_schema())))
    assert ran == [(alpha, alpha.schema_name), (beta, beta.schema_name), (None, "public")]
    assert connection.schema_name == "public"


def test_failure_after_the_commit_returns_to_the_callers_site(
    committed: Any, alpha: Tenant, beta: Tenant
) -> None:
    def fail() -> None:
        raise Undo

    with tenant_context(alpha):
        with pytest.raises(Undo), transaction.atomic(), tenant_context(beta):
            transaction.on_commit(fail)
        assert current_schema() == alpha.schema_name


def test_what_waits_for_a_commit_that_never_comes_does_not_run(
    committed: Any, alpha: Tenant
) -> None:
    ran = []
    with pytest.raises(Undo), tenant_context(alpha), transaction.atomic():
        transaction.on_commit(lambda: ran.append(1))
        raise Undo
    assert ran == []


def test_rows_of_two_sites_are_committed_or_undone_together(
    committed: Any, alpha: Tenant, beta: Tenant
) -> None:
    def rename(title: str) -> None:
        for tenant in (alpha, beta):
            with tenant_context(tenant):
                Page.objects.filter(depth=1).update(seo_title=title)

    with pytest.raises(Undo), transaction.atomic():
        rename("không bao giờ")
        raise Undo
    with transaction.atomic():
        rename("cả hai")
    for tenant in (alpha, beta):
        with tenant_context(tenant):
            assert Page.objects.get(depth=1).seo_title == "cả hai"
