"""News sections list their articles; articles say when and whence."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import PageViewRestriction

from sites.base.models import StandardPage
from sites.news.models import PER_PAGE, ArticlePage, NewsPage
from tenants.models import Tenant
from tests.factories import create_article, create_image, news_section


def create_many(count: int) -> None:
    """Make articles, each a day older than the one before."""
    for number in range(count):
        article = create_article(f"Bài số {number:02}", slug=f"bai-{number}", publish=False)
        article.date = timezone.now() - datetime.timedelta(days=number)
        article.save_revision().publish()


def test_section_lists_the_newest_first_and_pages_them(here: Tenant, browse: Any) -> None:
    create_many(PER_PAGE + 3)
    first = browse(here).get("/tin-tuc/").context["articles"]
    assert [article.title for article in first] == [f"Bài số {n:02}" for n in range(PER_PAGE)]
    second = browse(here).get("/tin-tuc/?page=2").context["articles"]
    assert len(second) == 3


@pytest.mark.parametrize(("asked", "shown"), [("0", 2), ("99", 2), ("-1", 2), ("x", 1), ("", 1)])
def test_page_number_out_of_range_shows_the_nearest(
    asked: str, shown: int, here: Tenant, browse: Any
) -> None:
    create_many(PER_PAGE + 1)
    assert browse(here).get(f"/tin-tuc/?page={asked}").context["articles"].number == shown


def test_section_includes_its_subsections(here: Tenant, browse: Any) -> None:
    branch = news_section().add_child(instance=NewsPage(title="Nhánh", slug="nhanh"))
    create_article("Ở nhánh", parent=branch)
    listed = browse(here).get("/tin-tuc/").context["articles"]
    assert [article.title for article in listed] == ["Ở nhánh"]


def test_lists_name_no_draft_and_no_restricted_article(here: Tenant, browse: Any) -> None:
    create_article("Nháp", slug="nhap", publish=False)
    hidden = create_article("Kín", slug="kin")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    shown = create_article("Công khai", slug="cong-khai")
    assert list(ArticlePage.objects.newest()) == [shown]
    text = browse(here).get("/tin-tuc/").content.decode()
    assert "Nháp" not in text
    assert "Kín" not in text


def test_article_shows_date_source_and_picture(here: Tenant, browse: Any) -> None:
    image = create_image("cau.png", description="Cây cầu")
    article = create_article("Cầu", slug="cau", source="Báo Ấp Bắc", lead_image=image,
                             abstract="Tóm tắt")  # fmt: skip
    text = browse(here).get("/tin-tuc/cau/").content.decode()
    day = timezone.localtime(article.date).strftime("%d/%m/%Y")
    for expected in (day, "Báo Ấp Bắc", "Tóm tắt", "/media/images/cau", "Cây cầu"):
        assert expected in text


def test_related_articles_are_others_of_the_section(here: Tenant, browse: Any) -> None:
    create_many(6)
    related = browse(here).get("/tin-tuc/bai-2/").context["related"]
    assert [article.title for article in related] == [f"Bài số {n:02}" for n in (0, 1, 3, 4)]


def test_empty_section_says_so(here: Tenant, browse: Any) -> None:
    response = browse(here).get("/tin-tuc/")
    assert response.status_code == 200
    assert not response.context["articles"].object_list


def test_articles_live_in_news_sections_only(here: Tenant) -> None:
    assert ArticlePage.allowed_parent_page_models() == [NewsPage]
    assert ArticlePage.allowed_subpage_models() == []
    assert StandardPage not in NewsPage.allowed_subpage_models()


def test_article_without_a_title_is_refused(here: Tenant) -> None:
    with pytest.raises(ValidationError):
        news_section().add_child(instance=ArticlePage(title="", slug="x"))


def test_script_in_a_title_is_text(here: Tenant, browse: Any) -> None:
    create_article("<script>alert(1)</script>", slug="xss", abstract="<b>đậm</b>")
    for path in ("/", "/tin-tuc/", "/tin-tuc/xss/"):
        text = browse(here).get(path).content.decode()
        assert "<script>alert(1)" not in text
        assert "<b>đậm</b>" not in text
