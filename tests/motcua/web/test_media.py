"""How files are sent, and which are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django_tenants.utils import schema_context, tenant_context

from tenants.models import Tenant


@pytest.fixture
def client(alpha: Tenant, settings: LazySettings, tmp_path: Path) -> Client:
    """A client of alpha, whose media folder holds a picture and a document."""
    settings.MEDIA_ROOT = tmp_path / "media"
    with tenant_context(alpha):
        default_storage.save("images/a.png", ContentFile(b"png"))
        default_storage.save("documents/b.txt", ContentFile(b"txt"))
    (tmp_path / "media" / "ngoai.txt").write_text("bí mật")
    (tmp_path / "bi-mat.txt").write_text("bí mật")
    return Client(HTTP_HOST=alpha.primary_domain)


def test_file_is_stored_in_the_sites_folder(client: Client, alpha: Tenant, tmp_path: Path) -> None:
    assert (tmp_path / "media" / alpha.schema_name / "images/a.png").read_bytes() == b"png"
    with tenant_context(alpha):
        assert default_storage.exists("images/a.png")
    with schema_context("public"):
        assert not default_storage.exists("images/a.png")


def test_picture_is_sent_with_safe_headers(client: Client) -> None:
    response = client.get("/media/images/a.png")
    assert b"".join(response.streaming_content) == b"png"
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "max-age=31536000" in response["Cache-Control"]


def test_unchanged_picture_is_not_sent_again(client: Client) -> None:
    modified = client.get("/media/images/a.png")["Last-Modified"]
    again = client.get("/media/images/a.png", headers={"If-Modified-Since": modified})
    assert again.status_code == 304
    assert again["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    ["", "images/", "images", "images/b.png", "../ngoai.txt", "../../bi-mat.txt",
     "images/../../ngoai.txt", "%2e%2e/ngoai.txt", "..%2fngoai.txt", "....//ngoai.txt",
     "/etc/passwd", "//etc/passwd", "..\\ngoai.txt", ".hidden",
     "x" * 300, "x/" * 3000, "images/" + "đ" * 200 + ".png"],
)  # fmt: skip
def test_path_to_anything_else_is_not_found(path: str, client: Client) -> None:
    response = client.get(f"/media/{path}")
    assert response.status_code == 404
    assert "bí mật" not in response.content.decode()


@pytest.mark.parametrize(
    "path",
    ["documents/b.txt", "images/../documents/b.txt", "./documents/b.txt", "/documents/b.txt",
     "documents//b.txt"],
)  # fmt: skip
@pytest.mark.parametrize("accelerated", ["", "/protected"])
def test_documents_go_through_the_view_that_asks_first(
    path: str, accelerated: str, client: Client, settings: LazySettings
) -> None:
    settings.MEDIA_ACCEL_PREFIX = accelerated
    assert client.get(f"/media/{path}").status_code == 404


def test_nginx_is_told_the_sites_folder(
    client: Client, alpha: Tenant, settings: LazySettings
) -> None:
    settings.MEDIA_ACCEL_PREFIX = "/protected"
    response = client.get("/media/images/a.png")
    assert response["X-Accel-Redirect"] == f"/protected/{alpha.schema_name}/images/a.png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Content-Type" not in response
    assert response.content == b""


@pytest.mark.parametrize(
    ("asked", "told"),
    [("ảnh.png", "%E1%BA%A3nh.png"), ("a%20b.png", "a%20b.png"), ("a%3Fb.png", "a%3Fb.png"),
     ("a%25.png", "a%25.png")],
)  # fmt: skip
def test_nginx_gets_names_that_fit_into_a_header(
    asked: str, told: str, client: Client, alpha: Tenant, settings: LazySettings
) -> None:
    settings.MEDIA_ACCEL_PREFIX = "/protected"
    response = client.get(f"/media/images/{asked}")
    assert response["X-Accel-Redirect"] == f"/protected/{alpha.schema_name}/images/{told}"


def test_line_end_in_a_name_makes_no_header(client: Client, settings: LazySettings) -> None:
    settings.MEDIA_ACCEL_PREFIX = "/protected"
    response = client.get("/media/images/a%0d%0aX-Evil: 1")
    assert response.status_code == 404
    assert "X-Evil" not in response


@pytest.mark.parametrize(
    "path", ["../ngoai.txt", "images/../../ngoai.txt", "%2e%2e/x", "//etc/passwd"]
)
def test_nginx_is_never_sent_out_of_the_sites_folder(
    path: str, client: Client, alpha: Tenant, settings: LazySettings
) -> None:
    settings.MEDIA_ACCEL_PREFIX = "/protected"
    response = client.get(f"/media/{path}")
    told = response.get("X-Accel-Redirect", f"/protected/{alpha.schema_name}/")
    assert told.startswith(f"/protected/{alpha.schema_name}/")
    assert ".." not in told


def test_file_of_a_site_that_writes_twice_keeps_both(client: Client, alpha: Tenant) -> None:
    with tenant_context(alpha):
        name: Any = default_storage.save("images/a.png", ContentFile(b"other"))
    assert name != "images/a.png"
