"""Whatever happens to a page, the hub has what the public may see, in the same commit."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tenants.utils import tenant_context
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.models import Locale, Page, PageViewRestriction

from motcua.hub.models import Item
from sites.base import jobs, sharing
from sites.base.models import SectionPage, StandardPage
from sites.home.places import PLACES
from sites.news.models import ArticlePage, NewsPage
from tenants.models import Tenant
from tests.factories import create_article, create_user, home, news_section
from tests.sites.base.hub_items import differences, item_of


@pytest.mark.smoke
def test_hub_equals_the_sites_from_their_birth(main: Tenant, alpha: Tenant, beta: Tenant) -> None:
    for tenant in (main, alpha, beta):
        with tenant_context(tenant):
            assert differences() == []
            items = Item.objects.filter(site=tenant.schema_name)
            shared = Counter(items.values_list("language", flat=True))
            assert shared["vi"] == shared["en"] >= len(PLACES)


def test_publishing_puts_the_article_into_the_hub(here: Tenant) -> None:
    article = create_article("Cầu mới", slug="cau-moi", abstract="Khánh thành hôm nay")
    item = item_of(article)
    assert item is not None
    assert (item.title, item.abstract) == ("Cầu mới", "Khánh thành hôm nay")
    assert (item.kind, item.language) == ("news", "vi")
    assert item.url == "http://alpha.tinh.test/tin-tuc/cau-moi/"
    assert item.published_at == article.date
    assert item.version == article.live_revision_id
    assert item.translation_key == article.translation_key
    assert differences() == []


def test_draft_stays_out_of_the_hub(here: Tenant) -> None:
    assert item_of(create_article(publish=False)) is None


def test_draft_of_a_live_page_leaves_its_item_as_it_was(here: Tenant) -> None:
    article = create_article("Trước")
    before = Item.objects.values().get(object_id=article.pk, site=here.schema_name)
    article.title, article.slug = "Sau", "sau"
    article.save_revision()
    assert Item.objects.values().get(object_id=article.pk, site=here.schema_name) == before


def test_publishing_again_brings_the_new_words(here: Tenant) -> None:
    article = create_article("Trước")
    article.title = "Sau"
    article.save_revision().publish()
    item = item_of(article)
    assert item is not None
    assert item.title == "Sau"
    assert differences() == []


def test_unpublishing_takes_the_item_out(here: Tenant) -> None:
    article = create_article()
    article.unpublish()
    assert item_of(article) is None
    assert differences() == []


def test_unpublishing_through_the_admin_takes_descendants_out(here: Tenant, browse: Any) -> None:
    section, article = news_section(), create_article()
    client = browse(here, user=create_user(superuser=True))
    client.post(f"/admin/pages/{section.pk}/unpublish/", {"include_descendants": "on"})
    with tenant_context(here):
        assert not Page.objects.get(pk=article.pk).live
        assert item_of(section) is None
        assert item_of(article) is None
        assert differences() == []


def test_deleting_a_section_takes_everything_below_out(here: Tenant) -> None:
    create_article()
    news_section().delete()
    assert differences() == []
    assert not Item.objects.filter(site=here.schema_name, kind="news").exists()


@pytest.mark.parametrize("as_plain_page", [True, False])
def test_moving_changes_the_addresses_below(as_plain_page: bool, here: Tenant) -> None:
    branch = news_section().add_child(instance=NewsPage(title="Nhánh", slug="nhanh"))
    section = home().add_child(instance=NewsPage(title="Lưu trữ", slug="luu-tru"))
    article = create_article(slug="bai", parent=branch)
    moved = Page.objects.get(pk=branch.pk)
    (moved if as_plain_page else moved.specific).move(section, pos="last-child")
    item = item_of(article)
    assert item is not None
    assert item.path == "/luu-tru/nhanh/bai/"
    assert differences() == []


def test_moving_through_the_admin_changes_the_addresses(here: Tenant, browse: Any) -> None:
    article = create_article(slug="bai")
    section = home().add_child(instance=NewsPage(title="Lưu trữ", slug="luu-tru"))
    client = browse(here, user=create_user(superuser=True))
    response = client.post(f"/admin/pages/{article.pk}/move/{section.pk}/confirm/")
    assert response.status_code == 302
    with tenant_context(here):
        item = item_of(article)
        assert item is not None
        assert item.path == "/luu-tru/bai/"


def test_new_slug_changes_the_address(here: Tenant) -> None:
    article = create_article(slug="cu")
    article.slug = "moi"
    article.save_revision().publish()
    item = item_of(article)
    assert item is not None
    assert item.path == "/tin-tuc/moi/"
    assert differences() == []


def test_new_slug_of_a_parent_changes_the_addresses_below(here: Tenant) -> None:
    article = create_article(slug="bai")
    section = news_section()
    section.slug = "thoi-su"
    section.save_revision().publish()
    item = item_of(article)
    assert item is not None
    assert item.path == "/thoi-su/bai/"
    assert differences() == []


def test_restricting_a_parent_hides_everything_below_and_opening_it_shows_it_again(
    here: Tenant,
) -> None:
    article = create_article()
    restriction = PageViewRestriction.objects.create(
        page=Page.objects.get(pk=news_section().pk), restriction_type="login"
    )
    assert item_of(article) is None
    assert differences() == []
    restriction.delete()
    assert item_of(article) is not None
    assert differences() == []


def test_publishing_below_a_restricted_parent_shows_nothing(here: Tenant) -> None:
    restriction = PageViewRestriction.objects.create(page=news_section(), restriction_type="groups")
    restriction.groups.add(Group.objects.first())
    assert item_of(create_article()) is None


def test_moving_out_of_a_restricted_section_shows_the_page(here: Tenant) -> None:
    news = news_section()
    section = home().add_child(instance=NewsPage(title="Kín", slug="kin"))
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    article = create_article(parent=section)
    assert item_of(article) is None
    article.move(news, pos="last-child")
    assert item_of(article) is not None
    assert differences() == []


def test_alias_is_no_second_item(here: Tenant) -> None:
    article = create_article("Gốc")
    alias = article.create_alias(update_slug="ban-sao")
    assert alias.live
    assert item_of(alias) is None
    article.title = "Gốc mới"
    article.save_revision().publish()
    assert item_of(alias) is None
    assert differences() == []


def test_alias_made_a_page_of_its_own_is_an_item(here: Tenant, browse: Any) -> None:
    alias = create_article("Gốc").create_alias(update_slug="ban-sao")
    client = browse(here, user=create_user(superuser=True))
    client.post(f"/admin/pages/{alias.pk}/convert_alias/")
    with tenant_context(here):
        assert item_of(alias) is not None
        assert differences() == []


def test_copy_is_shared_when_it_is_public(here: Tenant) -> None:
    article = create_article("Gốc")
    public = article.copy(update_attrs={"slug": "b1"}, keep_live=True)
    draft = article.copy(update_attrs={"slug": "b2"}, keep_live=False)
    assert item_of(public) is not None
    assert item_of(draft) is None
    assert differences() == []


def test_translation_is_an_item_of_its_language_once_it_is_published(here: Tenant) -> None:
    article = create_article("Cầu mới", slug="cau")
    english = Locale.objects.get(language_code="en")
    translation = CopyPageForTranslationAction(article, english, copy_parents=True).execute()
    assert item_of(translation) is None
    translation.title = "New bridge"
    translation.save_revision().publish()
    item = item_of(translation)
    assert item is not None
    assert (item.language, item.path) == ("en", "/en/news/cau/")
    assert item.translation_key == article.translation_key
    assert differences() == []


def let_time_pass(article: ArticlePage) -> None:
    """Let the hour of a scheduled revision be a minute ago."""
    past = timezone.now() - datetime.timedelta(minutes=1)
    revision = article.get_latest_revision()
    revision.approved_go_live_at = past
    revision.content["go_live_at"] = past.isoformat()
    revision.save()


def test_scheduled_page_is_shared_when_its_hour_has_come(here: Tenant) -> None:
    article = create_article("Sắp tới", publish=False)
    article.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    article.save_revision().publish()
    assert item_of(article) is None
    let_time_pass(article)
    jobs.publish_due_pages.call()
    assert item_of(article) is not None
    assert differences() == []


def test_expired_page_is_taken_out_with_its_page(here: Tenant) -> None:
    article = create_article()
    past = timezone.now() - datetime.timedelta(minutes=1)
    Page.objects.filter(pk=article.pk).update(expire_at=past)
    jobs.publish_due_pages.call()
    assert not Page.objects.get(pk=article.pk).live
    assert item_of(article) is None
    assert differences() == []


def test_page_saved_without_its_own_type_is_noticed(here: Tenant) -> None:
    """Wagtail's expiry and some of its views load pages as plain ``Page``."""
    article = create_article()
    plain = Page.objects.get(pk=article.pk)
    plain.live = False
    plain.save()
    assert item_of(article) is None


