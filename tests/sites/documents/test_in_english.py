"""A document needs no stand-in: the English list shows the Vietnamese one below its own address."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, PageViewRestriction, ReferenceIndex
from wagtail.rich_text import RichText
from wagtail.search.index import insert_or_update_object
from wagtail_localize.models import Translation, TranslationSource

from motcua.hub.models import Item
from motcua.jobs.models import Job
from sites.base import jobs, mirroring, without_mirrors
from sites.base.models import StandardPage
from sites.base.reconciling import reconcile
from sites.base.searching import on_site
from sites.documents.models import DocumentsPage, LegalDocumentPage
from sites.translations.po_files import pages_for_translators
from sites.translations.progress import progress
from tenants.models import Tenant
from tests.factories import home

from .conftest import create_legal_document, create_section

LIST = "/en/list/"
NOTICE = "you are reading the Vietnamese version"


@pytest.fixture
def english(here: Tenant) -> DocumentsPage:
    """The English list of documents, translated under an address of its own."""
    vietnamese = DocumentsPage.objects.get(slug="danh-muc")
    return create_section("en", title="Documents", slug="list",
                          translation_key=vietnamese.translation_key)  # fmt: skip


@pytest.fixture
def document(english: DocumentsPage) -> LegalDocumentPage:
    """A document in Vietnamese only."""
    return create_legal_document()


def with_alias(document: LegalDocumentPage) -> LegalDocumentPage:
    """Give a document what older versions gave it."""
    english = Locale.objects.get(language_code="en")
    made = document.copy_for_translation(english, copy_parents=True, alias=True)
    return LegalDocumentPage.objects.get(pk=made.pk)


def aliases() -> Any:
    return LegalDocumentPage.objects.exclude(alias_of=None)


def translate(document: LegalDocumentPage, *, publish: bool) -> LegalDocumentPage:
    """Do what an editor does who submits a document for translation and saves."""
    source, _made = TranslationSource.update_or_create_from_instance(document)
    translation, _made = Translation.objects.get_or_create(
        source=source, target_locale=Locale.objects.get(language_code="en")
    )
    translation.save_target(publish=publish)
    return LegalDocumentPage.objects.get(
        translation_key=document.translation_key, locale__language_code="en"
    )


def addresses(answer: Any) -> dict[str, str]:
    return {link["code"]: link["url"] for link in answer.context["languages"]}


def test_publishing_orders_and_makes_no_alias(english: DocumentsPage, run_jobs: Any) -> None:
    run_jobs()
    orders = Job.objects.filter(task_path="sites.base.jobs.mirror_pages")
    before = orders.count()
    document = create_legal_document()
    assert orders.count() == before
    assert not mirroring.needs_mirror(document)
    assert not mirroring.is_behind()
    assert mirroring.synchronise() == 0
    assert not aliases().exists()
    assert [item.language for item in Item.objects.filter(kind="document")] == ["vi"]
    assert reconcile() == []


def test_new_document_of_the_admin_has_none_and_its_list_has(
    english: DocumentsPage, browse: Any, here: Tenant
) -> None:
    """wagtail-localize makes aliases of new pages at once."""
    from wagtail_localize import synctree

    section = home().add_child(instance=DocumentsPage(title="Công báo", slug="cong-bao"))
    synctree.after_create_page(None, section)
    synctree.after_create_page(None, create_legal_document(publish=False))
    assert DocumentsPage.objects.get(alias_of=section).locale.language_code == "en"
    assert not aliases().exists()


def test_english_address_shows_the_vietnamese_document_with_a_notice(
    document: LegalDocumentPage, here: Tenant, browse: Any
) -> None:
    address = f"{LIST}{document.slug}/"
    answer = browse(here).get(address)
    text = answer.content.decode()
    assert NOTICE in text
    assert '<html lang="en"' in text
    assert '<div lang="vi">' in text
    assert f'<link rel="canonical" href="{document.full_url}">' in text
    assert 'rel="alternate" hreflang' not in text
    assert '<meta property="og:locale" content="vi_VN">' in text
    assert f'href="{LIST}"' in text  # the way back is the English list
    assert f'href="{document.url}" lang="vi" hreflang="vi"' in text
    assert addresses(answer) == {"vi": document.url, "en": address}
    vietnamese = browse(here).get(document.url)
    assert NOTICE not in vietnamese.content.decode()
    assert 'rel="alternate" hreflang' not in vietnamese.content.decode()
    assert addresses(vietnamese) == {"vi": document.url, "en": address}
    for path in ("/sitemap-en.xml", f"{LIST}feed.xml"):
        assert address not in browse(here).get(path).content.decode()
    assert document.url in browse(here).get("/sitemap-vi.xml").content.decode()


def test_english_list_and_search_lead_to_the_english_address(
    document: LegalDocumentPage, here: Tenant, browse: Any
) -> None:
    address = f"{LIST}{document.slug}/"
    [row] = browse(here).get(LIST, {"q": "1507 qd"}).context["documents"]
    assert row.shown_url == address
    insert_or_update_object(document)  # as its commit does
    for query in ("1507/QĐ-UBND", "bảng giá đất"):
        assert [found.url for found in on_site(query, "en")] == [address]
        assert [found.url for found in on_site(query, "vi")] == [document.url]


def test_search_in_english_asks_no_more_for_many(document: LegalDocumentPage, here: Tenant) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            on_site("bảng giá", "en")
        return len(asked)

    insert_or_update_object(document)
    queries()
    few = queries()
    for number in range(5):
        insert_or_update_object(create_legal_document(f"{number}/QĐ-UBND"))
    assert len(on_site("bảng giá", "en")) == 6
    assert queries() == few


def test_each_document_is_read_below_the_list_it_stands_in(
    document: LegalDocumentPage, english: DocumentsPage, here: Tenant, browse: Any
) -> None:
    """Two lists may each have a document with this slug."""
    gazette = DocumentsPage(title="Công báo", slug="cong-bao")
    DocumentsPage.objects.get(slug="danh-muc").add_child(instance=gazette)
    mirroring.mirror_missing()
    other = create_legal_document("1507/QĐ-UBND", section=gazette, abstract="Đính chính")
    assert other.slug == document.slug
    shown = {row.pk: row.shown_url for row in browse(here).get(LIST).context["documents"]}
    assert shown == {document.pk: f"{LIST}{document.slug}/",
                     other.pk: f"{LIST}cong-bao/{other.slug}/"}  # fmt: skip
    for page in (document, other):
        answer = browse(here).get(shown[page.pk])
        assert answer.context["page"].pk == page.pk
        assert addresses(answer)["en"] == shown[page.pk]


def test_hidden_document_asks_for_its_password_in_english_too(
    document: LegalDocumentPage, english: DocumentsPage, here: Tenant, browse: Any
) -> None:
    address = f"{LIST}{document.slug}/"
    hidden = PageViewRestriction.objects.create(page=document, restriction_type="login")
    assert browse(here).get(address).status_code == 302
    hidden.delete()
    PageViewRestriction.objects.create(page=english, restriction_type="login")
    assert browse(here).get(address).status_code == 302
    assert browse(here).get(document.url).status_code == 200
    document.unpublish()
    assert browse(here).get(address).status_code == 404


def test_old_address_goes_on_working_after_the_slug_changed(
    document: LegalDocumentPage, here: Tenant, browse: Any, django_capture_on_commit_callbacks: Any
) -> None:
    old = document.slug
    document.slug = "gia-dat"
    with django_capture_on_commit_callbacks(execute=True):
        document.save_revision().publish()
    assert browse(here).get(f"{LIST}gia-dat/").status_code == 200
    answer = browse(here).get(f"{LIST}{old}/")
    assert answer.status_code == 200
    assert addresses(answer)["en"] == f"{LIST}gia-dat/"


def test_real_translation_of_a_document_is_a_page_of_its_own(
    document: LegalDocumentPage, here: Tenant, browse: Any, django_capture_on_commit_callbacks: Any
) -> None:
    begun = translate(document, publish=False)
    assert not begun.live
    address = f"{LIST}{document.slug}/"
    assert NOTICE in browse(here).get(address).content.decode()
    document.save_revision().publish()  # a draft that nobody was shown stays one
    begun.refresh_from_db()
    assert not begun.live
    assert [row.pk for row in browse(here).get(LIST).context["documents"]] == [document.pk]
    with django_capture_on_commit_callbacks(execute=True):
        done = translate(document, publish=True)
    done.refresh_from_db()
    assert done.live
    text = browse(here).get(done.url).content.decode()
    assert NOTICE not in text
    assert f'<link rel="canonical" href="{done.full_url}">' in text
    assert f'hreflang="vi" href="{document.full_url}"' in text
    assert [row.pk for row in browse(here).get(LIST).context["documents"]] == [done.pk]
    assert [found.url for found in on_site("1507/QĐ-UBND", "en")] == [done.url]
    assert [found.url for found in on_site("1507/QĐ-UBND", "vi")] == [document.url]
    languages = Item.objects.filter(translation_key=document.translation_key)
    assert {item.language for item in languages} == {"vi", "en"}
    assert reconcile() == []


def test_documents_are_not_counted_as_waiting_for_translation(document: LegalDocumentPage) -> None:
    before = progress()
    other = create_legal_document("2/QĐ-UBND")
    assert progress() == before
    assert not {document.pk, other.pk} & {page.pk for page in pages_for_translators()}
    assert [page.pk for page in pages_for_translators(other)] == [other.pk]
    translate(other, publish=True)
    assert progress().total == before.total + 1


def test_upgraded_site_loses_mere_aliases_only(
    document: LegalDocumentPage, english: DocumentsPage, here: Tenant, browse: Any, run_jobs: Any
) -> None:
    named, translated, copied, renamed = (
        create_legal_document(f"{number}/QĐ-UBND") for number in range(2, 6)
    )
    kept = [with_alias(named), with_alias(translated)]
    gone = [with_alias(document), with_alias(renamed)]
    translate(translated, publish=False)  # somebody's work
    twin = copied.create_alias(parent=DocumentsPage.objects.get(slug="danh-muc"), update_slug="ban")
    old = f"{LIST}so-cu/"
    Page.objects.filter(pk=gone[1].pk).update(slug="so-cu", url_path=f"{english.url_path}so-cu/")
    link = f'<p><a linktype="page" id="{kept[0].pk}">Law</a></p>'
    law = StandardPage(title="Law", slug="law", body=[("paragraph", RichText(link))])
    home("en").add_child(instance=law)
    law.save_revision().publish()
    ReferenceIndex.create_or_update_for_object(law)  # as its commit does
    assert mirroring.is_behind()
    jobs.mirror_pages.enqueue()
    run_jobs()
    left = LegalDocumentPage.objects.filter(pk__in=[page.pk for page in [*kept, *gone, twin]])
    assert {page.pk for page in left} == {*(page.pk for page in kept), twin.pk}
    assert LegalDocumentPage.objects.filter(alias_of=None).count() == 6
    assert not mirroring.is_behind()
    assert without_mirrors.remove_superfluous() == 0
    assert browse(here).get(f"{LIST}{document.slug}/").status_code == 200
    assert Redirect.objects.get(redirect_page=renamed).old_path == old.rstrip("/")
    assert browse(here).get(old)["Location"] == renamed.url
    assert Page.find_problems() == ([], [], [], [], [])
    assert reconcile() == []


def test_aliases_go_in_slices_and_on_the_own_site_only(
    document: LegalDocumentPage, beta: Tenant
) -> None:
    for page in (document, create_legal_document("2/QĐ-UBND")):
        with_alias(page)
    with tenant_context(beta):
        create_section()
        with_alias(create_legal_document())
    assert without_mirrors.remove_superfluous(seconds=0) == 0
    assert aliases().count() == 2
    assert mirroring.synchronise() == 2
    assert not aliases().exists()
    with tenant_context(beta):
        assert aliases().count() == 1
