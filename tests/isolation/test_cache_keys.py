"""Nothing that one site puts into a cache is ever found by another."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.cache import caches
from django.template import engines
from django_tenants.utils import schema_context, tenant_context
from wagtail.models import Site

from sites.base.models import SiteImage, SiteRendition
from tenants.models import Tenant
from tests.factories import create_image


@pytest.mark.parametrize("alias", sorted(settings.CACHES))
def test_same_key_holds_each_sites_own_value(alias: str, alpha: Tenant, beta: Tenant) -> None:
    cache = caches[alias]
    with tenant_context(alpha):
        cache.set("khoa", "alpha")
    with tenant_context(beta):
        assert cache.get("khoa") is None
        cache.set_many({"khoa": "beta"})
        cache.delete("khac")
    with schema_context("public"):
        assert cache.get("khoa") is None
    with tenant_context(alpha):
        assert cache.get_many(["khoa"]) == {"khoa": "alpha"}
        cache.delete("khoa")
    with tenant_context(beta):
        assert cache.get("khoa") == "beta"


@pytest.mark.parametrize("alias", sorted(settings.CACHES))
def test_every_cache_names_the_schema_in_its_keys(alias: str, alpha: Tenant) -> None:
    with tenant_context(alpha):
        assert alpha.schema_name in caches[alias].make_key("khoa")


def test_addresses_of_the_home_page_are_each_sites_own(alpha: Tenant, beta: Tenant) -> None:
    for _again in range(2):
        for tenant in (alpha, beta):
            with tenant_context(tenant):
                roots = {path.root_url for path in Site.get_site_root_paths()}
                assert roots == {tenant.url}


def test_rendition_from_the_cache_is_each_sites_own(alpha: Tenant, beta: Tenant) -> None:
    files = {}
    for tenant, name in ((alpha, "a.png"), (beta, "b.png")):
        with tenant_context(tenant):
            image = create_image(name)
            image.get_rendition("fill-20x20")
            files[tenant.label] = SiteImage.objects.get().get_rendition("fill-20x20").file.name
            assert SiteRendition.objects.count() == 1
    assert files["alpha"] != files["beta"]


def test_cached_piece_of_a_template_is_each_sites_own(alpha: Tenant, beta: Tenant) -> None:
    template = engines["django"].from_string(
        "{% load cache %}{% cache 60 manh %}{{ name }}{% endcache %}"
    )
    for _again in range(2):
        for tenant in (alpha, beta):
            with tenant_context(tenant):
                assert template.render({"name": tenant.name_vi}) == tenant.name_vi