def test_page_put_on_air_by_code_without_publishing_is_shared(here: Tenant) -> None:
    page = home().add_child(instance=StandardPage(title="Trang", slug="trang"))
    item = item_of(page)
    assert item is not None
    assert item.published_at
    assert differences() == []


def test_bulk_actions_of_the_admin_reach_the_hub(here: Tenant, browse: Any) -> None:
    articles = [create_article(f"Bài {number}", slug=f"bai-{number}") for number in range(3)]
    client = browse(here, user=create_user(superuser=True))
    query = "&".join(f"id={article.pk}" for article in articles)
    client.post(f"/admin/bulk/wagtailcore/page/unpublish/?{query}")
    with tenant_context(here):
        assert [item_of(article) for article in articles] == [None] * 3
    client.post(f"/admin/bulk/wagtailcore/page/publish/?{query}")
    with tenant_context(here):
        assert all(item_of(article) for article in articles)
        assert differences() == []
    client.post(f"/admin/bulk/wagtailcore/page/delete/?{query}")
    with tenant_context(here):
        assert [item_of(article) for article in articles] == [None] * 3


def test_pages_that_are_no_items_stay_out(here: Tenant) -> None:
    assert item_of(home()) is None
    assert item_of(Page.objects.get(depth=1)) is None


def test_template_shares_nothing(db: None) -> None:
    assert not Item.objects.filter(site="site_template").exists()


