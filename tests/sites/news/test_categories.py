"""Categories belong to one site, are ordered by its webmaster, and do no harm when they go."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from django_tenants.utils import tenant_context

from motcua.people import groups
from sites.news.models import Category
from sites.news.starter import CATEGORIES, default_categories
from tenants.models import Tenant
from tests.factories import create_article, create_user, news_section
from tests.sites.news.making import create_category

LIST = "/admin/snippets/news/category/"


def test_name_follows_the_language_and_makes_the_slug(here: Tenant) -> None:
    category = create_category("Đất đai  và  môi trường", name_en="Land")
    assert category.slug == "dat-dai-va-moi-truong"
    assert str(category) == "Đất đai và môi trường"
    with translation.override("en"):
        assert str(category) == "Land"
        assert str(create_category("Nông thôn mới")) == "Nông thôn mới"


def test_slug_is_one_and_plain(here: Tenant) -> None:
    create_category("Nông thôn mới")
    with pytest.raises(ValidationError):
        create_category("Nông Thôn Mới")
    with pytest.raises(ValidationError):
        create_category("Khác", slug="có dấu")


def test_usual_categories_are_given_once_and_keep_what_was_renamed(here: Tenant) -> None:
    Category.objects.all().delete()
    assert default_categories() == len(CATEGORIES)
    Category.objects.filter(slug="kinh-te").update(name="Kinh tế biển")
    assert default_categories() == 0
    names = [category.name for category in Category.objects.in_order()]
    assert names[:3] == ["Chỉ đạo, điều hành", "Thời sự – chính trị", "Kinh tế biển"]
    assert create_category("Sau cùng") == Category.objects.in_order().last()


def test_article_outlives_its_category(here: Tenant) -> None:
    article = create_article(category=create_category())
    Category.objects.all().delete()
    article.refresh_from_db()
    assert (article.category, article.live) == (None, True)


def test_site_administrator_keeps_the_list_and_the_editor_only_picks(
    alpha: Tenant, browse: Any
) -> None:
    with tenant_context(alpha):
        create_category("Nông thôn mới")
        keeper = create_user(email="a@a.test", role=groups.SITE_ADMINISTRATOR)
        editor = create_user(email="b@a.test", role=groups.EDITOR)
        section = news_section().pk
    listed = browse(alpha, user=keeper).get(LIST)
    assert "Nông thôn mới" in listed.content.decode()
    assert browse(alpha, user=editor).get(LIST).status_code == 302
    form = browse(alpha, user=editor).get(f"/admin/pages/add/news/articlepage/{section}/")
    assert "Nông thôn mới" in str(form.context["form"]["category"])


def test_category_of_another_site_is_refused(
    alpha: Tenant, beta: Tenant, outsider: Any, browse: Any
) -> None:
    with tenant_context(beta):
        foreign = create_category("Của xã Beta")
    with tenant_context(alpha):
        Category.objects.bulk_create(
            [Category(pk=foreign.pk + 1, name="Của huyện Alpha", slug="a")]
        )
        editor = create_user(role=groups.EDITOR)
        section = news_section().pk
    path = f"/admin/pages/add/news/articlepage/{section}/"
    form = browse(alpha, user=editor).get(path).context["form"]
    assert "Của xã Beta" not in str(form["category"])
    fields = {name: form[name].value() or "" for name in form.fields if name != "body"}
    posted = browse(alpha, user=editor).post(
        path,
        {**fields, "title": "Bài", "slug": "bai", "date": "20/11/2026 08:00", "body-count": 0,
         "related_pages-count": 0, "category": foreign.pk, "comments-TOTAL_FORMS": 0,
         "comments-INITIAL_FORMS": 0},
    )  # fmt: skip
    assert list(posted.context["form"].errors) == ["category"]
    listed = browse(beta, user=outsider).get(LIST).content.decode()
    assert "Của xã Beta" in listed
    assert "Của huyện Alpha" not in listed
    assert browse(alpha).get("/tin-tuc/?category=cua-xa-beta").context["category"] is None
