"""What the admin's home begins with."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django_tenants.utils import tenant_context

from motcua.people import groups
from motcua.people.models import User
from sites.main import actions
from tenants.lifecycle import Status
from tenants.models import SiteImport, Tenant
from tests import factories

HOME = "wagtailadmin_home"


def test_the_provinces_home_counts_sites_and_names_trouble(
    alpha: Tenant, beta: Tenant, registry: Client, administrator: User, address: Callable[..., str]
) -> None:
    Tenant.objects.filter(pk=beta.pk).update(
        status=Status.SUSPENDED, maintenance_error="no such column"
    )
    upload = SiteImport.objects.create(
        file_name="xa-moi.csv", rows=[{"line": 2}, {"line": 3}], uploaded_by="test"
    )
    actions.start_import(upload=upload, by=administrator)
    page = registry.get(reverse(HOME)).content.decode()
    index = address("index")
    for link in [f"{index}?status=active", f"{index}?status=suspended", f"{index}?failed=1"]:
        assert f'href="{link}"' in page
    assert address("import", upload.pk) in page
    assert "xa-moi.csv" in page


def test_without_trouble_none_is_shown(
    alpha: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    page = registry.get(reverse(HOME)).content.decode()
    assert "?failed=1" not in page


def test_a_members_home_shows_its_own_address_and_status(
    alpha: Tenant, beta: Tenant, browse: Callable[..., Client]
) -> None:
    Tenant.objects.filter(pk=beta.pk).update(status=Status.PREPARING)
    with tenant_context(beta):
        person = factories.create_user(role=groups.SITE_ADMINISTRATOR)
    page = browse(beta, user=person).get(reverse(HOME)).content.decode()
    assert "http://beta.tinh.test/" in page
    assert "alpha.tinh.test" not in page
    assert "own-site" in page
