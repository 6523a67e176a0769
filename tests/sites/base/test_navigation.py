"""Menus follow the page tree, and the language links lead to the same page."""

from __future__ import annotations

import re
from typing import Any

from django_tenants.utils import tenant_context
from wagtail.models import PageViewRestriction

from sites.base.models import SectionPage, StandardPage
from tenants.models import Tenant
from tests.factories import create_article, home


def menu(browse: Any, tenant: Tenant, path: str = "/") -> list[Any]:
    """The menu of a page, as its template got it."""
    return list(browse(tenant).get(path).context["navigation"])


def links(browse: Any, tenant: Tenant, path: str) -> dict[str, str]:
    """Where a page's language links lead, by code."""
    languages = browse(tenant).get(path).context["languages"]
    return {language["code"]: language["url"] for language in languages}


def test_menu_has_the_starter_pages_in_their_order(alpha: Tenant, browse: Any) -> None:
    """Who we are, what is new, what holds, what we disclose, how to reach us."""
    assert [(item.title, item.url) for item in menu(browse, alpha)] == [
        ("Giới thiệu", "/gioi-thieu/"), ("Tin tức", "/tin-tuc/"), ("Văn bản", "/van-ban/"),
        ("Công khai", "/cong-khai/"), ("Liên hệ", "/lien-he/"),
    ]  # fmt: skip
    english = menu(browse, alpha, "/en/")
    assert [(item.title, item.url) for item in english] == [
        ("About", "/en/about/"), ("News", "/en/news/"), ("Documents", "/en/documents/"),
        ("Public information", "/en/public-information/"), ("Contact", "/en/contact/"),
    ]  # fmt: skip


def test_second_level_stands_below_its_section(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        section = home().add_child(instance=SectionPage(title="Dự án", show_in_menus=True))
        section.add_child(instance=StandardPage(title="Cầu mới", show_in_menus=True))
        section.add_child(instance=StandardPage(title="Không hiện", show_in_menus=False))
        section.add_child(instance=StandardPage(title="Bến xe", show_in_menus=True))
    found = {item.title: item.children for item in menu(browse, alpha)}
    assert [(child.title, child.url) for child in found["Dự án"]] == [
        ("Cầu mới", "/du-an/cau-moi/"), ("Bến xe", "/du-an/ben-xe/")
    ]  # fmt: skip
    assert "/gioi-thieu/co-cau-to-chuc/" in {child.url for child in found["Giới thiệu"]}
    assert "/du-an/cau-moi/" not in {child.url for child in found["Giới thiệu"]}


def test_menu_names_nothing_that_visitors_cannot_read(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        start = home()
        start.add_child(instance=StandardPage(title="Nháp", show_in_menus=True, live=False))
        hidden = start.add_child(instance=StandardPage(title="Kín", show_in_menus=True))
        PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    assert {"Nháp", "Kín"}.isdisjoint(item.title for item in menu(browse, alpha))


def test_section_of_the_current_page_is_active(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        create_article(slug="bai")
    for path in ("/tin-tuc/", "/tin-tuc/bai/"):
        active = [item.title for item in menu(browse, alpha, path) if item.active]
        assert active == ["Tin tức"], path
    assert not any(item.active for item in menu(browse, alpha, "/"))


def test_language_links_lead_to_the_same_page(alpha: Tenant, browse: Any) -> None:
    for path, other in (("/", "/en/"), ("/gioi-thieu/", "/en/about/"), ("/tin-tuc/", "/en/news/")):
        assert links(browse, alpha, path) == {"vi": path, "en": other}
        assert links(browse, alpha, other) == {"vi": path, "en": other}


def test_language_link_of_an_untranslated_page_leads_home(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        create_article(slug="bai")
    assert links(browse, alpha, "/tin-tuc/bai/") == {"vi": "/tin-tuc/bai/", "en": "/en/"}


def test_language_links_of_a_page_that_is_no_page_lead_home(alpha: Tenant, browse: Any) -> None:
    assert links(browse, alpha, "/search/") == {"vi": "/", "en": "/en/"}


def test_page_says_its_language(alpha: Tenant, browse: Any) -> None:
    for path, language in (("/", "vi"), ("/en/", "en"), ("/en/about/", "en")):
        text = browse(alpha).get(path).content.decode()
        assert re.search(rf'<html[^>]* lang="{language}"', text), path