def test_many_pages_of_a_type_cost_as_many_queries_as_one(here: Tenant) -> None:
    """A newborn site shares some fifty pages at once, while somebody waits for it."""
    articles = [create_article(f"Tin {number}", slug=f"tin-{number}").pk for number in range(6)]

    def queries(*page_ids: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            sharing.share(*page_ids)
        return len(asked)

    queries(*articles)
    assert queries(*articles) == queries(articles[0])


def test_section_below_a_section_is_shared_with_its_own_address(here: Tenant) -> None:
    outer = home().add_child(instance=SectionPage(title="Ngoài", slug="ngoai"))
    inner = outer.add_child(instance=StandardPage(title="Trong", slug="trong"))
    item = item_of(inner)
    assert item is not None
    assert item.path == "/ngoai/trong/"


def test_history_of_many_acts_leaves_hub_and_site_equal(here: Tenant) -> None:
    section = news_section()
    articles = [create_article(f"Bài {number}", slug=f"b{number}") for number in range(6)]
    articles[0].unpublish()
    articles[1].delete()
    articles[2].slug = "hai"
    articles[2].save_revision().publish()
    other = section.add_child(instance=NewsPage(title="Nhánh", slug="nhanh"))
    articles[3].move(other, pos="last-child")
    PageViewRestriction.objects.create(page=other, restriction_type="login")
    articles[4].create_alias(update_slug="bon-hai")
    section = NewsPage.objects.get(pk=section.pk)
    section.slug = "tin"
    section.save_revision().publish()
    assert differences() == []


def test_page_deep_down_with_a_very_long_address_is_shared(here: Tenant) -> None:
    section = news_section()
    for _level in range(5):
        deeper = NewsPage(title="Chuyên mục", slug="c" * 250, locale=section.locale)
        section.add_child(instance=deeper)
        section = deeper
    article = create_article(parent=section)
    item = item_of(article)
    assert item is not None
    assert item.path == article.url
    assert len(item.path) > 1000
