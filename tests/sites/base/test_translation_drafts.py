"""What a translator saves is a draft: visitors go on reading the published words until publish."""

from __future__ import annotations

from typing import Any

import polib
import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.urls import reverse
from django_tenants.utils import tenant_context
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.models import Translation, TranslationSource

from motcua.hub.models import Item
from sites.base import mirroring, reconciling
from sites.base.models import StandardPage
from tenants.models import Tenant
from tests.factories import create_article, create_user, home, news_section

WORDS = {"title": "New bridge", "slug": "new-bridge", "abstract": "Traffic runs from today."}
DRAFT = {"title": "DRAFT bridge", "slug": "draft-bridge"}
ADDRESS = "/en/news/new-bridge/"
# Everywhere the published title stands, asked of the member or of the main portal.
PLACES = (ADDRESS, "/en/", "/en/news/", "/en/news/rss.xml", "/en/news/feed.json",
          "/en/search/?query=bridge")  # fmt: skip
PROVINCE = ("/en/search/?query=bridge", "/en/feeds/all.xml")


@pytest.fixture
def here(alpha: Tenant) -> Any:
    """Be in alpha, which has one article with its alias."""
    with tenant_context(alpha):
        create_article("Cầu mới", slug="cau-moi", abstract="Xe chạy từ sáng nay.",
                       body=[("paragraph", "<p>Cầu dài 40 m.</p>")])  # fmt: skip
        mirroring.mirror_missing()
        yield alpha


@pytest.fixture
def published(here: Tenant, django_capture_on_commit_callbacks: Any) -> Translation:
    """The article's English translation, published."""
    connection.set_tenant(here)
    translation = begun(vietnamese())
    write(translation, WORDS)
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    return translation


def vietnamese() -> Any:
    """The article as it is stored."""
    return Page.objects.get(slug="cau-moi", locale__language_code="vi").specific


def english() -> Any:
    """Its counterpart as it is stored."""
    key = vietnamese().translation_key
    return Page.objects.get(translation_key=key, locale__language_code="en").specific


def begun(page: Page) -> Translation:
    """Submit a page for translation."""
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation, _created = Translation.objects.get_or_create(
        source=source, target_locale=Locale.objects.get(language_code="en")
    )
    return translation


def write(translation: Translation, words: dict[str, str]) -> None:
    """Translate some fields, as the translators' editor stores it."""
    page = vietnamese()
    po = polib.POFile()
    for field, text in words.items():
        po.append(polib.POEntry(msgid=getattr(page, field), msgctxt=field, msgstr=text))
    assert translation.import_po(po) == []


def change_source(**fields: str) -> None:
    """Publish the article with other words."""
    page = vietnamese()
    for name, text in fields.items():
        setattr(page, name, text)
    page.save_revision().publish()


def assert_public(
    browse: Any, run_jobs: Any, site: Tenant, main: Tenant, words: str, never: str
) -> None:
    """Check that visitors find `words`, and nowhere `never`, once all is done in the background."""
    run_jobs()
    connection.set_tenant(site)
    for asked, paths in ((site, PLACES), (main, PROVINCE)):
        for path in paths:
            text = browse(asked).get(path.replace("new-bridge", english().slug)).content.decode()
            assert words in text, (asked.label, path)
            assert never not in text, (asked.label, path)
            assert "DRAFT" not in text, (asked.label, path)
            connection.set_tenant(site)
    assert f"/{english().slug}/" in browse(site).get("/sitemap-en.xml").content.decode()
    connection.set_tenant(site)
    assert Item.objects.get(site=site, language="en", kind="news").title == words
    assert reconciling.reconcile() == []


