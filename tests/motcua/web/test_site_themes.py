"""A theme's template replaces the base one for the sites of that theme only."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.template import engines
from django.template.loader import render_to_string
from django_tenants.utils import schema_context, tenant_context

from motcua.web.themes import current_theme
from tenants.models import Tenant

BLOCK = '{% extends "base.html" %}{% block main %}TRANG CỦA THEME LÚA{% endblock %}'


@pytest.fixture
def paddy(alpha: Tenant, settings: LazySettings, tmp_path: Path) -> Any:
    """Alpha has a theme with an article page of its own and a snippet; beta has the default."""
    shutil.copytree(settings.THEMES_DIR / "base" / "templates", tmp_path / "base" / "templates")
    (tmp_path / "base/templates/x.html").write_text("chung")
    pages = tmp_path / "ruong" / "templates" / "pages"
    pages.mkdir(parents=True)
    (pages / "home.html").write_text(BLOCK)
    lua = settings.THEMES_DIR / "lua"
    shutil.copy(lua / "theme.toml", tmp_path / "ruong")
    shutil.copytree(lua / "static" / "lua", tmp_path / "ruong" / "static" / "ruong")
    (pages.parent / "x.html").write_text("riêng")
    settings.THEMES_DIR = tmp_path
    _forget_templates()
    Tenant.objects.filter(pk=alpha.pk).update(theme="ruong")
    alpha.theme = "ruong"
    yield
    _forget_templates()


def _forget_templates() -> None:
    for loader in engines["django"].engine.template_loaders:
        loader.reset()


def test_sites_page_comes_from_its_theme_and_others_from_the_base(
    paddy: None, alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    for _again in range(2):  # the second time from the cache
        assert "THEME LÚA" in browse(alpha).get("/").content.decode()
        text = browse(beta).get("/").content.decode()
        assert "THEME LÚA" not in text
        assert beta.name_vi in text


def test_order_in_which_sites_are_asked_does_not_matter(
    paddy: None, alpha: Tenant, beta: Tenant
) -> None:
    for order in ((alpha, beta), (beta, alpha)):
        _forget_templates()
        for tenant in order:
            with tenant_context(tenant):
                assert render_to_string("x.html") == ("riêng" if tenant == alpha else "chung")


def test_template_that_a_theme_lacks_is_the_bases(paddy: None, alpha: Tenant, browse: Any) -> None:
    text = browse(alpha).get("/khong-co/").content.decode()
    assert "THEME LÚA" not in text
    assert alpha.name_vi in text


def test_missing_template_is_remembered_for_its_theme_only(
    paddy: None, alpha: Tenant, beta: Tenant, settings: LazySettings
) -> None:
    from django.template import TemplateDoesNotExist

    (settings.THEMES_DIR / "ruong/templates/only.html").write_text("chỉ ở đây")
    _forget_templates()
    with tenant_context(beta), pytest.raises(TemplateDoesNotExist):
        render_to_string("only.html")
    with tenant_context(alpha):
        assert render_to_string("only.html") == "chỉ ở đây"


def test_site_without_a_theme_has_the_default(beta: Tenant, settings: LazySettings) -> None:
    with tenant_context(beta):
        assert current_theme() == settings.DEFAULT_THEME
    with schema_context("public"):
        assert current_theme() == settings.DEFAULT_THEME


def test_templates_are_read_from_disk_once(paddy: None, alpha: Tenant, settings: Any) -> None:
    with tenant_context(alpha):
        assert render_to_string("x.html") == "riêng"
        (settings.THEMES_DIR / "ruong/templates/x.html").write_text("sau")
        assert render_to_string("x.html") == "riêng"
