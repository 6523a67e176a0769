"""An untranslated page stands in the English tree, follows its source, and is no second item."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone
from django_tenants.utils import tenant_context
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.models import LocaleSynchronization, Translation, TranslationSource

from motcua.hub.models import Item
from motcua.jobs.models import Job
from sites.base import jobs, mirroring, reconciling
from sites.base.jobs import publish_due_pages
from sites.base.models import SectionPage, StandardPage
from sites.news.models import ArticlePage
from tenants.models import Tenant
from tests.factories import create_article, create_user, home, news_section


@pytest.fixture
def here(alpha: Tenant) -> Any:
    """Be in alpha for the test, with nothing in the queue."""
    Job.objects.all().delete()
    with tenant_context(alpha):
        yield alpha


@pytest.fixture
def settle(here: Tenant, run_jobs: Any) -> Any:
    """Return a function that does the queued work and comes back to alpha."""

    def settled() -> None:
        run_jobs()
        connection.set_tenant(here)

    return settled


def english(page: Page) -> Any:
    """The page's counterpart in the English tree as it is stored, or nothing."""
    found = Page.objects.filter(translation_key=page.translation_key, locale__language_code="en")
    return found.specific().first()


def languages_in_hub(page: Page) -> set[str]:
    """In which languages the hub knows the page."""
    items = Item.objects.filter(translation_key=page.translation_key)
    return set(items.values_list("language", flat=True))


def create_mirrored(settle: Any, **fields: Any) -> tuple[ArticlePage, Any]:
    """Make a published article with its alias."""
    article = create_article("Cầu mới", slug="cau-moi", **fields)
    settle()
    return article, english(article)


def begin_translation(page: Page) -> Translation:
    """Do what an editor does who submits a page for translation and saves the draft."""
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(
        source=source, target_locale=Locale.objects.get(language_code="en")
    )
    translation.save_target(publish=False)
    return translation


@pytest.mark.smoke
def test_published_page_gets_one_alias_and_one_item(here: Tenant, settle: Any) -> None:
    article = create_article("Cầu mới", slug="cau-moi")
    [job] = Job.objects.filter(task_path="sites.base.jobs.mirror_pages")
    assert job.site == here.schema_name
    settle()
    mirror = english(article)
    assert mirror.live
    assert mirror.alias_of_id == article.pk
    assert mirror.get_parent().specific == news_section("en")
    assert languages_in_hub(article) == {"vi"}
    assert mirroring.mirror_missing() == 0
    assert reconciling.reconcile() == []


def test_many_publications_order_one_job_and_again_none(here: Tenant, settle: Any) -> None:
    articles = [create_article(f"Tin {n}", slug=f"tin-{n}") for n in range(3)]
    assert Job.objects.filter(task_path="sites.base.jobs.mirror_pages").count() == 1
    settle()
    ready = Job.objects.filter(task_path="sites.base.jobs.mirror_pages", status="ready")
    before = ready.count()  # the daily ones
    articles[0].save_revision().publish()
    assert ready.count() == before


def test_draft_and_english_page_get_none(here: Tenant, settle: Any) -> None:
    draft = create_article("Nháp", publish=False)
    original = create_article("English", parent=news_section("en"))
    settle()
    assert english(draft) is None
    assert Page.objects.filter(translation_key=original.translation_key).count() == 1


def test_alias_follows_text_withdrawal_expiry_and_return(here: Tenant, settle: Any) -> None:
    article, _mirror = create_mirrored(settle)
    article.title = "Cầu mới đã thông xe"
    article.save_revision().publish()
    assert english(article).title == "Cầu mới đã thông xe"
    article.unpublish()
    assert not english(article).live
    article.expire_at = timezone.now() + timedelta(seconds=1)
    article.save_revision().publish()
    assert english(article).live
    Page.objects.filter(pk=article.pk).update(expire_at=timezone.now())
    publish_due_pages.call()
    assert not english(article).live
    assert languages_in_hub(article) == set()
    assert reconciling.reconcile() == []


