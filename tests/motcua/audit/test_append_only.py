"""Who did what: added in the act's transaction, in the actor's site, and never changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django_tenants.utils import schema_context, tenant_context

from motcua import audit
from motcua.audit.models import AuditEvent
from motcua.db import roles
from tenants.models import Tenant
from tests.factories import create_user

INSERT = """
INSERT INTO public.audit_event (at, site, action, actor, actor_id, target, detail)
VALUES (now(), %s, 'page.deleted', 'nobody', '', '', '{}')
"""


def run(sql: str, *params: Any) -> int:
    """Send raw SQL and return how many rows it touched."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        count: int = cursor.rowcount
    return count


@pytest.mark.parametrize(
    "sql",
    ["UPDATE public.audit_event SET actor = 'x'", "DELETE FROM public.audit_event",
     "TRUNCATE public.audit_event", "ALTER TABLE public.audit_event DISABLE ROW LEVEL SECURITY",
     "DROP TABLE public.audit_event", "SET motcua.retention = 'on'; DELETE FROM audit_event"],
)  # fmt: skip
@pytest.mark.parametrize("schema", ["public", "alpha"])
def test_application_can_only_add(sql: str, schema: str, alpha: Tenant) -> None:
    audit.record("test.done")
    name = alpha.schema_name if schema == "alpha" else "public"
    with (
        schema_context(name),
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
    ):
        run(sql)
    assert AuditEvent.objects.filter(action="test.done").exists()


def test_models_refuse_too(alpha: Tenant) -> None:
    audit.record("test.done")
    event = AuditEvent.objects.get(action="test.done")
    event.actor = "x"
    with pytest.raises(DatabaseError), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        event.delete()


def test_site_cannot_forge_an_event_of_another(alpha: Tenant, beta: Tenant) -> None:
    with tenant_context(beta):
        for site in (alpha.schema_name, "public", "main"):
            with pytest.raises(DatabaseError, match="row-level security"):
                run(INSERT, site)
        assert run(INSERT, beta.schema_name) == 1


def test_record_in_a_site_names_that_site(alpha: Tenant, beta: Tenant) -> None:
    with tenant_context(alpha):
        audit.record("test.done", by="someone", target="Trang chủ", pages=3)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            audit.record("test.done", site=beta.schema_name)
    event = AuditEvent.objects.get(action="test.done")
    assert (event.site, event.actor, event.target) == (alpha.schema_name, "someone", "Trang chủ")
    assert event.detail == {"pages": 3}


def test_platform_writes_events_about_any_site(alpha: Tenant) -> None:
    with schema_context("public"):
        audit.record("test.done", site=alpha.schema_name)
    assert AuditEvent.objects.get(action="test.done").site == alpha.schema_name


def test_actor_is_named_by_address_and_number(alpha: Tenant) -> None:
    with tenant_context(alpha):
        person = create_user(email="an@alpha.test")
        audit.record("test.done", by=person)
    event = AuditEvent.objects.get(action="test.done")
    assert (event.actor, event.actor_id) == ("an@alpha.test", str(person.pk))


def test_act_without_an_actor_is_the_systems(db: None) -> None:
    audit.record("test.done")
    assert AuditEvent.objects.get(action="test.done").actor == "system"


def test_long_target_is_cut(db: None) -> None:
    audit.record("test.done", target="đ" * 300)
    assert AuditEvent.objects.get(action="test.done").target == "đ" * 255


def test_event_goes_with_the_act_it_tells_of(alpha: Tenant) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record("test.done")
        raise ZeroDivisionError
    assert not AuditEvent.objects.filter(action="test.done").exists()


def test_owner_deletes_only_under_retention(committed: Any) -> None:
    """Nobody deletes by accident: retention says so first."""
    audit.record("test.done")
    with roles.owner():
        assert run("DELETE FROM public.audit_event WHERE action = 'test.done'") == 0
        assert run("UPDATE public.audit_event SET actor = 'x'") == 0
        with transaction.atomic():
            run("SET LOCAL motcua.retention = 'on'")
            assert run("DELETE FROM public.audit_event WHERE action = 'test.done'") == 1
    assert not AuditEvent.objects.filter(action="test.done").exists()
