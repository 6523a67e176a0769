"""Several pages are published at once, but only those that may go live."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django_tenants.utils import tenant_context
from wagtail.models import Page

from motcua.hub.models import Item
from sites.base.models import StandardPage
from sites.documents.models import LegalDocumentPage
from sites.home import places
from sites.media.models import AlbumPage, VideoPage
from tenants.models import Tenant
from tests.factories import create_article, create_image, create_user, home
from tests.sites.media.factories import create_video


def publish(client: Client, *pages: Page, below: bool = False) -> HttpResponse:
    """Confirm the bulk action for these pages."""
    chosen = "&".join(f"id={page.pk}" for page in pages)
    address = f"/admin/bulk/wagtailcore/page/publish/?{chosen}"
    assert client.get(address).status_code == 200
    return client.post(address, {"include_descendants": "on"} if below else {})  # type: ignore[return-value]


def told(answer: HttpResponse) -> str:
    """What the next page says."""
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))  # type: ignore[attr-defined]


def draft(page: Page, parent: Page) -> Page:
    """Store a draft."""
    page.live = False
    parent.add_child(instance=page)
    page.save_revision(clean=False)
    return page


@pytest.fixture
def editor(here: Tenant, browse: Any) -> Client:
    client: Client = browse(here, user=create_user(superuser=True))
    return client


def test_what_is_complete_goes_live_and_the_rest_is_named_with_its_reasons(
    here: Tenant, editor: Client
) -> None:
    found = places.found("vi")
    ready = create_article("Đã viết xong", publish=False)
    bare = create_image("tran.png", description="")
    incomplete: dict[Page, str] = {
        draft(VideoPage(title="Phim chưa có phụ đề"), found["media"]): "ghi lại lời nói",
        draft(AlbumPage(title="Ảnh chưa có lời", pictures=[("picture", {"image": bare})]),
              found["media"]): "“ảnh”",
        draft(LegalDocumentPage(title="", number="9/QĐ-UBND"), found["documents"]): "trích yếu",
    }  # fmt: skip
    answer = publish(editor, ready, *incomplete)
    assert answer.status_code == 302
    said = told(answer)
    assert "3 trang chưa sẵn sàng" in said
    assert Page.objects.get(pk=ready.pk).live
    for page, reason in incomplete.items():
        assert not Page.objects.get(pk=page.pk).live, page
        assert f"/admin/pages/{page.pk}/edit/" in said
        assert reason in said, (page, said)
        assert not Item.objects.filter(site=here, object_id=str(page.pk)).exists()


def test_drafts_below_go_live_with_their_page_if_they_are_complete(
    here: Tenant, editor: Client
) -> None:
    above = draft(StandardPage(title="Chuyên đề"), home())
    ready = draft(StandardPage(title="Phần một"), above)
    video = create_video(places.found("vi")["media"], lead_image=create_image("bia.png"))
    VideoPage.objects.get(pk=video.pk).unpublish()
    answer = publish(editor, above, below=True)
    assert Page.objects.get(pk=ready.pk).live
    assert not Page.objects.get(pk=video.pk).live
    assert "chưa sẵn sàng" not in told(answer)
    publish(editor, video)
    assert Page.objects.get(pk=video.pk).live


def test_nothing_is_said_to_be_published_when_nothing_was(here: Tenant, editor: Client) -> None:
    video = draft(VideoPage(title="Phim"), places.found("vi")["media"])
    said = told(publish(editor, video))
    assert "1 trang chưa sẵn sàng" in said
    assert "0 trang" not in said


def test_page_that_stands_in_for_a_translation_is_left_as_it_is(
    here: Tenant, editor: Client, run_jobs: Any
) -> None:
    article = create_article("Tin tiếng Việt")
    run_jobs()
    with tenant_context(here):
        alias = Page.objects.get(alias_of=article)
    assert "bản gốc" in told(publish(editor, alias))
    with tenant_context(here):
        assert Page.objects.get(pk=alias.pk).alias_of_id == article.pk
