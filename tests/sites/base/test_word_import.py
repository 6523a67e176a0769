"""“Import from Word” on a site: who may, what is made, what the webmaster is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django_tenants.utils import tenant_context
from wagtail.models import Page

from motcua.audit.models import AuditEvent
from motcua.people.groups import EDITOR
from sites.base.models import SectionPage, SiteImage, StandardPage
from sites.base.word_import.actions import import_word, last_report, page_types_below
from sites.news.models import ArticlePage
from tenants.models import Tenant
from tests import word_documents as words
from tests.factories import create_user, home, news_section


def story() -> Any:
    """A document with a described picture, an undescribed one twice, a pixel and a drawing."""
    body = (
        words.paragraph("Trạm y tế xã Alpha mở cửa", style="Heading1")
        + words.paragraph("Trạm y tế mới phục vụ hơn hai nghìn người dân trong xã.")
        + words.drawing("one", "Bác sĩ khám cho trẻ em tại trạm")
        + words.drawing("two", "image1.png")
        + words.drawing("two", "image1.png")
        + words.drawing("pixel")
        + words.drawing("emf")
        + words.drawing("broken")
        + words.paragraph("Giờ mở cửa: 7 giờ đến 17 giờ.")
    )
    pictures = {
        "one": words.png(), "two": words.png(colour="blue"), "pixel": words.png(1, 1),
        "broken": words.png()[:90],
    }  # fmt: skip
    parts = {f"word/media/{name}.png": data for name, data in pictures.items()}
    related = [words.relation(name, "image", f"media/{name}.png") for name in pictures]
    return words.hand_made(
        body,
        *related,
        words.relation("emf", "image", "media/x.emf"),
        parts={**parts, "word/media/x.emf": b"\x01\0\0\0emf"},
        name="Tram_y-te.docx",
    )


def test_story_becomes_a_draft_with_its_pictures(alpha: Tenant) -> None:
    with tenant_context(alpha):
        editor = create_user(email="bt@alpha.test", name="Trần Biên Tập", role=EDITOR)
        section = news_section()
        done = import_word(parent=section, page_type=ArticlePage, file=story(), by=editor)
        page = ArticlePage.objects.get(pk=done.page.pk)
        assert (page.title, page.live, page.slug) == (
            "Trạm y tế xã Alpha mở cửa", False, "tram-y-te-xa-alpha-mo-cua",
        )  # fmt: skip
        assert page.abstract == "Trạm y tế mới phục vụ hơn hai nghìn người dân trong xã."
        assert page.author == "Trần Biên Tập"  # what every new article begins with
        assert [block.block_type for block in page.body] == ["image"] * 3 + ["paragraph"]
        first, second, third = (block.value["image"] for block in list(page.body)[:3])
        assert first.description == "Bác sĩ khám cho trẻ em tại trạm"
        assert (second.description, second.pk) == ("", third.pk)
        assert second.uploaded_by_user == editor
        assert SiteImage.objects.filter(uploaded_by_user=editor).count() == 2
        assert done.report.counts == {"alt_missing": 1, "tracking_pixels": 1, "pictures": 2}
        assert last_report(page).counts == done.report.counts
        assert page.get_latest_revision().user == editor
        event = AuditEvent.objects.get(action="page.imported_from_word")
        assert (event.site, event.actor, event.detail["page"]) == (
            alpha.schema_name, "bt@alpha.test", page.pk,
        )  # fmt: skip


def test_titles_come_from_the_person_then_the_document_then_its_name(alpha: Tenant) -> None:
    plain = words.paragraph("Một đoạn văn.")
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Của tài liệu'
        "</dc:title></cp:coreProperties>"
    ).encode()
    with tenant_context(alpha):
        boss = create_user(superuser=True)

        def title_of(file: Any, **given: str) -> str:
            made = import_word(
                parent=home(), page_type=StandardPage, file=file, by=boss, **given
            )  # fmt: skip
            return str(made.page.title)

        with_core = words.hand_made(plain, parts={"docProps/core.xml": core})
        assert title_of(words.hand_made(plain, name="ke_hoach-2026.docx")) == "ke hoach 2026"
        assert title_of(with_core) == "Của tài liệu"
        assert title_of(words.hand_made(plain), title="Của tôi") == "Của tôi"
        before = Page.objects.count(), SiteImage.objects.count()
        with pytest.raises(ValidationError):  # nothing in it
            title_of(words.hand_made(words.paragraph("")))
        assert (Page.objects.count(), SiteImage.objects.count()) == before


def test_only_types_of_text_and_only_who_may(alpha: Tenant, outsider: Any) -> None:
    with tenant_context(alpha):
        boss = create_user(superuser=True)
        nobody = create_user(email="ai@alpha.test")
        assert page_types_below(news_section(), boss) == [ArticlePage]
        assert {StandardPage, SectionPage} <= set(page_types_below(home(), boss))
        assert page_types_below(news_section(), nobody) == []
        with pytest.raises(PermissionDenied):
            import_word(parent=news_section(), page_type=ArticlePage, file=story(), by=nobody)
        with pytest.raises(PermissionDenied):
            import_word(parent=news_section(), page_type=StandardPage, file=story(), by=boss)


def test_webmaster_imports_in_the_admin(alpha: Tenant, beta: Tenant, browse: Any,
                                        outsider: Any) -> None:  # fmt: skip
    with tenant_context(alpha):
        editor = create_user(email="bt@alpha.test", role=EDITOR)
        section, start = news_section(), home()
    client: Client = browse(alpha, user=editor)
    address = reverse("base_word_import", args=[section.pk])
    for place in ("wagtailadmin_explore", "wagtailadmin_pages:add_subpage"):
        assert address in client.get(reverse(place, args=[section.pk])).content.decode()
    assert address in client.get("/admin/").content.decode()
    assert address in client.get(reverse("wagtailadmin_explore", args=[start.pk])).content.decode()

    old = words.upload(b"\xd0\xcf\x11\xe0", "cu.doc")
    given = {"file": old, "page_type": "news.articlepage", "title": "Giữ lại"}
    refused = client.post(address, given)
    assert refused.status_code == 200
    assert 'value="Giữ lại"' in refused.content.decode()
    assert refused.context["form"].errors["file"]

    done = client.post(address, {"file": story(), "page_type": "news.articlepage"}, follow=True)
    page = done.context["draft"]
    assert done.redirect_chain == [(reverse("base_word_import_report", args=[page.pk]), 302)]
    told = [line for _heading, lines in done.context["sections"] for line in lines]
    assert len(told) == 3
    assert client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).status_code == 200

    neighbour: Client = browse(alpha, user=None)
    assert neighbour.get(address).status_code == 302  # to the sign-in
    there: Client = browse(beta, user=outsider)
    assert there.get(reverse("base_word_import_report", args=[page.pk])).status_code == 404
