"""A site chooses how it looks; until then only who chooses sees it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from motcua.audit.models import AuditEvent
from motcua.people import groups
from motcua.web.theme_folders import installed
from sites.base import appearance
from sites.base.models import SiteSettings
from tenants.models import Tenant
from tests.factories import create_article, create_image, create_user

SCREEN, PREVIEW, BACK = (
    "/admin/appearance/",
    "/admin/appearance/preview/",
    "/admin/appearance/back/",
)
FORMS = "{% extends 'base.html' %}{% block main %}TRANG RIÊNG{% endblock %}"


@pytest.fixture
def administrator(alpha: Tenant, browse: Any) -> Client:
    """Somebody who looks after alpha."""
    with tenant_context(alpha):
        person = create_user(role=groups.SITE_ADMINISTRATOR)
    return browse(alpha, user=person)


@pytest.fixture
def fifth(settings: LazySettings, tmp_path: Path) -> Iterator[Path]:
    """A folder beside the four themes, with a home page of its own."""
    shutil.copytree(settings.THEMES_DIR, tmp_path / "themes")
    new = tmp_path / "themes" / "tram"
    shutil.copytree(new.parent / "lua", new)
    (new / "static" / "lua").rename(new / "static" / "tram")
    told = (new / "theme.toml").read_text()
    (new / "theme.toml").write_text(told.replace('name_vi = "Lúa"', 'name_vi = "Tràm"'))
    (new / "templates" / "pages").mkdir(parents=True)
    (new / "templates" / "pages" / "home.html").write_text(FORMS)
    settings.THEMES_DIR = new.parent
    forget_templates()
    yield new
    forget_templates()


def forget_templates() -> None:
    for loader in engines["django"].engine.template_loaders:
        loader.reset()


def root_tag(client: Client, path: str = "/", **fields: str) -> str:
    """The ``<html …>`` of a page."""
    found = re.search(r"<html[^>]*>", client.get(path, fields).content.decode())
    assert found
    return found[0]


def test_choice_is_on_every_page_at_once_and_can_be_taken_back(
    administrator: Client, alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    visitor = browse(alpha)
    with tenant_context(alpha):
        picture = create_image(description="Cánh đồng chiều")
        create_article(title="Tin mới", slug="tin-moi")
    before = root_tag(visitor)
    assert 'data-theme="son-mai"' in before
    assert "data-accent" not in before

    chosen = {"look": "lua/ma-non", "hero_image": picture.pk, "logo": ""}
    assert administrator.post(SCREEN, chosen).status_code == 302
    for path in ("/", "/tin-tuc/", "/tin-tuc/tin-moi/", "/en/", "/khong-co/"):
        assert 'data-theme="lua" data-accent="ma-non"' in root_tag(visitor, path), path
    text = visitor.get("/").content.decode()
    assert "lua/tokens" in text
    assert re.search(r'<img[^>]* alt="Cánh đồng chiều"[^>]*class="hero-pic"', text)
    assert 'data-theme="son-mai"' in root_tag(browse(beta))
    event = AuditEvent.objects.get(action="site.appearance_changed")
    assert (event.site, event.detail["now"]["theme"]) == (alpha.schema_name, "lua")

    administrator.post(BACK)
    assert root_tag(visitor) == before
    assert "hero-pic" not in visitor.get("/").content.decode()
    administrator.post(BACK)
    assert 'data-accent="ma-non"' in root_tag(visitor)


def test_going_back_leaves_out_what_is_gone(administrator: Client, alpha: Tenant) -> None:
    with tenant_context(alpha):
        picture = create_image(description="Cổng làng")
        administrator.post(SCREEN, {"look": "sen/la-sen", "hero_image": picture.pk})
        administrator.post(SCREEN, {"look": ""})
        picture.delete()
        administrator.post(BACK)
        own = SiteSettings.objects.get()
        assert (own.theme, own.accent, own.hero_image) == ("sen", "la-sen", None)


def test_saving_the_same_look_is_no_act(administrator: Client, alpha: Tenant) -> None:
    administrator.post(SCREEN, {"look": "bien/"})
    administrator.post(SCREEN, {"look": "bien/"})
    assert AuditEvent.objects.filter(action="site.appearance_changed").count() == 1


def test_preview_shows_the_choice_to_its_maker_only(
    administrator: Client, alpha: Tenant, browse: Any
) -> None:
    with tenant_context(alpha):
        create_article(title="Tin để xem thử")
        picture = create_image(description="Bến sông")
    choice = {"look": "bien/san-ho", "hero_image": str(picture.pk)}
    response = administrator.get(PREVIEW, choice)
    text = response.content.decode()
    assert 'data-theme="bien" data-accent="san-ho"' in text
    assert "Bến sông" in text
    assert "no-store" in response["Cache-Control"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "noindex" in response["X-Robots-Tag"]
    article = administrator.post(PREVIEW, {**choice, "page": "article"}).content.decode()
    assert "Tin để xem thử</h1>" in article
    assert 'data-accent="san-ho"' in article

    for client in (browse(alpha), administrator):
        assert 'data-theme="son-mai"' in root_tag(client)
    with tenant_context(alpha):
        assert SiteSettings.objects.get().theme == ""


def test_nobody_else_chooses(
    alpha: Tenant, beta: Tenant, outsider: Any, browse: Any, administrator: Client
) -> None:
    with tenant_context(alpha):
        editor = create_user(email="bien.tap@alpha.test", role=groups.EDITOR)
    strangers = [browse(alpha), browse(alpha, user=editor)]
    abroad = browse(beta, user=outsider)
    abroad.defaults["HTTP_HOST"] = alpha.primary_domain
    for client in [*strangers, abroad]:
        assert client.get(SCREEN).status_code == 302
        assert client.get(PREVIEW, {"look": "sen/"}).status_code == 302
        assert client.post(SCREEN, {"look": "sen/"}).status_code == 302
        assert client.post(BACK).status_code == 302
    assert 'data-theme="son-mai"' in root_tag(browse(alpha))
    assert "/admin/appearance/" in administrator.get("/admin/").content.decode()
    assert "/admin/appearance/" not in strangers[1].get("/admin/").content.decode()


def test_only_what_is_offered_can_be_chosen(administrator: Client, alpha: Tenant) -> None:
    screen = administrator.get(SCREEN).content.decode()
    for theme in installed().values():
        assert theme.name_vi in screen
        for accent in theme.accents:
            assert f'value="{theme.folder}/{accent.key}"' in screen
    for wrong in ("lua/bac", "../etc/", "lua", "tram/"):
        assert administrator.post(SCREEN, {"look": wrong}).status_code == 200
        assert administrator.get(PREVIEW, {"look": wrong}).status_code == 400
    with tenant_context(alpha):
        assert SiteSettings.objects.get().look_before is None


def test_new_theme_is_a_folder(
    fifth: Path, administrator: Client, alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    assert "Tràm" in administrator.get(SCREEN).content.decode()
    assert "TRANG RIÊNG" in administrator.get(PREVIEW, {"look": "tram/"}).content.decode()
    assert "TRANG RIÊNG" not in browse(alpha).get("/").content.decode()
    administrator.post(SCREEN, {"look": "tram/ma-non"})
    assert "TRANG RIÊNG" in browse(alpha).get("/").content.decode()
    assert 'data-theme="tram" data-accent="ma-non"' in root_tag(browse(alpha), "/tin-tuc/")
    assert "TRANG RIÊNG" not in browse(beta).get("/").content.decode()

    shutil.rmtree(fifth)
    forget_templates()
    assert 'data-theme="son-mai"' in root_tag(browse(alpha))
    assert administrator.get(SCREEN).status_code == 200


def test_registered_theme_holds_until_the_site_chooses(
    alpha: Tenant, administrator: Client, browse: Any
) -> None:
    Tenant.objects.filter(pk=alpha.pk).update(theme="sen")
    assert 'data-theme="sen"' in root_tag(browse(alpha))
    assert "(Sen)" in administrator.get(SCREEN).content.decode()
    administrator.post(SCREEN, {"look": "lua/"})
    assert 'data-theme="lua"' in root_tag(browse(alpha))


@pytest.mark.parametrize("path", ["/", "/tin-tuc/"])
def test_choice_costs_no_query(alpha: Tenant, browse: Any, fifth: Path, path: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browse(alpha).get(path).status_code == 200
        return sum("base_sitesettings" in query["sql"] for query in asked.captured_queries)

    browse(alpha).get(path)
    without = queries()
    with tenant_context(alpha):
        appearance.choose(SiteSettings.objects.get(), look=appearance.Look(theme="sen"), by="test")
    assert queries() == without
