"""What a process remembers of a site's rows is of that site."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context
from wagtail.models import Page
from wagtail.permissions import site_permission_policy
from wagtail.users.permission_order import content_types_to_register
from wagtail.users.permission_order import register as register_order
from wagtail.users.templatetags import wagtailusers_tags

from motcua.db import caches
from sites.base.models import SiteImage
from sites.news.models import ArticlePage
from tenants.models import Tenant

SHIFT = 100_000


@pytest.fixture
def other_numbers(committed: Any, alpha: Tenant, beta: Tenant) -> Any:
    """On beta, content types have other numbers than on alpha."""
    from tests.isolation.test_threads import shift_content_types

    shift_content_types(beta)
    yield
    for tenant in (alpha, beta):
        caches.forget(tenant.schema_name)


def on_each(alpha: Tenant, beta: Tenant, ask: Any) -> list[Any]:
    """Ask alpha, then beta, then alpha again."""
    answers = []
    for tenant in (alpha, beta, alpha):
        with tenant_context(tenant):
            answers.append(ask())
    return answers


def test_content_type_is_the_sites(other_numbers: None, alpha: Tenant, beta: Tenant) -> None:
    for ask in (
        lambda: ContentType.objects.get_for_model(ArticlePage).pk,
        lambda: ContentType.objects.get_by_natural_key("news", "articlepage").pk,
        lambda: ContentType.objects.db_manager("default").get_for_model(ArticlePage).pk,
        lambda: ContentType.objects.get_for_models(ArticlePage)[ArticlePage].pk,
    ):
        first, second, third = on_each(alpha, beta, ask)
        assert second == first + SHIFT
        assert third == first


def test_number_of_another_site_is_unknown(
    other_numbers: None, alpha: Tenant, beta: Tenant
) -> None:
    with tenant_context(beta):
        number = ContentType.objects.get_for_model(ArticlePage).pk
    with tenant_context(alpha), pytest.raises(ContentType.DoesNotExist):
        ContentType.objects.get_for_id(number)


def test_page_finds_its_type_on_each_site(
    other_numbers: None, alpha: Tenant, beta: Tenant
) -> None:
    types = on_each(alpha, beta, lambda: type(Page.objects.get(depth=2, slug="home").specific))
    assert {kind.__name__ for kind in types} == {"HomePage"}


def test_permission_policy_asks_for_the_sites_permissions(
    other_numbers: None, alpha: Tenant, beta: Tenant
) -> None:
    """Wagtail's policies are objects of the process, one for all sites."""

    def ask() -> tuple[int, int]:
        found = site_permission_policy._get_permission_objects_for_actions(["add"])
        expected = Permission.objects.get(content_type__app_label="wagtailcore", codename="add_site")
        return found.get().pk, expected.pk

    assert all(found == expected for found, expected in on_each(alpha, beta, ask))


def test_order_of_permissions_names_the_sites_content_types(
    other_numbers: None, alpha: Tenant, beta: Tenant
) -> None:
    register_order(SiteImage, order=7)
    try:

        def ask() -> tuple[dict[int, int], int]:
            kind = ContentType.objects.get_for_model(SiteImage)
            return wagtailusers_tags.get_content_type_order_lookup(), kind.pk

        for lookup, number in on_each(alpha, beta, ask):
            assert lookup == {number: 7}
    finally:
        content_types_to_register.pop()


def test_content_type_costs_one_query_a_site(alpha: Tenant, beta: Tenant) -> None:
    for tenant in (alpha, beta):
        caches.forget(tenant.schema_name)
    with CaptureQueriesContext(connection) as queries:
        on_each(alpha, beta, lambda: ContentType.objects.get_for_model(SiteImage))
    assert len([query for query in queries if "django_content_type" in query["sql"]]) == 2


def test_copy_of_the_manager_remembers_for_all(alpha: Tenant) -> None:
    """Generic relations and the permission checks use copies made by ``db_manager``."""
    caches.forget(alpha.schema_name)
    with tenant_context(alpha):
        ContentType.objects.db_manager("default").get_for_model(SiteImage)
        with CaptureQueriesContext(connection) as queries:
            ContentType.objects.get_for_model(SiteImage)
    assert len(queries) == 0


def test_clearing_forgets_one_site_only(alpha: Tenant, beta: Tenant) -> None:
    on_each(alpha, beta, lambda: ContentType.objects.get_for_model(SiteImage))
    with tenant_context(alpha):
        ContentType.objects.clear_cache()
        assert not ContentType.objects._cache
    with tenant_context(beta):
        assert ContentType.objects._cache


def test_switching_does_not_clear(alpha: Tenant, beta: Tenant) -> None:
    on_each(alpha, beta, lambda: ContentType.objects.get_for_model(SiteImage))
    with CaptureQueriesContext(connection) as queries:
        on_each(alpha, beta, lambda: ContentType.objects.get_for_model(SiteImage))
    assert len(queries) == 0
