"""Albums, videos and their files."""

from __future__ import annotations

import struct
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Page

from sites.base.models import SiteDocument
from sites.media.models import AlbumPage, MediaPage, VideoPage
from tests.factories import create_image, home

VTT = b"WEBVTT\n\n00:00.000 --> 00:04.000\nXin ch\xc3\xa0o\n"


def box(name: bytes, body: bytes) -> bytes:
    """A box of an MP4 file (ISO/IEC 14496-12, 4.2)."""
    return struct.pack(">I4s", len(body) + 8, name) + body


def mp4(filling: int = 2000) -> bytes:
    """The skeleton of an MP4 file: what the checks look at, and bytes to count."""
    picture = bytes(n % 251 for n in range(filling))
    return box(b"ftyp", b"isom\0\0\2\0isomiso2avc1mp41") + box(b"moov", b"") + box(b"mdat", picture)


def create_library(parent: Page | None = None) -> MediaPage:
    """Make the library below the home page."""
    place = parent or home()
    library = MediaPage(title="Thư viện", slug="thu-vien", locale=place.locale)
    place.add_child(instance=library)
    return library


def create_album(
    library: MediaPage, title: str = "Lễ hội", count: int = 3, **fields: Any
) -> AlbumPage:
    """Make a published album of ``count`` pictures."""
    pictures = [
        ("picture", {"image": create_image(f"{title}-{n}.png", description=f"Cảnh {n}"),
                     "caption": f"Chú thích {n} của {title}", "credit": "Ảnh: Thử"})
        for n in range(1, count + 1)
    ]  # fmt: skip
    album = AlbumPage(title=title, locale=library.locale, pictures=pictures, live=False, **fields)
    library.add_child(instance=album)
    album.save_revision().publish()
    album.refresh_from_db()
    return album


def create_file(name: str, content: bytes) -> SiteDocument:
    return SiteDocument.objects.create(title=name, file=ContentFile(content, name=name))


def create_video(library: MediaPage, title: str = "Phóng sự", **fields: Any) -> VideoPage:
    """Make a published video of the site's own, unless ``address`` is given."""
    if not fields.get("address"):
        fields.setdefault("file", create_file("phim.mp4", mp4()))
        fields.setdefault("captions", create_file("loi.vtt", VTT))
    fields.setdefault("transcript", "<p>Xin chào quý vị</p>")
    video = VideoPage(title=title, locale=library.locale, live=False, **fields)
    library.add_child(instance=video)
    video.save_revision().publish()
    video.refresh_from_db()
    return video


def read(response: Any) -> bytes:
    """The bytes of an answer, streamed or not."""
    return b"".join(response.streaming_content) if response.streaming else response.content
