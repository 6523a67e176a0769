"""`check_sites` names what is wrong, each thing once, and nothing else."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django_tenants.utils import tenant_context

from tenants import checking, orphans, pool, schemas
from tenants.models import Domain, SpareSchema, TemplateDump, Tenant
from tests.factories import create_user


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def exists(schema_name: str) -> bool:
    return schema_name in schemas.existing()


def create_orphan() -> str:
    """A schema as a spare one is, without its row."""
    spare = pool.add_spare(TemplateDump.objects.latest())
    spare.delete()
    return spare.schema_name


def only_finding() -> str:
    (finding,) = checking.check()
    return finding.both()


@pytest.mark.smoke
def test_a_healthy_province_has_no_findings(main: Tenant, alpha: Tenant, beta: Tenant) -> None:
    pool.add_spare(TemplateDump.objects.latest())
    assert checking.check() == []


def test_a_missing_schema_is_named(alpha: Tenant) -> None:
    execute(f'DROP SCHEMA "{alpha.schema_name}" CASCADE')
    finding = only_finding()
    assert alpha.name_vi in finding
    assert f"{alpha.schema_name} is missing" in finding


def test_an_orphan_schema_is_named(db: None) -> None:
    assert create_orphan() in only_finding()


def test_schemas_of_others_are_none_of_our_business(db: None) -> None:
    execute("CREATE SCHEMA reporting")
    assert checking.check() == []


def test_a_spare_without_schema_is_named(db: None) -> None:
    spare = SpareSchema.objects.create(
        schema_name=schemas.new_schema_name(), dump=TemplateDump.objects.latest()
    )
    assert spare.schema_name in only_finding()


def test_a_missing_template_is_named(db: None) -> None:
    execute("DROP SCHEMA site_template CASCADE")
    assert "site_template" in only_finding()


def test_a_site_without_primary_domain_is_named(alpha: Tenant) -> None:
    Domain.objects.filter(tenant=alpha).update(is_primary=False)
    assert "no primary domain" in only_finding()


def test_two_primary_domains_are_named(alpha: Tenant) -> None:
    """An index forbids it; a restored or older registry may lack the index."""
    facts = checking.gather()
    facts.domains[alpha.pk].append(Domain(domain="alpha.sub.tinh.test", is_primary=True))
    (finding,) = checking.judge(facts)
    assert "alpha.tinh.test, alpha.sub.tinh.test" in finding.both()


def test_a_domain_outside_the_province_is_named(alpha: Tenant) -> None:
    Domain.objects.create(domain="alpha.example.org", tenant=alpha, is_primary=False)
    assert only_finding().startswith("alpha.example.org: ")


def test_the_main_portal_may_serve_under_any_name_of_the_machine(main: Tenant) -> None:
    Domain.objects.create(domain="localhost", tenant=main, is_primary=False, serves=True)
    assert checking.check() == []


def test_a_label_that_no_domain_begins_with_is_named(alpha: Tenant) -> None:
    Tenant.objects.filter(pk=alpha.pk).update(label="omega")
    assert "omega" in only_finding()


def test_a_site_that_takes_itself_for_another_host_is_named(alpha: Tenant) -> None:
    execute(f"UPDATE \"{alpha.schema_name}\".wagtailcore_site SET hostname = 'old.tinh.test'")
    assert "old.tinh.test" in only_finding()


def test_a_site_with_two_wagtail_sites_is_named(alpha: Tenant) -> None:
    execute(
        f'INSERT INTO "{alpha.schema_name}".wagtailcore_site'
        " (hostname, port, site_name, root_page_id, is_default_site)"
        " SELECT 'two.tinh.test', port, site_name, root_page_id, false"
        f' FROM "{alpha.schema_name}".wagtailcore_site'
    )
    assert "2 Wagtail sites" in only_finding()


def test_a_site_that_lags_behind_is_named(alpha: Tenant) -> None:
    execute(f"DELETE FROM \"{alpha.schema_name}\".django_migrations WHERE app = 'news'")
    assert "manage.py migrate_sites" in only_finding()


def test_a_site_in_maintenance_is_named_with_its_error(alpha: Tenant) -> None:
    Tenant.objects.filter(pk=alpha.pk).update(maintenance_error="ProgrammingError: x")
    assert "ProgrammingError: x" in only_finding()


def test_a_merged_site_without_successor_is_named(alpha: Tenant) -> None:
    Tenant.objects.filter(pk=alpha.pk).update(status="merged")
    assert alpha.name_vi in only_finding()


def test_media_of_no_site_are_named(alpha: Tenant, media: Path) -> None:
    (media / alpha.schema_name).mkdir()
    (media / "s_forgotten123").mkdir()
    assert str(media / "s_forgotten123") in only_finding()


def test_findings_speak_both_languages(alpha: Tenant) -> None:
    Tenant.objects.filter(pk=alpha.pk).update(maintenance_error="x")
    assert " / " in only_finding()


def test_the_command_ends_with_an_error_if_something_is_wrong(alpha: Tenant) -> None:
    Tenant.objects.filter(pk=alpha.pk).update(maintenance_error="ProgrammingError: x")
    output = io.StringIO()
    with pytest.raises(CommandError):
        call_command("check_sites", stdout=output)
    assert "ProgrammingError: x" in output.getvalue()


@pytest.mark.smoke
def test_the_command_counts_healthy_sites(main: Tenant, alpha: Tenant, beta: Tenant) -> None:
    output = io.StringIO()
    call_command("check_sites", stdout=output)
    assert output.getvalue().strip().endswith(": 3")


def test_orphans_that_were_never_a_site_can_be_dropped(db: None) -> None:
    name = create_orphan()
    call_command("check_sites", drop_orphans=True, interactive=False, stdout=io.StringIO())
    assert not exists(name)


@pytest.mark.parametrize(("answer", "kept"), [("no", True), ("", True), ("yes", False)])
def test_orphans_are_dropped_on_confirmation_only(
    db: None, monkeypatch: pytest.MonkeyPatch, answer: str, kept: bool
) -> None:
    name = create_orphan()
    monkeypatch.setattr("builtins.input", lambda _question: answer)
    output = io.StringIO()
    if kept:
        with pytest.raises(CommandError):
            call_command("check_sites", drop_orphans=True, stdout=output)
    else:
        call_command("check_sites", drop_orphans=True, stdout=output)
    assert name in output.getvalue()
    assert exists(name) is kept


def test_a_site_whose_row_was_lost_is_never_dropped(beta: Tenant) -> None:
    with tenant_context(beta):
        create_user(email="quan.tri@beta.test")
        execute("DELETE FROM public.hub_item")  # its own, by row-level security
        execute("DELETE FROM public.hub_card")
    execute(f"DELETE FROM public.tenants_domain WHERE tenant_id = {beta.pk}")
    execute(f"DELETE FROM public.tenants_tenant WHERE id = {beta.pk}")
    assert checking.gather().orphans == [beta.schema_name]
    assert orphans.droppable() == []


def test_an_orphan_with_files_is_never_dropped(db: None, media: Path) -> None:
    (media / create_orphan()).mkdir()
    assert orphans.droppable() == []


def test_sites_and_spares_are_never_dropped(alpha: Tenant) -> None:
    spare = pool.add_spare(TemplateDump.objects.latest())
    assert orphans.drop([alpha.schema_name, spare.schema_name], by="test") == 0
    assert exists(alpha.schema_name)
    assert exists(spare.schema_name)
