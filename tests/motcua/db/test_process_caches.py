"""What a process remembers of a site's rows is of that site."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context
from wagtail.contrib.forms import utils as forms
from wagtail.models import Page
from wagtail.permissions import site_permission_policy
from wagtail.users.permission_order import content_types_to_register
from wagtail.users.permission_order import register as register_order
from wagtail.users.templatetags import wagtailusers_tags

from motcua.db import caches
from sites.base.models import SiteImage
from sites.news.models import ArticlePage
from tenants.models import Tenant
from tests.isolation.test_threads import SHIFT, shift_content_types


@pytest.fixture
def other_numbers(committed: Any, alpha: Tenant, beta: Tenant) -> Any:
    """On beta, content types have other numbers than on alpha."""
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


def test_page_finds_its_type_on_each_site(other_numbers: None, alpha: Tenant, beta: Tenant) -> None:
    types = on_each(alpha, beta, lambda: type(Page.objects.get(depth=2, slug="home").specific))
    assert {kind.__name__ for kind in types} == {"HomePage"}


def test_permission_policy_asks_for_the_sites_permissions(
    other_numbers: None, alpha: Tenant, beta: Tenant
) -> None:
    """Wagtail's policies are objects of the process, one for all sites."""

    def ask() -> tuple[int, int]:
        found = site_permission_policy._get_permission_objects_for_actions(["add"])
        expected = Permission.objects.get(
            content_type__app_label="wagtailcore", codename="add_site"
        )
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


PACKAGES = ("wagtail", "wagtail_localize", "modelcluster", "modelsearch", "taggit", "treebeard",
            "allauth", "django_tasks", "django_filters",
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
            "django.contrib.messages")  # fmt: skip
REMEMBERING = re.compile(
    r"@(?:functools\.)?(?:lru_cache|cache|cached_classmethod)\b.*\n(?:\s*@.*\n)*\s*def (\w+)"
)
# What they remember depends on code and settings, never on a site's rows. Exceptions have a
# drawer per schema (`motcua.db.caches`) and a test above.
REVIEWED = {
    "allauth.headless.tokens.strategies.jwt.internal._get_jwt_config_cached",
    "django.contrib.auth.hashers.get_hashers",
    "django.contrib.auth.hashers.get_hashers_by_algorithm",
    "django.contrib.auth.password_validation.get_default_password_validators",
    "modelcluster.utils.get_model_field",
    "modelsearch.conf.get_app_config",
    "treebeard.models.tree_model",
    "treebeard.mp_tree.numconv_obj",
    "wagtail.admin.icons.get_icon_sprite_hash",
    "wagtail.admin.icons.get_icons",
    "wagtail.admin.localization.get_available_admin_time_zones",
    "wagtail.admin.panels.model_utils.get_edit_handler",
    "wagtail.admin.panels.page_utils._get_page_edit_handler",
    "wagtail.blocks.base.get_help_icon",
    "wagtail.contrib.forms.utils.get_form_types",
    "wagtail.contrib.settings.views.get_setting_edit_handler",
    "wagtail.coreutils.get_content_languages",
    "wagtail.coreutils.get_supported_content_language_variant",
    "wagtail.embeds.finders.__init__.get_finders",
    "wagtail.images.checks.has_jpeg_support",
    "wagtail.images.checks.has_png_support",
    "wagtail.models.pages.get_streamfield_names",
    "wagtail.rich_text.__init__.get_rewriter",
    "wagtail.snippets.action_menu.get_base_snippet_action_menu_items",
    "wagtail.snippets.models.get_workflow_enabled_models",
    "wagtail.utils.decorators.bar",
    "wagtail.utils.templates.template_is_overridden",
    "wagtail_localize.components.get_translation_component_edit_handler",
    "wagtail_localize.locales.views.get_locale_component_edit_handler",
}


def test_every_function_of_the_packages_that_remembers_has_been_reviewed() -> None:
    """A new one may hold rows: read it, then add it here or give it a drawer per schema."""
    found = set()
    for name in PACKAGES:
        [folder] = importlib.import_module(name).__path__
        for path in Path(folder).rglob("*.py"):
            if not {"test", "tests"} & set(path.parts) and not path.stem.startswith("test"):
                module = ".".join([name, *path.relative_to(folder).with_suffix("").parts])
                found |= {
                    f"{module}.{function}" for function in REMEMBERING.findall(path.read_text())
                }
    assert found <= REVIEWED, sorted(found - REVIEWED)


def test_types_of_forms_are_asked_of_each_site() -> None:
    """Wagtail's app of forms is not installed; whoever installs it must not meet its cache."""
    assert not hasattr(forms.get_form_types, "cache_info")
