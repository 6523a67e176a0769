"""Comparing fingerprints: PostgreSQL and Python agree, and only what is missing counts."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django_tenants.utils import schema_context

from tenants import migrating, schemas, template
from tenants.fleet.comparing import fingerprints, lacking, refuse_stubborn
from tenants.models import TEMPLATE_SCHEMA, TemplateDump, Tenant

SQUASHED = ("wagtailcore", "0001_squashed_0016_change_page_url_path_to_text_field")


def change_record(schema_name: str, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(record=f'"{schema_name}".django_migrations'))


def test_postgresql_and_python_compute_the_same_fingerprint(alpha: Tenant, beta: Tenant) -> None:
    wanted = migrating.fingerprint(migrating.expected())
    assert fingerprints([alpha.schema_name, beta.schema_name]) == {
        alpha.schema_name: wanted,
        beta.schema_name: wanted,
    }
    assert TemplateDump.objects.latest().migrations == wanted


def test_a_freshly_migrated_schema_records_what_is_expected(db: None) -> None:
    """By plain migrations, without the template: squashed ones and what they replace included."""
    name = schemas.new_schema_name()
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE SCHEMA "{name}"')
    migrating.migrate_schema(name)
    assert template.applied_fingerprint(name) == migrating.fingerprint(migrating.expected())


def test_public_records_what_is_expected(db: None) -> None:
    assert lacking(["public"]) == {}


def test_every_migration_of_the_graph_is_expected() -> None:
    assert set(MigrationLoader(None).graph.nodes) <= migrating.expected()


def test_what_is_missing_is_named(alpha: Tenant, beta: Tenant) -> None:
    change_record(alpha.schema_name, "DELETE FROM {record} WHERE app = 'hub'")
    missing = lacking([alpha.schema_name, beta.schema_name])
    assert missing.keys() == {alpha.schema_name}
    assert {app for app, _name in missing[alpha.schema_name]} == {"hub"}


def test_migrations_of_another_version_of_the_code_are_no_difference(alpha: Tenant) -> None:
    change_record(
        alpha.schema_name,
        "INSERT INTO {record} (app, name, applied) VALUES ('news', '0999_newer', now())",
    )
    assert lacking([alpha.schema_name]) == {}


def test_a_squash_whose_parts_are_applied_is_recorded_without_a_migration(alpha: Tenant) -> None:
    change_record(alpha.schema_name, f"DELETE FROM {{record}} WHERE name = '{SQUASHED[1]}'")
    assert lacking([alpha.schema_name]) == {alpha.schema_name: frozenset({SQUASHED})}
    assert migrating.migrate_schema(alpha.schema_name) == 0
    assert lacking([alpha.schema_name]) == {}


def test_schemas_without_a_record_lack_everything(alpha: Tenant) -> None:
    change_record(alpha.schema_name, "DROP TABLE {record}")
    missing = lacking([alpha.schema_name, "s_doesnotexist"])
    assert missing == dict.fromkeys([alpha.schema_name, "s_doesnotexist"], migrating.expected())


def test_more_schemas_than_one_query_takes(
    alpha: Tenant, beta: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tenants.fleet.querying.CHUNK", 1)
    names = [alpha.schema_name, beta.schema_name, TEMPLATE_SCHEMA]
    assert fingerprints(names).keys() == set(names)


def test_an_empty_schema_may_run_non_atomic_migrations() -> None:
    refuse_stubborn([migrating.expected()])
    with pytest.raises(migrating.NotAtomicError):
        refuse_stubborn([frozenset({("wagtailcore", "0070_rename_pagerevision_revision")})])


def test_migrating_a_missing_schema_is_an_error(db: None) -> None:
    with pytest.raises(migrating.SchemaMissingError):
        migrating.migrate_schema("s_doesnotexist")
    with schema_context("public"), connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.wagtailcore_page')")
        assert cursor.fetchone() == (None,)