def test_alias_moves_with_its_source_to_the_same_place(here: Tenant, settle: Any) -> None:
    article, _mirror = create_mirrored(settle)
    section = home().add_child(instance=SectionPage(title="Dự án", slug="du-an"))
    first = section.add_child(instance=StandardPage(title="Một", slug="mot"))
    last = section.add_child(instance=StandardPage(title="Hai", slug="hai"))
    settle()
    article.move(first, pos="right")
    mirror = english(article)
    assert mirror.get_parent().pk == english(section).pk
    assert [page.slug for page in english(section).get_children()] == ["mot", "cau-moi", "hai"]
    Page.objects.get(pk=last.pk).move(Page.objects.get(pk=section.pk), pos="first-child")
    assert [page.slug for page in english(section).get_children()] == ["hai", "mot", "cau-moi"]
    Page.objects.get(pk=section.pk).move(Page.objects.get(slug="gioi-thieu"), pos="last-child")
    assert english(article).url_path == "/home/about/du-an/cau-moi/"
    assert languages_in_hub(article) == {"vi"}


def test_alias_goes_with_its_source(here: Tenant, settle: Any) -> None:
    article, _mirror = create_mirrored(settle)
    section = home().add_child(instance=SectionPage(title="Dự án", slug="du-an"))
    below = section.add_child(instance=StandardPage(title="Một", slug="mot"))
    settle()
    article.delete()
    Page.objects.get(pk=section.pk).delete()
    assert [english(page) for page in (article, section, below)] == [None, None, None]
    assert Page.find_problems() == ([], [], [], [], [])
    assert reconciling.reconcile() == []


def test_work_below_an_alias_survives_its_source(here: Tenant, settle: Any) -> None:
    section = home().add_child(instance=SectionPage(title="Dự án", slug="du-an"))
    settle()
    own = english(section).add_child(instance=StandardPage(title="Own", slug="own"))
    Page.objects.get(pk=section.pk).delete()
    kept = english(section)
    assert not kept.live
    assert kept.alias_of_id is None
    assert Page.objects.get(pk=own.pk).live
    assert languages_in_hub(section) == set()


def test_what_is_hidden_at_the_source_is_hidden_in_english(
    here: Tenant, settle: Any, browse: Any
) -> None:
    """Also below a real translation, of which the webmaster decides."""
    article, mirror = create_mirrored(settle)
    address = "/en/news/cau-moi/"
    assert browse(here).get(address).status_code == 200
    restriction = PageViewRestriction.objects.create(page=news_section(), restriction_type="groups")
    restriction.groups.set([Group.objects.first()])
    assert browse(here).get(address).status_code == 302
    assert not Page.objects.public().filter(pk=mirror.pk).exists()
    assert list(mirror.view_restrictions.get().groups.all()) == [Group.objects.first()]
    late = create_article("Muộn", slug="muon")
    settle()
    assert browse(here).get("/en/news/muon/").status_code == 302
    restriction.delete()
    assert browse(here).get(address).status_code == 200
    assert languages_in_hub(late) == {"vi"}
    assert languages_in_hub(article) == {"vi"}


def test_begun_translation_goes_on_standing_in_until_it_is_published(
    here: Tenant, settle: Any, browse: Any, django_capture_on_commit_callbacks: Any
) -> None:
    article, mirror = create_mirrored(settle)
    translation = begin_translation(article)
    begun = english(article)
    assert begun.pk == mirror.pk
    assert begun.alias_of_id is None
    assert begun.live
    assert languages_in_hub(article) == {"vi"}
    text = browse(here).get("/en/news/cau-moi/").content.decode()
    assert "has not been translated yet" in text
    assert f'<link rel="canonical" href="{here.url}/tin-tuc/cau-moi/">' in text
    article.unpublish()
    assert not english(article).live
    article.save_revision().publish()
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    assert languages_in_hub(article) == {"vi", "en"}
    text = browse(here).get("/en/news/cau-moi/").content.decode()
    assert "has not been translated yet" not in text


