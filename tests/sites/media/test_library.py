"""The library lists albums and videos; each is shown so that everybody can follow it."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context
from wagtail.models import Collection, PageViewRestriction

from motcua.hub.models import Item
from sites.base.models import SiteImage
from sites.base.videos import VideoBlock
from sites.media.models import PER_PAGE, AlbumPage, VideoPage
from tenants.models import Tenant
from tests.factories import create_article, create_image, create_user
from tests.sites.media.factories import (
    VTT,
    create_album,
    create_file,
    create_library,
    create_video,
    mp4,
)


def day(number: int) -> datetime.date:
    return datetime.date(2026, 1, number)


def test_library_lists_the_newest_of_both_kinds_and_narrows_down(here: Tenant, browse: Any) -> None:
    empty = create_library()
    assert browse(here).get("/thu-vien/").context["entries"].object_list == []
    create_album(empty, "Lễ hội", date=day(2))
    create_video(empty, "Phóng sự", date=day(3))
    create_album(empty, "Chợ nổi", date=day(1))
    hidden = create_album(empty, "Kín", date=day(9))
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")

    def titles(address: str) -> list[str]:
        return [page.title for page in browse(here).get(address).context["entries"]]

    assert titles("/thu-vien/") == ["Phóng sự", "Lễ hội", "Chợ nổi"]
    assert titles("/thu-vien/?kind=album") == ["Lễ hội", "Chợ nổi"]
    assert titles("/thu-vien/?kind=video") == ["Phóng sự"]
    assert titles("/thu-vien/?kind=x") == ["Phóng sự", "Lễ hội", "Chợ nổi"]
    response = browse(here).get("/thu-vien/")
    assert [choice.count for choice in response.context["kinds"].choices] == [2, 1]
    entries = empty.feed_entries(response.wsgi_request)
    assert [entry.title for entry in entries] == ["Phóng sự", "Lễ hội", "Chợ nổi"]


def test_a_longer_library_costs_no_more_queries(here: Tenant, browse: Any) -> None:
    library = create_library()

    def queries() -> int:
        browse(here).get("/thu-vien/")  # sizes are made once
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert browse(here).get("/thu-vien/").status_code == 200
        return len(caught)

    create_album(library, "A1", count=1)
    create_video(library, "V1", lead_image=create_image("v1.png", description="Cảnh"))
    few = queries()
    for number in range(2, 6):
        create_album(library, f"A{number}", count=1)
    create_video(library, "V2", lead_image=create_image("v2.png", description="Cảnh"))
    assert queries() <= few
    assert PER_PAGE == 12


def test_album_shows_every_picture_with_caption_and_credit_and_each_alone(
    here: Tenant, browse: Any
) -> None:
    album = create_album(create_library(), count=3, place="Chợ Gạo")
    url = album.url
    text = browse(here).get(url).content.decode()
    for expected in ("Chú thích 1 của Lễ hội", "Ảnh: Thử", "Chợ Gạo", "?anh=3#anh", "Cảnh 2"):
        assert expected in text
    alone = browse(here).get(f"{url}?anh=2")
    shown = alone.content.decode()
    assert 'alt="Cảnh 2"' in shown
    assert "max-1600x1200" in shown
    assert "?anh=1#anh" in shown
    assert "?anh=3#anh" in shown
    assert "Chú thích 3" not in shown.partition("<main")[2]  # of the page, not of its description
    for beyond in ("0", "4", "-1", "x", "9" * 30, "²"):
        response = browse(here).get(url, {"anh": beyond})
        assert response.context["shot"] is None, beyond
    assert album.lead_image.description == "Cảnh 1"


def test_album_survives_a_picture_that_is_gone(here: Tenant, browse: Any) -> None:
    album = create_album(create_library(), count=2)
    SiteImage.objects.filter(description="Cảnh 1").delete()
    response = browse(here).get(album.url)
    assert response.context["count"] == 1
    empty = create_album(album.get_parent().specific, "Rỗng", count=0)
    assert browse(here).get(empty.url).status_code == 200


def test_hub_knows_kind_and_count(here: Tenant) -> None:
    library = create_library()
    album, video = create_album(library, count=3, date=day(5)), create_video(library)
    items = Item.objects.filter(site=here.schema_name)
    item = items.get(object_id=str(album.pk))
    assert item.details == {"media": "album", "count": 3}
    assert item.image_path
    assert item.published_at.date() == day(5)
    assert items.get(object_id=str(video.pk)).details == {"media": "video", "count": 1}


def test_sizes_are_made_before_visitors_come(here: Tenant, run_jobs: Any) -> None:
    create_album(create_library(), count=2)
    run_jobs()
    with tenant_context(here):
        image = SiteImage.objects.get(description="Cảnh 2")
        specs = set(image.renditions.values_list("filter_spec", flat=True))
    assert {"fill-480x360|format-webp", "max-1600x1200|format-webp"} <= specs


def test_video_of_the_site_has_captions_and_transcript(here: Tenant, browse: Any) -> None:
    video = create_video(create_library(), lead_image=create_image(description="Cảnh"))
    text = browse(here).get(video.url).content.decode()
    assert f'<source src="{video.file.url}" type="video/mp4">' in text
    assert f'<track kind="captions" src="{video.captions.url}" srclang="vi"' in text
    assert "Xin chào quý vị" in text
    assert 'poster="/media/images/' in text
    assert "iframe" not in text


def test_video_elsewhere_is_a_link_and_nothing_is_fetched(here: Tenant, browse: Any) -> None:
    address = "https://www.youtube.com/watch?v=abc"
    video = create_video(create_library(), address=address)
    text = browse(here).get(video.url).content.decode()
    assert f'href="{address}"' in text
    assert "youtube.com" in text
    assert "<iframe" not in text
    assert "<video" not in text
    assert f'src="{address}' not in text


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, {"file", "transcript"}),
        ({"address": "https://vtv.vn/1"}, {"transcript"}),
        ({"address": "https://vtv.vn/1", "transcript": "<p> </p>"}, {"transcript"}),
        ({"address": "https://vtv.vn/1", "transcript": "<p>Lời</p>"}, set()),
        ({"file": "phim.mp4", "transcript": "Lời"}, {"captions"}),
        ({"file": "phim.mp4", "transcript": "Lời", "no_speech": True}, set()),
        ({"file": "phim.mp4", "transcript": "Lời", "captions": "loi.vtt"}, set()),
        ({"file": "phim.mp4", "transcript": "Lời", "captions": "loi.txt"}, {"captions"}),
        ({"file": "loi.txt", "transcript": "Lời", "no_speech": True}, {"file"}),
        ({"file": "phim.mp4", "address": "https://vtv.vn/1", "transcript": "Lời",
          "no_speech": True}, {"file"}),
    ],
)  # fmt: skip
def test_a_video_in_a_text_needs_what_everybody_needs(
    given: dict[str, Any], wrong: set[str], here: Tenant
) -> None:
    contents = {"phim.mp4": mp4(), "loi.vtt": VTT, "loi.txt": b"loi"}
    value = {key: create_file(name, contents[name]) if name in contents else name
             for key, name in given.items()}  # fmt: skip
    block = VideoBlock()
    video = block.normalize({"title": "Phim", **value})
    if not wrong:
        assert block.clean(video)["title"] == "Phim"
        return
    with pytest.raises(ValidationError) as caught:
        block.clean(video)
    assert set(caught.value.block_errors) == wrong


def test_an_article_shows_a_video(here: Tenant, browse: Any) -> None:
    video = {"title": "Phim", "address": "https://vtv.vn/1", "transcript": "<p>Lời phim</p>"}
    article = create_article("Bài", slug="bai-phim", body=[("video", video)])
    text = browse(here).get(article.url).content.decode()
    assert "Lời phim" in text
    assert "vtv.vn" in text


def stream(*values: dict[str, Any]) -> dict[str, str]:
    """The fields of an album's pictures as the admin's form sends them."""
    fields = {"pictures-count": str(len(values))}
    for place, value in enumerate(values):
        about = {"deleted": "", "order": str(place), "type": "picture", "id": ""}
        words = {**about, **{f"value-{key}": str(word) for key, word in value.items()}}
        fields |= {f"pictures-{place}-{key}": word for key, word in words.items()}
    return fields


def test_an_album_is_filled_from_a_collection_as_draft_and_published_with_words_only(
    here: Tenant, browse: Any
) -> None:
    library = create_library()
    collection = Collection.get_first_root_node().add_child(name="Lễ hội 2026")
    said = create_image("a.png", description="Đua ghe", caption="Đua ghe trên sông",
                        credit="Lê An", collection=collection)  # fmt: skip
    silent = create_image("b.png", collection=collection)
    client = browse(here, user=create_user(superuser=True))
    add = f"/admin/pages/add/media/albumpage/{library.pk}/"
    base = {"title": "Lễ hội", "slug": "le-hoi", "date": "2026-05-01", "place": "", "abstract": "",
            "lead_image": "", "seo_title": "", "search_description": "", "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0, "comments-MIN_NUM_FORMS": 0,
            "comments-MAX_NUM_FORMS": 1000}  # fmt: skip
    fill = {**base, **stream(), "fill_from": str(collection.pk)}

    refused = client.post(add, {**fill, "action-publish": "1"})
    assert refused.status_code == 200
    assert "fill_from" in refused.context["form"].errors
    assert client.post(add, fill).status_code == 302
    with tenant_context(here):
        album = AlbumPage.objects.get(alias_of=None)
        draft = album.get_latest_revision_as_object()
        assert [shot["image"] for shot in draft.shots()] == [said, silent]
        assert draft.shots()[0].author == "Lê An"
        assert not album.live
    edit = f"/admin/pages/{album.pk}/edit/"
    spoken = {"image": said.pk, "caption": "Đua ghe trên sông", "credit": "Lê An"}
    unspoken = {"image": silent.pk, "caption": "", "credit": ""}
    form = {**base, "fill_from": "", **stream(spoken, unspoken), "action-publish": "1"}
    refused = client.post(edit, form)
    assert refused.status_code == 200
    assert "pictures" in refused.context["form"].errors
    with tenant_context(here):
        SiteImage.objects.filter(pk=silent.pk).update(
            description="Khán giả", caption="Khán giả bên sông", credit="Lê An"
        )
    assert client.post(edit, form).status_code == 302
    with tenant_context(here):
        album.refresh_from_db()
        assert album.live
        assert [shot.words for shot in album.shots()] == ["Đua ghe trên sông", "Khán giả bên sông"]


def test_a_video_without_captions_is_saved_as_draft_but_not_published(
    here: Tenant, browse: Any
) -> None:
    library, file = create_library(), create_file("phim.mp4", mp4())
    client = browse(here, user=create_user(superuser=True))
    form = {"title": "Phim", "slug": "phim", "date": "2026-05-01", "abstract": "", "file": file.pk,
            "address": "", "lead_image": "", "credit": "", "captions": "",
            "transcript": json.dumps(None), "seo_title": "", "search_description": "",
            "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, "comments-MIN_NUM_FORMS": 0,
            "comments-MAX_NUM_FORMS": 1000}  # fmt: skip
    add = f"/admin/pages/add/media/videopage/{library.pk}/"
    refused = client.post(add, {**form, "action-publish": "1"})
    assert set(refused.context["form"].errors) == {"captions", "transcript", "lead_image"}
    assert client.post(add, form).status_code == 302
    with tenant_context(here):
        assert not VideoPage.objects.get(alias_of=None).live


def test_the_outsider_finds_no_album_of_another_site(
    here: Tenant, beta: Tenant, outsider: Any, browse: Any
) -> None:
    with tenant_context(here):
        address, staff = (
            create_album(create_library(), "Chỉ alpha").url,
            create_user(superuser=True),
        )
    assert browse(beta, user=outsider).get(address).status_code == 404
    for listing in ("media_albums", "media_videos"):
        text = browse(beta, user=outsider).get(f"/admin/{listing}/").content.decode()
        assert "Chỉ alpha" not in text
    listed = browse(here, user=staff).get("/admin/media_albums/").content.decode()
    assert "Chỉ alpha" in listed


def test_pictures_without_alternative_text_are_reported(
    here: Tenant, beta: Tenant, outsider: Any, browse: Any
) -> None:
    with tenant_context(here):
        create_image("x.png", title="Ảnh chưa có lời")
        create_image("y.png", title="Ảnh có lời", description="Chợ nổi")
        create_image("z.png", title="Hoa văn", is_decorative=True)
        staff = create_user(superuser=True)
    text = browse(here, user=staff).get("/admin/reports/alt-text/").content.decode()
    assert "Ảnh chưa có lời" in text
    assert "Ảnh có lời" not in text
    assert "Hoa văn" not in text
    foreign = browse(beta, user=outsider).get("/admin/reports/alt-text/")
    assert foreign.status_code == 200
    assert "Ảnh chưa có lời" not in foreign.content.decode()
