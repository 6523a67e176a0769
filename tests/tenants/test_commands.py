from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django_tenants.utils import schema_context, tenant_context

from motcua.jobs.models import Job
from motcua.people.models import Invitation
from sites.base.models import SiteSettings
from tenants import schemas
from tenants.models import Domain, Kind, TemplateDump, Tenant
from tests.factories import create_tenant, create_user

HEADING = "label,name_vi,kind,parent,admin_email"


def run(command: str, *args: str, **options: Any) -> str:
    output = io.StringIO()
    call_command(command, *args, stdout=output, stderr=output, **options)
    return output.getvalue()


@pytest.fixture
def list_of(tmp_path: Path) -> Any:
    """Write a list into a file and return its path."""

    def write(*lines: str) -> str:
        path = tmp_path / "danh-sach.csv"
        path.write_text("\n".join([HEADING, *lines]), encoding="utf-8")
        return str(path)

    return write


def refusal(command: str, *args: str, **options: Any) -> tuple[CommandError, str]:
    output = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command(command, *args, stdout=output, stderr=output, **options)
    return error.value, output.getvalue()


@pytest.mark.django_db
class TestCreateMain:
    def test_its_domain_is_stored_as_hosts_are_asked_for(self, main: Tenant) -> None:
        with schema_context("public"):
            Domain.objects.all().delete()
            Tenant.objects.filter(parent__isnull=False).update(parent=None)
        Tenant.objects.filter(pk=main.pk).update(schema_name="s_000000000000", label="x")
        with schema_context("public"), connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA main CASCADE")
        run("create_main", domain="Tinh.Test.", name_vi="Tỉnh  Thử")
        made = Tenant.objects.get(schema_name="main")
        assert (made.primary_domain, made.label, made.name_vi) == ("tinh.test", "tinh", "Tỉnh Thử")

    @pytest.mark.parametrize("domain", ["http://tinh.test", "khac.test", "tỉnh.test", ""])
    def test_a_domain_that_is_none_is_refused(self, domain: str) -> None:
        error, _output = refusal("create_main", domain=domain, name_vi="Tỉnh Thử")
        assert " / " in str(error)

    def test_without_a_template_it_says_what_to_do(self, main: Tenant) -> None:
        TemplateDump.objects.all().delete()
        error, _output = refusal("create_site", "tanhoa", name_vi="Xã Tân Hòa", kind="xã")
        assert "manage.py deploy" in str(error)


@pytest.mark.django_db
@pytest.mark.usefixtures("main")
class TestCreateSite:
    def test_it_makes_a_site_and_prints_its_address(self, alpha: Tenant) -> None:
        address = run(
            "create_site", "tanhoa", name_vi="Xã Tân Hòa", kind="xã", parent="alpha",
            address="Ấp 1", phone="0273 387", email="tanhoa@tinh.test",
            admin_email="an@tinh.test", admin_name="Lê An",
        )  # fmt: skip
        assert address == "http://tanhoa.tinh.test\n"
        tenant = Tenant.objects.get(label="tanhoa")
        assert (tenant.kind, tenant.division_type, tenant.parent) == ("commune", "xã", alpha)
        with tenant_context(tenant):
            assert SiteSettings.objects.get().address == "Ấp 1"
            assert Invitation.objects.get().email == "an@tinh.test"
        assert Job.objects.filter(site=tenant.schema_name).exists()

    def test_every_mistake_is_told_in_both_languages_and_nothing_is_made(self) -> None:
        before = schemas.existing()
        error, _output = refusal("create_site", "www", name_vi="", kind="vua")
        lines = str(error).splitlines()
        assert [line.split(":")[0] for line in lines] == ["name_vi", "label", "kind"]
        assert all(" / " in line for line in lines)
        assert schemas.existing() == before


