"""Home pages: a member's says whose site it is, the main portal's what is new everywhere."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tenants.utils import schema_context, tenant_context
from wagtail.models import Locale, Page, Site

from sites.base.models import SiteSettings
from sites.home.member import LATEST
from sites.home.models import HomePage
from sites.home.province import NEWEST
from sites.home.starter import fill_template
from tenants.models import Domain, Tenant
from tests.factories import create_article, create_image, create_tenant, home

# What a home page with its two-level menu, settings and lists costs; a change must be a decision.
MEMBER_QUERIES = 24
MAIN_QUERIES = 21


def test_members_home_says_whose_site_it_is(alpha: Tenant, browse: Any) -> None:
    response = browse(alpha).get("/")
    assert "pages/home.html" in [template.name for template in response.templates]
    assert "Ủy ban nhân dân huyện Alpha" in response.content.decode()


def test_members_home_lists_its_own_newest_articles(
    alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    now = timezone.now()
    with tenant_context(alpha):
        for number in range(LATEST + 2):
            article = create_article(f"Bài số {number}", slug=f"bai-{number}", publish=False)
            article.date = now - datetime.timedelta(days=number)
            article.save_revision().publish()
    with tenant_context(beta):
        create_article("Của Beta")
    listed = browse(alpha).get("/").context["latest_news"]
    assert [article.title for article in listed] == [f"Bài số {n}" for n in range(LATEST)]


def test_english_home_lists_english_articles(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        create_article("Tin Việt")
        create_article("English news", parent=home("en").get_children().get(slug="news").specific)
    text = browse(alpha).get("/en/").content.decode()
    assert "English news" in text
    assert "Tin Việt" not in text


@pytest.mark.smoke
def test_main_portal_lists_the_newest_of_the_whole_province_with_source_and_link(
    main: Tenant, alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    for tenant in (alpha, beta):
        with tenant_context(tenant):
            create_article(f"Tin của {tenant.label}", slug="tin")
    response = browse(main).get("/")
    assert "pages/main_home.html" in [template.name for template in response.templates]
    text = response.content.decode()
    for tenant in (alpha, beta):
        assert f"Tin của {tenant.label}" in text
        assert f'href="{tenant.url}/tin-tuc/tin/"' in text
        assert tenant.name_vi in text


def test_recall_at_the_source_is_on_the_main_portal_with_the_next_request(
    main: Tenant, alpha: Tenant, browse: Any
) -> None:
    with tenant_context(alpha):
        article = create_article("Tin sai")
    assert "Tin sai" in browse(main).get("/").content.decode()
    with tenant_context(alpha):
        article.unpublish()
    assert "Tin sai" not in browse(main).get("/").content.decode()


def test_news_of_a_suspended_site_leave_the_main_portal_with_the_next_request(
    main: Tenant, alpha: Tenant, browse: Any
) -> None:
    with tenant_context(alpha):
        create_article("Tin của Alpha")
    assert "Tin của Alpha" in browse(main).get("/").content.decode()
    Tenant.objects.filter(pk=alpha.pk).update(status="suspended")
    text = browse(main).get("/").content.decode()
    assert "Tin của Alpha" not in text
    Tenant.objects.filter(pk=alpha.pk).update(status="active")
    assert "Tin của Alpha" in browse(main).get("/").content.decode()


def test_new_domain_is_in_the_links_of_the_main_portal(
    main: Tenant, alpha: Tenant, browse: Any
) -> None:
    with tenant_context(alpha):
        create_article("Tin", slug="tin")
    Domain.objects.create(domain="moi.tinh.test", tenant=alpha, is_primary=False).make_primary()
    text = browse(main).get("/").content.decode()
    assert "http://moi.tinh.test/tin-tuc/tin/" in text
    assert "http://alpha.tinh.test" not in text


def test_main_portal_lists_news_only_in_the_readers_language(
    main: Tenant, alpha: Tenant, browse: Any
) -> None:
    with tenant_context(alpha):
        create_article("Tin Việt")
    newest = browse(main).get("/").context["newest"]
    assert {item.kind for item in newest} == {"news"}
    assert list(browse(main).get("/en/").context["newest"]) == []


def test_main_portal_lists_no_more_than_it_shows(main: Tenant, alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        for number in range(NEWEST + 2):
            create_article(f"Bài {number}", slug=f"bai-{number}")
    assert len(browse(main).get("/").context["newest"]) == NEWEST


def test_main_portal_names_the_active_agencies_by_kind(
    main: Tenant, alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    create_tenant("syt", name_vi="Sở Y tế", kind="department")
    create_tenant("nhap", name_vi="Xã Nháp", launch=False)
    context = browse(main).get("/").context
    assert context["counts"] == {"district": 1, "commune": 1, "department": 1}
    assert [link.name for link in context["places"]] == ["Huyện Alpha"]


def count_queries(browse: Any, tenant: Tenant) -> list[str]:
    """The statements of a warm request for a home page."""
    browse(tenant).get("/")
    client = browse(tenant)
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/").status_code == 200
    return [query["sql"] for query in queries]


def test_members_home_costs_what_it_costs(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        for number in range(3):
            create_article(f"Bài {number}", slug=f"bai-{number}")
    sent = count_queries(browse, alpha)
    assert len(sent) <= MEMBER_QUERIES, "\n".join(sent)


def test_more_articles_cost_no_more_queries(main: Tenant, alpha: Tenant, browse: Any) -> None:
    costs: list[tuple[int, int]] = []
    for number in range(4):
        with tenant_context(alpha):
            create_article(f"Bài {number}", slug=f"bai-{number}", lead_image=create_image())
        costs.append((len(count_queries(browse, alpha)), len(count_queries(browse, main))))
    assert costs[1:] == [costs[1]] * 3


def test_main_portals_home_costs_what_it_costs(
    main: Tenant, alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    for tenant in (alpha, beta):
        with tenant_context(tenant):
            create_article(f"Tin {tenant.label}")
    sent = count_queries(browse, main)
    assert len(sent) <= MAIN_QUERIES, "\n".join(sent)


def test_warm_request_switches_once_and_asks_the_registry_nothing_about_the_host(
    alpha: Tenant, browse: Any
) -> None:
    sent = count_queries(browse, alpha)
    assert len([sql for sql in sent if sql.startswith("SET ")]) <= 1
    assert not [
        sql for sql in sent if 'FROM "tenants_domain" WHERE "tenants_domain"."domain"' in sql
    ]


def test_template_is_filled_once(db: None) -> None:
    with schema_context("site_template"):
        before = list(Page.objects.order_by("pk").values_list("pk", "title"))
        fill_template()
        assert list(Page.objects.order_by("pk").values_list("pk", "title")) == before
        assert HomePage.objects.count() == 2
        assert Site.objects.count() == SiteSettings.objects.count() == 1


def test_starter_tree_is_whole_in_both_languages(alpha: Tenant) -> None:
    with tenant_context(alpha):
        trees = {}
        for locale in Locale.objects.all():
            pages = Page.objects.filter(locale=locale, live=True, depth__gt=1).order_by("path")
            trees[locale.language_code] = [str(page.translation_key) for page in pages]
            assert all(page.alias_of_id is None for page in pages)
        assert trees["vi"] == trees["en"]
        assert len(trees["vi"]) >= 4


def test_starter_pages_can_be_edited_at_once(alpha: Tenant) -> None:
    with tenant_context(alpha):
        for page in Page.objects.filter(depth__gt=1).specific():
            assert page.latest_revision is not None
            assert page.content_type == ContentType.objects.get_for_model(type(page))
            page.full_clean()


@pytest.mark.parametrize("path", ["/", "/gioi-thieu/", "/tin-tuc/", "/lien-he/", "/en/",
                                  "/en/about/", "/en/news/", "/en/contact/"])  # fmt: skip
def test_every_starter_page_answers(path: str, main: Tenant, alpha: Tenant, browse: Any) -> None:
    for tenant in (main, alpha):
        response = browse(tenant).get(path)
        assert response.status_code == 200
        assert "{%" not in response.content.decode()
