"""What an article says of itself, what it leads to, and when it goes."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tenants.utils import tenant_context
from wagtail.models import Page, PageViewRestriction

from motcua.hub.models import Item, ItemKind
from motcua.insight.storing import Counts, store
from sites.base.jobs import publish_due_pages
from sites.news.models import ArticlePage, NewsPage
from tenants.models import Tenant
from tests.factories import create_article, create_image, create_user, home, news_section
from tests.sites.news.making import create_category

DAY = timedelta(days=1)


def item_of(page: Page) -> Item:
    """What the hub has of a page of the current site."""
    return Item.objects.get(site=connection.schema_name, object_id=str(page.pk))


def test_hub_knows_a_notice_and_what_is_featured(here: Tenant) -> None:
    notice = create_article("Cúp điện", slug="cup-dien", kind=ItemKind.NOTICE, featured=True)
    assert (item_of(notice).kind, item_of(notice).featured) == (ItemKind.NOTICE, True)
    story = create_article("Khánh thành", slug="khanh-thanh")
    assert (item_of(story).kind, item_of(story).featured) == (ItemKind.NEWS, False)


def test_expired_article_leaves_lists_at_once_and_the_hub_with_the_job(
    here: Tenant, browse: Any
) -> None:
    article = create_article("Hết hạn", slug="het-han")
    Page.objects.filter(pk=article.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    kept = create_article("Còn hạn", slug="con-han")
    Page.objects.filter(pk=kept.pk).update(expire_at=timezone.now() + DAY)
    for path in ("/tin-tuc/", "/tin-tuc/con-han/"):
        text = browse(here).get(path).content.decode()
        assert "Còn hạn" in text
        assert "Hết hạn" not in text
    publish_due_pages.func()
    assert "Hết hạn" not in browse(here).get("/").content.decode()
    assert not Item.objects.filter(site=here.schema_name, object_id=str(article.pk)).exists()
    assert browse(here).get("/tin-tuc/het-han/").status_code == 404
    assert item_of(kept)


def test_category_narrows_the_list_and_names_it(here: Tenant, browse: Any) -> None:
    economy = create_category("Nông thôn mới", name_en="New villages")
    create_category("Không ai viết")
    create_article("Vụ mùa được giá", slug="vu-mua", category=economy)
    create_article("Chuyện khác", slug="khac")
    page = browse(here).get("/tin-tuc/")
    assert [(c.value, c.count) for c in page.context["categories"].choices] == [
        ("nong-thon-moi", 1)
    ]
    narrowed = browse(here).get("/tin-tuc/?category=nong-thon-moi")
    text = narrowed.content.decode()
    assert [article.title for article in narrowed.context["articles"]] == ["Vụ mùa được giá"]
    assert "<title>Nông thôn mới – Tin tức" in text
    assert re.search(r"<h1[^>]*>Nông thôn mới</h1>", text)
    assert 'href="/tin-tuc/"' in text
    section = news_section()
    request = narrowed.wsgi_request
    assert [entry.title for entry in section.feed_entries(request)] == ["Vụ mùa được giá"]


def test_category_nobody_has_is_an_empty_list_with_a_way_out(here: Tenant, browse: Any) -> None:
    create_article("Chuyện")
    answer = browse(here).get("/tin-tuc/?category=<script>")
    assert answer.status_code == 200
    assert not answer.context["articles"].object_list
    assert "<script>&" not in answer.content.decode()
    assert "empty" in answer.content.decode()


def test_featured_stories_stand_above_the_list_once(here: Tenant, browse: Any) -> None:
    for number in range(5):
        create_article(
            f"Bài {number}", slug=f"bai-{number}", featured=number in (1, 3),
        )  # fmt: skip
    context = browse(here).get("/tin-tuc/").context
    assert [article.title for article in context["featured"]] == ["Bài 3", "Bài 1"]
    assert [article.title for article in context["articles"]] == ["Bài 4", "Bài 2", "Bài 0"]
    first = ArticlePage.objects.featured_first()
    assert [article.title for article in first][:3] == ["Bài 3", "Bài 1", "Bài 4"]


def test_chosen_pages_come_first_and_the_category_fills_up(here: Tenant) -> None:
    economy = create_category()
    branch = news_section().add_child(instance=NewsPage(title="Nhánh", slug="nhanh"))
    elsewhere = create_article("Cùng chuyên mục, nhánh khác", parent=branch, category=economy)
    beside = create_article("Bên cạnh", slug="ben-canh")
    draft = create_article("Nháp", slug="nhap", publish=False)
    hidden = create_article("Kín", slug="kin")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    about = home().get_children().get(slug="gioi-thieu")
    chosen = [("page", page) for page in (about, draft, hidden)]
    article = create_article("Bài", slug="bai", category=economy, related_pages=chosen)
    assert [page.pk for page in article.related()] == [about.pk, elsewhere.pk, beside.pk]


def test_english_article_leads_to_the_english_page_that_was_chosen(here: Tenant) -> None:
    about = home().get_children().get(slug="gioi-thieu")
    chosen = [("page", about)]
    article = create_article("Story", parent=news_section("en"), related_pages=chosen)
    assert [page.title for page in article.related()] == ["About"]


def test_article_leads_to_the_older_and_the_newer_one(here: Tenant, browse: Any) -> None:
    now = timezone.now()
    for number, age in enumerate((3, 2, 1)):
        article = create_article(f"Bài {number}", slug=f"bai-{number}", publish=False)
        article.date = now - age * DAY
        article.save_revision().publish()
    context = browse(here).get("/tin-tuc/bai-1/").context
    assert (context["older"].title, context["newer"].title) == ("Bài 0", "Bài 2")
    first = browse(here).get("/tin-tuc/bai-0/").context
    assert (first["older"], first["newer"].title) == (None, "Bài 1")


def test_article_says_how_often_it_was_read_and_how_long_it_takes(
    here: Tenant, browse: Any
) -> None:
    article = create_article(slug="dai", body=[("paragraph", f"<p>{'chữ ' * 920}</p>")])
    assert browse(here).get("/tin-tuc/dai/").context["views"] == 0
    counts = Counts()
    counts.add((here.schema_name, "203.0.113.7", "Firefox"), member=False, page_id=article.pk)
    counts.pages[here.schema_name, article.pk] = 1442
    store(counts)
    page = browse(here).get("/tin-tuc/dai/")
    assert page.context["page"].minutes == 4
    assert "1.442" in page.content.decode()


def test_catalogues_read_the_fifteen_elements(here: Tenant, browse: Any) -> None:
    article = create_article(
        "Cầu “mới” & đường", slug="cau", abstract="Tóm tắt", author="Lê Văn Thử",
        source="Báo Ấp Bắc", category=create_category("Giao thông"),
    )  # fmt: skip
    text = browse(here).get("/tin-tuc/cau/").content.decode()
    read = dict(re.findall(r'<meta name="(DC\.\w+)" content="([^"]*)">', text))
    day = timezone.localtime(article.date)
    assert read == {
        "DC.title": "Cầu “mới” &amp; đường",
        "DC.creator": "Lê Văn Thử",
        "DC.subject": "Giao thông",
        "DC.description": "Tóm tắt",
        "DC.publisher": read["DC.publisher"],
        "DC.date": f"{day:%Y-%m-%dT%H:%M}+07:00",
        "DC.type": "Text",
        "DC.format": "text/html",
        "DC.identifier": article.full_url,
        "DC.source": "Báo Ấp Bắc",
        "DC.language": "vi",
    }
    assert "Alpha" in read["DC.publisher"]
    assert 'rel="schema.DC"' in text


@pytest.mark.parametrize("path", ["", "?category=nong-thon-moi", "bai-0/"])
def test_a_page_asks_as_much_of_ten_articles_as_of_two(
    path: str, here: Tenant, browse: Any
) -> None:
    economy, image = create_category(), create_image()

    def make(*numbers: int) -> None:
        for number in numbers:
            create_article(
                f"Bài {number}", slug=f"bai-{number}", category=economy, lead_image=image,
                featured=number % 3 == 0,
            )  # fmt: skip

    def queries() -> int:
        browse(here).get(f"/tin-tuc/{path}")  # what the process remembers from now on
        with CaptureQueriesContext(connection) as asked:
            assert browse(here).get(f"/tin-tuc/{path}").status_code == 200
        return len(asked)

    make(0, 1, 3, 4, 6, 7)
    few = queries()
    make(*range(8, 20))
    assert queries() == few
    assert few <= 40


def test_form_of_a_new_article_begins_with_what_is_known(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        editor = create_user(role="Biên tập viên", name="Trần Thị Lan")
        section = NewsPage(title="Thông báo", slug="thong-bao", default_kind=ItemKind.NOTICE)
        home().add_child(instance=section)
    page = browse(alpha, user=editor).get(f"/admin/pages/add/news/articlepage/{section.pk}/")
    form = page.context["form"]
    assert form["author"].value() == "Trần Thị Lan"
    assert "Alpha" in form["source"].value()
    assert form["kind"].value() == ItemKind.NOTICE
    assert form["category"].value() is None
    assert "expire_at" in form.fields