def test_untranslated_page_says_so_and_names_its_source(
    here: Tenant, settle: Any, browse: Any
) -> None:
    create_mirrored(settle, abstract="Xe chạy từ sáng nay.")
    response = browse(here).get("/en/news/cau-moi/")
    text = response.content.decode()
    assert "you are reading the Vietnamese version" in text
    assert '<div lang="vi">' in text
    assert 'href="/tin-tuc/cau-moi/"' in text
    assert '<html lang="en"' in text
    assert "hreflang=" in text
    assert 'rel="alternate" hreflang' not in text
    assert {link["code"]: link["url"] for link in response.context["languages"]} == {
        "vi": "/tin-tuc/cau-moi/", "en": "/en/news/cau-moi/",
    }  # fmt: skip
    vietnamese = browse(here).get("/tin-tuc/cau-moi/").content.decode()
    assert "Vietnamese version" not in vietnamese
    assert 'rel="alternate" hreflang' not in vietnamese


def test_english_list_has_untranslated_articles_with_a_mark(
    here: Tenant, settle: Any, browse: Any
) -> None:
    create_mirrored(settle)
    text = browse(here).get("/en/news/").content.decode()
    assert "Cầu mới" in text
    assert "In Vietnamese" in text


def test_new_page_in_the_admin_has_its_alias_with_the_first_save(
    here: Tenant, browse: Any, settle: Any
) -> None:
    client = browse(here, user=create_user(superuser=True))
    form = {"title": "Thông báo", "slug": "thong-bao", "abstract": "", "body-count": "0",
            "lead_image": "", "seo_title": "", "search_description": "",
            "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
            "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": ""}  # fmt: skip
    client.post(f"/admin/pages/add/base/standardpage/{home().pk}/", form)
    page = StandardPage.objects.get(slug="thong-bao", locale__language_code="vi")
    assert english(page) is not None
    assert not english(page).live
    assert browse(here).get("/en/thong-bao/").status_code == 404
    page.latest_revision.publish()
    assert english(page).live
    assert languages_in_hub(page) == {"vi"}


def test_each_site_is_born_synchronised_and_an_old_one_catches_up(here: Tenant) -> None:
    assert LocaleSynchronization.objects.count() == 1
    article = create_article()
    LocaleSynchronization.objects.all().delete()
    assert mirroring.synchronise() == 1
    assert mirroring.synchronise() == 0
    assert english(article).live


def test_site_in_one_language_is_left_alone(here: Tenant) -> None:
    LocaleSynchronization.objects.all().delete()
    here.languages = ["vi"]
    mirroring.synchronise()
    assert not LocaleSynchronization.objects.exists()


def test_aliases_are_made_on_the_own_site_only(alpha: Tenant, beta: Tenant, run_jobs: Any) -> None:
    with tenant_context(alpha):
        article = create_article("Chỉ ở Alpha")
    run_jobs()
    with tenant_context(beta):
        assert not Page.objects.filter(title="Chỉ ở Alpha").exists()
    with tenant_context(alpha):
        assert english(article) is not None


def test_many_aliases_are_made_in_slices_by_jobs_that_follow_each_other(
    here: Tenant, settle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [create_article(f"Tin {n}", slug=f"tin-{n}") for n in range(4)]
    assert mirroring.mirror_missing(seconds=0) == 0
    assert mirroring.is_behind()
    seconds = itertools.count()  # one passes with each look at the clock
    monkeypatch.setattr(mirroring, "monotonic", lambda: next(seconds))
    assert mirroring.mirror_missing(seconds=3) == 2
    assert [english(article) is not None for article in articles] == [True, True, False, False]
    monkeypatch.setattr(jobs, "WORKS_FOR", 2)
    settle()
    assert all(english(article) for article in articles)
    assert not mirroring.is_behind()
    done = Job.objects.filter(task_path="sites.base.jobs.mirror_pages", site=here.schema_name)
    assert done.filter(status="succeeded").count() >= 2
