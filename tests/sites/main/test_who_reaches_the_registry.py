"""Nobody but a provincial administrator on the main portal finds “Member sites”."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django_tenants.utils import tenant_context

from motcua.people import groups
from motcua.people.models import User
from sites.main.registry_urls import urlpatterns
from tenants.models import SiteImport, Tenant
from tests import factories

ADDRESSES = [(pattern.name, pattern.pattern.converters) for pattern in urlpatterns]


def paths(tenant: Tenant) -> list[str]:
    """Return every address of the registry, about `tenant` where it is about a site."""
    upload = SiteImport.objects.create(file_name="ds.csv", rows=[], uploaded_by="test")
    values = {"name": "suspend", "domain_pk": tenant.domains.get(is_primary=True).pk}
    found = []
    for name, converters in ADDRESSES:
        own = {"pk": upload.pk if "import" in name else tenant.pk, **values}
        found.append(reverse(f"member_sites:{name}", kwargs={key: own[key] for key in converters}))
    return found


def state_of(tenant: Tenant) -> Any:
    fields = Tenant.objects.filter(pk=tenant.pk).values()
    return list(fields), list(tenant.domains.values()), Tenant.objects.count()


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_outsider_with_all_rights_on_a_member_site_finds_nothing(
    beta: Tenant, outsider: User, browse: Callable[..., Client], method: str
) -> None:
    browser = browse(beta, user=outsider)
    before = state_of(beta)
    for path in paths(beta):
        assert getattr(browser, method)(path).status_code == 404, path
    assert state_of(beta) == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_permission_itself_opens_nothing_on_a_member_site(
    alpha: Tenant, browse: Callable[..., Client], method: str
) -> None:
    with tenant_context(alpha):
        person = factories.create_user(role=groups.SITE_ADMINISTRATOR)
        person.user_permissions.add(Permission.objects.get(codename="manage_sites"))
    browser = browse(alpha, user=person)
    for path in paths(alpha):
        assert getattr(browser, method)(path).status_code == 404, path


def test_the_same_user_id_on_another_site_is_another_person(
    main: Tenant, beta: Tenant, administrator: User, browse: Callable[..., Client]
) -> None:
    with tenant_context(beta):
        namesake = User(pk=administrator.pk, email=administrator.email, is_superuser=True)
        namesake.save()
    on_beta = browse(beta, user=namesake)
    assert on_beta.get(reverse("member_sites:index")).status_code == 404
    session = on_beta.cookies["sessionid"].value
    on_main = browse(main)
    on_main.cookies["sessionid"] = session
    answer = on_main.get(reverse("member_sites:index"))
    assert answer.status_code == 302
    assert "/accounts/login/" in answer.url


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", [groups.SITE_ADMINISTRATOR, groups.EDITOR])
def test_people_of_the_main_portal_without_the_right_are_turned_away(
    main: Tenant, alpha: Tenant, browse: Callable[..., Client], method: str, role: str
) -> None:
    with tenant_context(main):
        person = factories.create_user(role=role)
    browser = browse(main, user=person)
    before = state_of(alpha)
    for path in paths(alpha):
        answer = getattr(browser, method)(path)
        assert answer.status_code == 302, path
        assert answer.url == reverse("wagtailadmin_home"), path
    assert state_of(alpha) == before


def test_strangers_are_asked_to_sign_in(
    main: Tenant, alpha: Tenant, browse: Callable[..., Client]
) -> None:
    for path in paths(alpha):
        answer = browse(main).get(path)
        assert answer.status_code == 302
        assert "/accounts/login/" in answer.url


def test_the_main_portal_is_no_member_site(
    main: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    domain = main.domains.first()
    for path in [
        address("site", main.pk),
        address("edit", main.pk),
        address("step", main.pk, "suspend"),
        address("domains", main.pk),
        address("remove_domain", main.pk, domain.pk),
    ]:
        assert registry.get(path).status_code == 404, path
        assert registry.post(path).status_code == 404, path


def test_a_domain_of_another_site_cannot_be_reached_through_ones_address(
    alpha: Tenant, beta: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    foreign = beta.domains.get()
    assert registry.post(address("make_primary", alpha.pk, foreign.pk)).status_code == 404
    assert registry.post(address("remove_domain", alpha.pk, foreign.pk)).status_code == 404


def test_the_menu_and_the_home_know_the_registry_only_where_it_is(
    main: Tenant, beta: Tenant, registry: Client, outsider: User, browse: Callable[..., Client]
) -> None:
    index = reverse("member_sites:index")
    home = reverse("wagtailadmin_home")
    assert index in registry.get(home).content.decode()
    assert index not in browse(beta, user=outsider).get(home).content.decode()
    with tenant_context(main):
        editor = factories.create_user(role=groups.EDITOR)
    assert index not in browse(main, user=editor).get(home).content.decode()
