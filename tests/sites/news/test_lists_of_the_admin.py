"""One list of all news, one of all events, and what a file brings."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tenants.utils import tenant_context

from motcua.hub.models import ItemKind
from motcua.people import groups
from sites.news import starter
from sites.news.models import ArticlePage
from tenants.models import Tenant
from tests.factories import create_article, create_user
from tests.sites.news.making import create_category, create_event

ARTICLES, EVENTS = "/admin/news_articles/", "/admin/news_events/"


def titles(answer: Any) -> list[str]:
    """The rows of a list, each with its language."""
    return [page.title for page in answer.context["object_list"]]


def test_articles_are_listed_once_and_narrowed_down(
    alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    with tenant_context(beta):
        create_article("Của xã Beta")
    with tenant_context(alpha):
        economy = create_category("Nông thôn mới")
        create_article("Vụ mùa", slug="vu-mua", category=economy)
        create_article("Cúp điện", slug="cup-dien", kind=ItemKind.NOTICE, featured=True)
        create_article("Nháp", slug="nhap", publish=False)
        editor = create_user(role=groups.EDITOR)
    client = browse(alpha, user=editor)
    page = client.get(ARTICLES)
    assert sorted(titles(page)) == ["Cúp điện", "Nháp", "Vụ mùa"]
    assert "Nông thôn mới" in page.content.decode()
    for narrowed, shown in (
        (f"category={economy.pk}", ["Vụ mùa"]),
        ("kind=notice", ["Cúp điện"]),
        ("live=false", ["Nháp"]),
        ("featured=true", ["Cúp điện"]),
    ):
        assert titles(client.get(f"{ARTICLES}?{narrowed}")) == shown


def test_events_are_listed_the_latest_first(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        now = timezone.now()
        create_event("Sớm", slug="som", starts_at=now + timedelta(days=1))
        create_event("Muộn", slug="muon", starts_at=now + timedelta(days=9), cancelled=True)
        editor = create_user(role=groups.EDITOR)
    client = browse(alpha, user=editor)
    assert titles(client.get(EVENTS)) == ["Muộn", "Sớm"]
    assert titles(client.get(f"{EVENTS}?cancelled=true")) == ["Muộn"]


def test_list_fetches_the_categories_of_all_rows_at_once(alpha: Tenant, browse: Any) -> None:
    def make(*numbers: int) -> None:
        with tenant_context(alpha):
            for number in numbers:
                category = create_category(f"Mục {number}")
                create_article(f"Bài {number}", slug=f"bai-{number}", category=category)

    def queries() -> int:
        client.get(ARTICLES)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(ARTICLES).status_code == 200
        # The menu of each row asks for its translations; only ours is counted.
        return sum('FROM "news_category"' in query["sql"] for query in asked)

    make(0, 1)
    with tenant_context(alpha):
        client = browse(alpha, user=create_user(role=groups.EDITOR))
    few = queries()
    make(*range(2, 10))
    assert queries() == few


def test_file_may_name_category_and_kind(here: Tenant, tmp_path: Path) -> None:
    create_category("Nông thôn mới")
    path = tmp_path / "tin.csv"
    head = ",".join((*starter.COLUMNS, *starter.OPTIONAL))
    row = "alpha,a1,vi,20/11/2026,Cúp điện,Tóm tắt,Nội dung,Điện lực"
    path.write_text(f"{head}\n{row},nong-thon-moi,notice\n", encoding="utf-8")
    articles = starter.read(path)["alpha"]
    assert starter.add_articles.func(rows=[vars(article) for article in articles]) == 1
    article = ArticlePage.objects.get(slug="cup-dien", locale__language_code="vi")
    assert (article.kind, article.category.slug) == (ItemKind.NOTICE, "nong-thon-moi")
    path.write_text(f"{head}\n{row},,chuyện\n", encoding="utf-8")
    with pytest.raises(ValueError, match="chuyện"):
        starter.read(path)
