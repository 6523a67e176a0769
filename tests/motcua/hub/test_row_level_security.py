"""A site writes its own items only, whatever SQL it sends."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django_tenants.utils import schema_context, tenant_context

from motcua.db import roles
from motcua.hub.models import Card, Item
from tenants.models import Tenant

INSERT = """
INSERT INTO public.hub_item (site, model, object_id, translation_key, language, kind, audience,
    title, abstract, folded, path, image_path, image_alt, published_at, updated_at, version,
    stored_at)
VALUES (%s, 'wagtailcore.page', %s, gen_random_uuid(), 'vi', 'news', 'public', 'Giả', '', 'gia',
    '/gia/', '', '', now(), now(), 1, now())
"""


def run(sql: str, *params: Any) -> int:
    """Send raw SQL and return how many rows it touched."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        count: int = cursor.rowcount
    return count


def items_of(tenant: Tenant) -> int:
    """How many items a site has in the hub."""
    return Item.objects.filter(site=tenant.schema_name).count()


@pytest.mark.smoke
def test_site_cannot_insert_an_item_in_anothers_name(alpha: Tenant, beta: Tenant) -> None:
    with tenant_context(beta):
        with pytest.raises(DatabaseError, match="row-level security"):
            run(INSERT, alpha.schema_name, "999001")
        assert run(INSERT, beta.schema_name, "999001") == 1


def test_site_cannot_change_or_delete_anothers_items(alpha: Tenant, beta: Tenant) -> None:
    before = items_of(alpha)
    assert before
    with tenant_context(beta):
        assert run("UPDATE hub_item SET title = 'Giả' WHERE site = %s", alpha.schema_name) == 0
        assert run("DELETE FROM hub_item WHERE site = %s", alpha.schema_name) == 0
        assert run("UPDATE hub_item SET title = 'Thật'") == items_of(beta)
    assert items_of(alpha) == before
    assert not Item.objects.filter(site=alpha.schema_name, title__in=["Giả", "Thật"]).exists()


def test_site_cannot_give_its_item_to_another(alpha: Tenant, beta: Tenant) -> None:
    with tenant_context(beta), pytest.raises(DatabaseError, match="row-level security"):
        run("UPDATE hub_item SET site = %s, object_id = '999002'", alpha.schema_name)


def test_upsert_does_not_overwrite_anothers_item(alpha: Tenant, beta: Tenant) -> None:
    item = Item.objects.filter(site=alpha.schema_name).first()
    assert item is not None
    upsert = INSERT + " ON CONFLICT (site, model, object_id) DO UPDATE SET title = 'Giả'"
    with tenant_context(beta), pytest.raises(DatabaseError, match="row-level security"):
        run(upsert, alpha.schema_name, item.object_id)
    item.refresh_from_db()
    assert item.title != "Giả"


def test_outside_of_any_site_nobody_writes_items(alpha: Tenant) -> None:
    before = items_of(alpha)
    with schema_context("public"):
        with pytest.raises(DatabaseError, match="row-level security"):
            run(INSERT, alpha.schema_name, "999003")
        assert run("DELETE FROM hub_item") == 0
    assert items_of(alpha) == before


def test_every_site_reads_all_items(main: Tenant, alpha: Tenant, beta: Tenant) -> None:
    counts = []
    for tenant in (main, alpha, beta):
        with tenant_context(tenant):
            counts.append(Item.objects.count())
    assert len(set(counts)) == 1
    assert counts[0] >= items_of(alpha) + items_of(beta)


def test_site_cannot_empty_the_hub_or_change_its_rules(alpha: Tenant) -> None:
    with tenant_context(alpha):
        for sql in ("TRUNCATE public.hub_item", "DROP POLICY hub_item_write ON public.hub_item",
                    "ALTER TABLE public.hub_item DISABLE ROW LEVEL SECURITY",
                    "ALTER TABLE public.hub_item NO FORCE ROW LEVEL SECURITY",
                    "DROP TABLE public.hub_item"):  # fmt: skip
            with pytest.raises(DatabaseError):
                run(sql)


def test_policy_binds_the_owner_of_the_table_too(
    committed: Any, alpha: Tenant, beta: Tenant
) -> None:
    """Where an operator has one role only, forced security still holds."""
    assert settings.OWNER_DATABASE is not None
    with roles.owner(), tenant_context(beta):
        assert run("DELETE FROM public.hub_item WHERE site = %s", alpha.schema_name) == 0
        with pytest.raises(DatabaseError, match="row-level security"):
            run(INSERT, alpha.schema_name, "999004")
    assert items_of(alpha)


def test_site_writes_its_own_card_only(alpha: Tenant, beta: Tenant) -> None:
    insert = "INSERT INTO hub_card (site, address, address_en, phone, email, working_hours," \
             " working_hours_en, channels, updated_at)" \
             " VALUES (%s, '', '', '113', '', '', '', '[]', now())"  # fmt: skip
    with tenant_context(beta):
        run("DELETE FROM hub_card")
        with pytest.raises(DatabaseError, match="row-level security"):
            run(insert, alpha.schema_name)
        assert run("UPDATE hub_card SET phone = '113' WHERE site = %s", alpha.schema_name) == 0
        assert run(insert, beta.schema_name) == 1
    assert Card.objects.get(pk=alpha.schema_name).phone == ""


def test_security_is_on_and_forced(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
            " WHERE relname IN ('hub_item', 'hub_card', 'audit_event')"
            " AND relnamespace = 'public'::regnamespace ORDER BY 1"
        )
        assert cursor.fetchall() == [
            ("audit_event", True, True), ("hub_card", True, True), ("hub_item", True, True)
        ]  # fmt: skip
