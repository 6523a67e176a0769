"""Parts of files, as players ask for them (RFC 9110, chapter 14)."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django_tenants.utils import tenant_context

from tenants.models import Tenant
from tests.sites.media.factories import VTT, create_file, mp4, read


@pytest.fixture
def video(alpha: Tenant) -> Any:
    with tenant_context(alpha):
        return create_file("phim.mp4", mp4())


@pytest.fixture
def client(alpha: Tenant) -> Client:
    return Client(HTTP_HOST=alpha.primary_domain)


@pytest.mark.parametrize(
    ("asked", "part"),
    [("bytes=0-1", slice(0, 2)), ("bytes=10-", slice(10, None)), ("bytes=-5", slice(-5, None)),
     ("bytes=0-999999", slice(0, None)), ("bytes=100-100", slice(100, 101)),
     ("bytes=-999999", slice(0, None)), ("Bytes=3-4", slice(3, 5))],
)  # fmt: skip
def test_a_part_is_sent_as_206(asked: str, part: slice, video: Any, client: Client) -> None:
    whole = mp4()
    response = client.get(video.url, headers={"Range": asked})
    first, stop, _step = part.indices(len(whole))
    assert response.status_code == 206
    assert read(response) == whole[part]
    assert response["Content-Range"] == f"bytes {first}-{stop - 1}/{len(whole)}"
    assert response["Content-Length"] == str(stop - first)
    assert response["Content-Type"] == "video/mp4"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("asked", ["bytes=999999-", "bytes=999999-1000000", "bytes=-0"])
def test_a_part_beyond_the_end_is_416(asked: str, video: Any, client: Client) -> None:
    response = client.get(video.url, headers={"Range": asked})
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(mp4())}"


@pytest.mark.parametrize(
    "asked", ["", "bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,5-6", "lines=0-1", "bytes=a-b"]
)
def test_anything_else_gets_the_whole_file(asked: str, video: Any, client: Client) -> None:
    response = client.get(video.url, headers={"Range": asked} if asked else {})
    assert response.status_code == 200
    assert read(response) == mp4()
    assert response["Accept-Ranges"] == "bytes"


def test_a_part_of_another_version_is_never_sent(video: Any, client: Client) -> None:
    def status(version: str) -> int:
        headers = {"Range": "bytes=0-1", "If-Range": version}
        response = client.get(video.url, headers=headers)
        read(response)
        return response.status_code

    whole = client.get(video.url)
    read(whole)
    assert status(whole["ETag"]) == 206
    assert status(whole["Last-Modified"]) == 206
    assert status('"another"') == 200
    assert status("Mon, 01 Jan 2001 00:00:00 GMT") == 200


def test_captions_are_captions_and_pictures_come_in_parts_too(
    alpha: Tenant, client: Client, settings: LazySettings
) -> None:
    with tenant_context(alpha):
        captions = create_file("loi.vtt", VTT)
    response = client.get(captions.url)
    assert response["Content-Type"].startswith("text/vtt")
    assert read(response) == VTT
    head = client.head(captions.url, headers={"Range": "bytes=0-1"})
    assert head.status_code == 200


def test_nginx_is_left_to_send_documents_once_the_view_has_agreed(
    video: Any, client: Client, alpha: Tenant, settings: LazySettings
) -> None:
    settings.MEDIA_ACCEL_PREFIX = "/protected"
    response = client.get(video.url, headers={"Range": "bytes=0-1"})
    assert response["X-Accel-Redirect"] == f"/protected/{alpha.schema_name}/{video.file.name}"
    assert response["Content-Type"] == "video/mp4"
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response.content == b""
    assert client.get("/documents/999999/phim.mp4").status_code == 404