@pytest.mark.django_db
@pytest.mark.usefixtures("main")
class TestCreateSites:
    def test_it_makes_all_sites_of_a_list(self, list_of: Any) -> None:
        path = list_of("xa1,Xã Một,xã,huyen,", "huyen,Huyện,huyện,,an@tinh.test")
        said = run("create_sites", path, jobs=1)
        assert "created 2, already there 0, failed 0" in said
        assert "2" in said.splitlines()[0]
        assert Tenant.objects.get(label="xa1").parent.label == "huyen"

    def test_one_bad_line_and_nothing_is_made(self, list_of: Any) -> None:
        path = list_of("xa1,Xã Một,xã,,", "www,Xã Hai,xã,,", "xa3,,làng,,x")
        error, said = refusal("create_sites", path)
        assert error.returncode == 1
        assert "2 bad lines" in str(error)
        assert [line.split(":")[0] for line in said.splitlines()] == [
            "Dòng 3", "Dòng 4", "Dòng 4", "Dòng 4",
        ]  # fmt: skip
        assert "Line 3: label: The label “www” is reserved." in said
        assert not Tenant.objects.filter(label="xa1").exists()

    def test_a_dry_run_makes_nothing(self, list_of: Any) -> None:
        path = list_of("xa1,Xã Một,xã,,", "alpha,Huyện Alpha,huyện,,")
        said = run("create_sites", path, dry_run=True)
        assert "1 sites to create, 1 already there" in said
        assert not Tenant.objects.filter(label="xa1").exists()

    def test_a_dry_run_tells_bad_lines_too(self, list_of: Any) -> None:
        error, said = refusal("create_sites", list_of("www,Xã,xã,,"), dry_run=True)
        assert error.returncode == 1
        assert "Line 2" in said

    def test_it_can_be_repeated(self, list_of: Any) -> None:
        path = list_of("xa1,Xã Một,xã,,", "xa2,Xã Hai,xã,,")
        run("create_sites", path, jobs=1)
        assert "created 0, already there 2" in run("create_sites", path, jobs=1)

    def test_sites_that_could_not_be_made_are_named_and_the_exit_code_says_so(
        self, list_of: Any, settings: Any
    ) -> None:
        settings.SITE_STEPS = [*settings.SITE_STEPS, "tests.tenants.failing_steps.fail_for_mot"]
        path = list_of("mot,Xã Một,xã,,", "hai,Xã Hai,xã,,")
        error, said = refusal("create_sites", path, jobs=1)
        assert error.returncode == 3
        assert "created 1, already there 0, failed 1" in str(error)
        assert "Line 2, mot: mot cannot be" in said

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        error, _said = refusal("create_sites", str(tmp_path / "x.csv"))
        assert "x.csv" in str(error)


@pytest.mark.django_db
@pytest.mark.usefixtures("main", "alpha", "beta")
class TestListSites:
    def test_all_sites_in_vietnamese_order(self) -> None:
        create_tenant("an", name_vi="Xã Ấn")
        labels = [line.split()[0] for line in run("list_sites").splitlines()]
        assert labels == ["alpha", "tinh", "an", "beta"]

    @pytest.mark.parametrize(
        ("wanted", "labels"),
        [
            ({"kind": "commune"}, ["beta"]),
            ({"status": "archived"}, []),
            ({"search": "huyen"}, ["alpha"]),
            ({"search": "beta.tinh"}, ["beta"]),
        ],
    )
    def test_some_of_them(self, wanted: dict[str, str], labels: list[str]) -> None:
        rows = json.loads(run("list_sites", json=True, **wanted))
        assert [row["label"] for row in rows] == labels

    def test_as_json_it_has_every_field(self) -> None:
        row = json.loads(run("list_sites", json=True, search="beta"))[0]
        assert row["name_vi"] == "Xã Beta"
        assert (row["parent"], row["url"]) == ("alpha", "http://beta.tinh.test")
        assert row["domains"] == ["beta.tinh.test"]


@pytest.mark.django_db
class TestSiteStatus:
    @pytest.mark.parametrize("name", ["alpha", "ALPHA", "alpha.tinh.test", "cu.tinh.test"])
    def test_a_site_is_found_by_label_or_domain(self, alpha: Tenant, name: str) -> None:
        Domain.objects.create(tenant=alpha, domain="cu.tinh.test", is_primary=False)
        said = run("site_status", name)
        assert "Huyện Alpha" in said
        assert alpha.schema_name in said

    def test_it_counts_pages_and_people(self, alpha: Tenant) -> None:
        with tenant_context(alpha):
            create_user(email="an@alpha.test")
        values = [line.split("  ")[-1] for line in run("site_status", "alpha").splitlines()]
        assert values[-1].strip() == "1"
        assert "alpha.tinh.test" in values[2]

    def test_an_unknown_site(self, alpha: Tenant) -> None:
        error, _said = refusal("site_status", "khongco")
        assert "khongco" in str(error)

    def test_a_site_that_lags_behind_ends_with_an_error(self, alpha: Tenant) -> None:
        with schema_context("public"):
            from django.db import connection

            with connection.cursor() as cursor:
                cursor.execute(
                    f"DELETE FROM {alpha.schema_name}.django_migrations WHERE app = 'news'"
                )
        error, said = refusal("site_status", "alpha")
        assert error.returncode == 1
        assert "news.0001_initial" in said

    def test_a_site_without_schema_ends_with_an_error(self, alpha: Tenant) -> None:
        schemas.drop(alpha.schema_name)
        _error, said = refusal("site_status", "alpha")
        assert alpha.schema_name in said


def test_listing_takes_few_queries_for_many_sites(
    main: Tenant, django_assert_max_num_queries: Any
) -> None:
    for number in range(3):
        create_tenant(f"xa{number}", kind=Kind.COMMUNE, parent=main)
    with django_assert_max_num_queries(2):
        run("list_sites", json=True)
