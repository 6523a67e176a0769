"""What every page type inherits: slugs, normal text, search words."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from django_tenants.utils import tenant_context
from wagtail.models import Page

from sites.base.models import StandardPage
from tenants.models import Tenant
from tests.factories import create_article, create_user, home


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Đất đai và xây dựng", "dat-dai-va-xay-dung"), ("Ðường bộ", "duong-bo"),
     ("Nghị quyết 15/NQ-HĐND", "nghi-quyet-15-nq-hdnd")],
)  # fmt: skip
def test_slug_knows_the_vietnamese_d(title: str, slug: str, here: Tenant) -> None:
    page = home().add_child(instance=StandardPage(title=title))
    assert page.slug == slug


def test_second_page_of_a_title_gets_another_slug(here: Tenant) -> None:
    slugs = [home().add_child(instance=StandardPage(title="Đất đai")).slug for _ in range(2)]
    assert slugs == ["dat-dai", "dat-dai-2"]


def test_address_taken_since_the_form_was_checked_is_left_to_the_first(here: Tenant) -> None:
    first, second = (StandardPage(title="Đất đai", slug="dat-dai") for _ in range(2))
    stale = home()
    home().add_child(instance=first)
    stale.add_child(instance=second)
    assert (first.slug, second.slug) == ("dat-dai", "dat-dai-2")
    assert second.path > first.path


def test_longest_address_that_is_taken_is_shortened(here: Tenant) -> None:
    pages = [StandardPage(title="Đất đai", slug="d" * 255) for _ in range(2)]
    for page in pages:
        home().add_child(instance=page)
    assert pages[1].slug == "d" * 253 + "-2"


def test_text_is_stored_composed_and_without_eth(here: Tenant) -> None:
    title = unicodedata.normalize("NFD", "Ðiều lệ hòa giải")
    page = home().add_child(instance=StandardPage(title=title, abstract=title))
    page.refresh_from_db()
    assert page.title == page.abstract == "Điều lệ hòa giải"


def test_editor_makes_and_publishes_a_page_in_the_admin(here: Tenant, browse: Any) -> None:
    client = browse(here, user=create_user(superuser=True))
    form = {"title": "Thông báo nghỉ lễ", "slug": "thong-bao-nghi-le", "abstract": "",
            "body-count": "0", "lead_image": "", "seo_title": "", "search_description": "",
            "action-publish": "1", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
            "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": ""}  # fmt: skip
    with tenant_context(here):
        parent = home().pk
    response = client.post(f"/admin/pages/add/base/standardpage/{parent}/", form)
    assert response.status_code == 302, response.context["form"].errors
    assert browse(here).get("/thong-bao-nghi-le/").status_code == 200


def test_search_of_the_site_ignores_diacritics(here: Tenant, browse: Any, run_jobs: Any) -> None:
    create_article("Nạo vét kênh rạch", slug="kenh", abstract="Trồng phượng vĩ ven bờ")
    create_article("Họp dân", slug="hop", body=[("heading", "Gia cố bờ kè sạt lở")])
    run_jobs()
    for query, slug in (("nao vet", "kenh"), ("NẠO VÉT", "kenh"), ("phuong vi", "kenh"),
                        ("bo ke sat lo", "hop")):  # fmt: skip
        response = browse(here).get("/search/", {"query": query})
        assert response.context["results"][0].url == f"/tin-tuc/{slug}/", query


def test_search_without_words_or_hits_is_a_page(here: Tenant, browse: Any) -> None:
    for query in ("", "   ", "zzzz", "a" * 5000, "%_'\"\\", "<script>alert(1)</script>"):
        response = browse(here).get("/search/", {"query": query})
        assert response.status_code == 200, query
        assert "<script>alert" not in response.content.decode()


def test_page_that_was_taken_down_is_not_found(here: Tenant, browse: Any) -> None:
    article = create_article(slug="bai")
    Page.objects.get(pk=article.pk).specific.unpublish()
    assert browse(here).get("/tin-tuc/bai/").status_code == 404
