"""The lead image of a page in the hub: it goes with the page, and a broken one stops nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django_tenants.utils import tenant_context

from sites.base.models import SiteImage, SiteRendition
from tenants.models import Tenant
from tests.factories import create_article, create_image, create_user
from tests.sites.base.hub_items import item_of


@pytest.fixture(autouse=True)
def _own_media(settings: LazySettings, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def test_lead_image_travels_with_the_item(here: Tenant) -> None:
    image = create_image("cau.png", title="Cầu", description="Cầu lúc khánh thành")
    item = item_of(create_article(lead_image=image))
    assert item is not None
    assert item.image_url.startswith("http://alpha.tinh.test/media/images/cau")
    assert item.image_alt == "Cầu lúc khánh thành"


def test_new_description_of_an_image_reaches_the_hub(here: Tenant) -> None:
    image = create_image("cau.png")
    article = create_article(lead_image=image)
    image.description = "Mô tả mới"
    image.save()
    item = item_of(article)
    assert item is not None
    assert item.image_alt == "Mô tả mới"


def test_deleted_image_leaves_no_broken_picture_in_the_hub(here: Tenant) -> None:
    image = create_image("cau.png")
    article = create_article(lead_image=image)
    image.delete()
    item = item_of(article)
    assert item is not None
    assert (item.image_path, item.image_alt) == ("", "")
    other = create_image("khac.png")
    second = create_article("Khác", slug="khac", lead_image=other)
    SiteImage.objects.all().delete()
    item = item_of(second)
    assert item is not None
    assert item.image_path == ""


def test_new_file_of_an_image_reaches_the_hub(here: Tenant, browse: Any) -> None:
    """A new file deletes the old renditions: the hub must name the new one."""
    image = create_image("cu.png", "red")
    article = create_article(lead_image=image)
    before = item_of(article)
    client = browse(here, user=create_user(superuser=True))
    with tenant_context(here):
        fresh = create_image("moi.png", "blue").file
    with fresh.open() as upload:
        form = {"title": "Ảnh", "description": "Cầu mới", "tags": "", "file": upload,
                "focal_point_x": "", "focal_point_y": "", "focal_point_width": "",
                "focal_point_height": "", "collection": image.collection_id, "caption": "",
                "credit": ""}  # fmt: skip
        response = client.post(f"/admin/images/{image.pk}/", form)
    assert response.status_code == 302, response.context["form"].errors
    with tenant_context(here):
        item = item_of(article)
        assert before is not None
        assert item is not None
        assert item.image_path != before.image_path
        names = {f"/media/{name}" for name in SiteRendition.objects.values_list("file", flat=True)}
        assert item.image_path in names
    assert client.get(item.image_path).status_code == 200


def test_picture_without_its_file_stops_no_publication(here: Tenant) -> None:
    image = create_image("cau.png")
    image.file.storage.delete(image.file.name)
    item = item_of(create_article(lead_image=image))
    assert item is not None
    assert item.image_path == ""


@pytest.mark.parametrize("damaged", [b"", b"\x89PNG\r\n\x1a\n\x00\x00", b"<html>"])
def test_damaged_lead_image_stops_neither_publication_nor_page(
    here: Tenant, damaged: bytes, browse: Any
) -> None:
    image = create_image()
    Path(image.file.path).write_bytes(damaged)
    article = create_article(lead_image=image)
    item = item_of(article)
    assert item is not None
    assert item.image_path == ""
    assert browse(here).get(article.url).status_code == 200