def test_draft_of_a_published_translation_is_seen_by_nobody(
    here: Tenant,
    main: Tenant,
    published: Translation,
    browse: Any,
    run_jobs: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    connection.set_tenant(here)
    assert_public(browse, run_jobs, here, main, "New bridge", "Cầu mới")
    on_air = english().live_revision_id
    change_source(title="Cầu mới thông xe")
    translation = begun(vietnamese())
    translation.save_target(publish=False)  # the changed title has no translation yet
    assert_public(browse, run_jobs, here, main, "New bridge", "Cầu mới thông xe")
    write(translation, DRAFT)
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=False)
    page = english()
    assert (page.title, page.slug, page.live_revision_id) == ("New bridge", "new-bridge", on_air)
    assert page.has_unpublished_changes
    assert page.get_latest_revision_as_object().title == "DRAFT bridge"
    assert_public(browse, run_jobs, here, main, "New bridge", "Cầu mới thông xe")
    client = browse(here, user=create_user(superuser=True))
    stop = reverse("wagtail_localize:stop_translation", args=[translation.pk])
    assert client.post(stop, {"next": "/admin/"}).status_code == 302
    connection.set_tenant(here)
    assert not Translation.objects.get(pk=translation.pk).enabled
    assert_public(browse, run_jobs, here, main, "New bridge", "Cầu mới thông xe")
    write(translation, {"title": "Bridge open", "slug": "bridge-open"})
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    assert_public(browse, run_jobs, here, main, "Bridge open", "New bridge")


def test_draft_leaves_restrictions_of_the_translation_alone(
    here: Tenant, published: Translation, browse: Any
) -> None:
    PageViewRestriction.objects.create(page=english(), restriction_type="login")
    published.save_target(publish=False)
    assert browse(here).get(ADDRESS).status_code == 302


def test_begun_translation_shows_the_words_of_its_source_and_follows_them(
    here: Tenant, browse: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = browse(here, user=create_user(superuser=True))
    locale = Locale.objects.get(language_code="en")
    submit = reverse("wagtail_localize:submit_page_translation", args=[vietnamese().pk])
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(submit, {"locales": [locale.pk]}).status_code == 302
    connection.set_tenant(here)
    translation = Translation.objects.get()
    assert mirroring.stands_in(english())
    write(translation, {"title": "DRAFT bridge"})
    translation.save_target(publish=False)
    drafts = english().latest_revision_id
    address = "/en/news/cau-moi/"
    text = browse(here).get(address).content.decode()
    assert "has not been translated yet" in text
    assert "Cầu mới" in text
    assert "DRAFT" not in text
    assert "Cầu mới" not in browse(here).get("/en/news/rss.xml").content.decode()
    listed = browse(here).get("/en/news/").content.decode()
    assert "Cầu mới" in listed
    assert "In Vietnamese" in listed
    connection.set_tenant(here)
    change_source(title="Cầu đã thông xe", abstract="Từ hôm nay.")
    text = browse(here).get(address).content.decode()
    assert "Cầu đã thông xe" in text
    assert "Từ hôm nay." in text
    connection.set_tenant(here)
    page = english()
    assert (page.slug, page.latest_revision_id) == ("cau-moi", drafts)
    assert page.get_latest_revision_as_object().title == "DRAFT bridge"
    vietnamese().unpublish()
    assert not english().live
    change_source(title="Cầu lại mở")
    assert (english().live, english().title) == (True, "Cầu lại mở")
    assert set(Item.objects.filter(kind="news").values_list("language", flat=True)) == {"vi"}
    assert reconciling.reconcile() == []


def test_translation_that_its_webmaster_withdrew_stays_withdrawn(
    here: Tenant, published: Translation
) -> None:
    english().unpublish()
    change_source(title="Cầu lại mở")
    assert (english().live, english().title) == (False, "New bridge")


def test_begun_translation_stays_hidden_below_a_hidden_source(here: Tenant, browse: Any) -> None:
    restriction = PageViewRestriction.objects.create(page=news_section(), restriction_type="groups")
    restriction.groups.set([Group.objects.first()])
    begun(vietnamese()).save_target(publish=False)
    assert browse(here).get("/en/news/cau-moi/").status_code == 302
    connection.set_tenant(here)
    assert not Page.objects.public().filter(pk=english().pk).exists()


def test_own_words_put_on_air_by_code_are_no_stand_in(here: Tenant) -> None:
    page = home().add_child(instance=StandardPage(title="Bến xe", slug="ben-xe"))
    own = home("en").add_child(instance=StandardPage(
        title="Bus station", slug="bus-station", translation_key=page.translation_key,
        locale=home("en").locale))  # fmt: skip
    begun(page).save_target(publish=False)
    page.title = "Bến xe mới"
    page.save_revision().publish()
    stored = StandardPage.objects.get(pk=own.pk)
    assert stored.title == "Bus station"
    assert not mirroring.stands_in(stored)
    assert Item.objects.filter(title="Bus station", language="en").exists()
