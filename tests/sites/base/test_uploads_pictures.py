"""Pictures people upload: decoded, refused with a reason, or kept as nothing but a picture."""

from __future__ import annotations

import io
import re
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django_tenants.utils import tenant_context
from PIL import Image
from wagtail.images.forms import get_image_form
from wagtail.models import Collection, UploadedFile

from sites.base.models import SiteImage
from sites.base.uploads import pictures
from sites.base.uploads.forms import SiteImageForm
from tenants.models import Tenant
from tests.factories import create_user

SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
GPS = 0x8825


def encoded(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    """A picture, red on its left half."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def located(orientation: int = 6) -> bytes:
    """The Exif of a telephone: where, and lying on its side."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Telephone 0123456789"
    exif[GPS] = {1: "N", 2: (10.0, 21.0, 0.0), 3: "E", 4: (106.0, 21.0, 0.0)}
    return exif.tobytes()


def png_bomb(side: int = 30_000) -> bytes:
    """A PNG of a few kB that would fill gigabytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + crc

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (side // 8 + 1) * 100)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows)
            + chunk(b"IEND", b""))  # fmt: skip


def webp_bomb() -> bytes:
    """A WebP whose canvas has 268 million pixels."""
    body = b"\x02\0\0\0" + (16382).to_bytes(3, "little") * 2
    inside = b"WEBPVP8X" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(inside)) + inside


def gif(frames: int, size: tuple[int, int]) -> bytes:
    buffer = io.BytesIO()
    images = [
        Image.new("RGB", size, (number % 256, number // 256 * 99, 0)) for number in range(frames)
    ]
    images[0].save(buffer, "GIF", save_all=True, append_images=images[1:])
    return buffer.getvalue()


def refusal(data: bytes, name: str) -> str:
    """Return the code with which a picture is refused."""
    with pytest.raises(ValidationError) as caught:
        pictures.clean(SimpleUploadedFile(name, data))
    return str(caught.value.code)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (SVG, "ve.svg", "svg"),
        (SVG, "ve.png", "svg"),
        (b"\xef\xbb\xbf  <SVG onload=alert(1)>", "ve.jpg", "svg"),
        (b"<html><script>alert(1)</script>", "anh.png", "not_a_picture"),
        (b"MZ\x90\0" + b"\0" * 60, "anh.jpg", "not_a_picture"),
        (b"%PDF-1.7 %%EOF", "anh.jpg", "not_a_picture"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "anh.heic", "heif"),
        (b"", "anh.png", "empty"),
        (encoded()[:300], "cut.jpg", "truncated"),
        (encoded("PNG")[:-30], "cut.png", "truncated"),
        (encoded("WEBP")[:-30], "cut.webp", "truncated"),
        (encoded("GIF")[:30], "cut.gif", "truncated"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "x.png", "truncated"),
        (png_bomb(), "bomb.png", "too_many_pixels"),
        (png_bomb(7_100), "gross.png", "too_many_pixels"),
        (webp_bomb(), "bomb.webp", "too_many_pixels"),
        (gif(60, (1000, 900)), "bomb.gif", "too_many_pixels"),
        (gif(600, (2, 2)), "viele.gif", "too_many_pixels"),
    ],
)  # fmt: skip
def test_what_is_no_safe_picture_is_refused(data: bytes, name: str, code: str) -> None:
    assert refusal(data, name) == code


def test_a_picture_of_20_mb_is_let_in_and_one_byte_more_is_not(settings: LazySettings) -> None:
    assert settings.MOTCUA_UPLOAD_LIMIT == 20 * 1024 * 1024
    picture = encoded("PNG")
    settings.MOTCUA_UPLOAD_LIMIT = len(picture)
    assert pictures.clean(SimpleUploadedFile("a.png", picture)).size
    assert refusal(picture + b"\0", "a.png") == "too_large"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_a_polyglot_is_stored_without_its_other_half(kind: str) -> None:
    script = b"*/=1;alert('evil')//<script>alert('evil')</script>PK\x05\x06" + b"\0" * 18
    comment = {"comment": b"/*evil*/"} if kind in {"JPEG", "GIF"} else {}
    stored = pictures.clean(SimpleUploadedFile("a.gif", encoded(kind, **comment) + script)).read()
    assert b"evil" not in stored
    assert b"PK\x05\x06" not in stored
    with Image.open(io.BytesIO(stored)) as image:
        assert (image.format, image.size) == (kind, (60, 40))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_the_place_is_forgotten_and_the_picture_stands_upright(kind: str, orientation: int) -> None:
    data = encoded(kind, exif=located(orientation))
    with Image.open(io.BytesIO(data)) as image:
        assert image.getexif().get_ifd(GPS)
    stored = pictures.clean(SimpleUploadedFile("a.jpg", data)).read()
    assert b"Telephone" not in stored
    with Image.open(io.BytesIO(stored)) as image:
        assert not image.getexif()
        assert image.size == ((60, 40) if orientation == 1 else (40, 60))
        top_left = image.convert("RGB").getpixel((3, 3))
        assert isinstance(top_left, tuple)
        assert top_left[0] > 200  # red is left, turned by a quarter red is on top
        assert top_left[2] < 60


def test_an_animation_keeps_its_frames_and_a_profile_its_colours() -> None:
    moving = pictures.clean(SimpleUploadedFile("a.gif", gif(3, (20, 20)))).read()
    with Image.open(io.BytesIO(moving)) as image:
        assert getattr(image, "n_frames", 1) == 3
    profile = b"\0\0\0\x0cprofile"
    with Image.open(io.BytesIO(
        pictures.clean(SimpleUploadedFile("a.jpg", encoded(icc_profile=profile))).read()
    )) as image:  # fmt: skip
        assert image.info["icc_profile"] == profile


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("../../x.png", "x"),
        ("..\\..\\x.png", "x"),
        ("Chợ nổi Cái Bè.JPG", "cho-noi-cai-be"),
        ("Cho\u031b\u0323 no\u0302\u0309i.png", "cho-noi"),  # NFD
        ("anh\x00.php.png", "anh-php"),
        ("\u202egnp.exe.png", "gnp-exe"),
        ("CON.png", "tep-con"),
        ("đ" * 250 + ".png", "d" * 60),
        ("...png", "tep"),
        ("图.png", "tep"),
    ],
)
def test_a_stored_picture_has_a_safe_name(name: str, stored: str, here: Tenant) -> None:
    image = SiteImage(title=name[:255])
    image.file.save(name, ContentFile(encoded(), name="x.png"), save=False)
    folder, _slash, file = image.file.name.rpartition("/")
    assert folder == "original_images"
    # What it is, not what it was called; a second one of the name gets a suffix.
    assert file.startswith(stored)
    assert re.fullmatch(r"[a-z0-9-]+(_\w{7})?\.jpg", file)
    assert Path(image.file.path).is_file()
    assert (image.width, image.height) == (60, 40)


def test_a_form_says_what_is_wrong_and_keeps_what_was_typed(here: Tenant, browse: Any) -> None:
    client = browse(here, user=create_user(superuser=True))
    root = Collection.get_first_root_node()
    words = {"title": "Cho\u031b\u0323 no\u0302\u0309i", "description": "Ghe thuyền trên sông",
             "caption": "Chú thích", "tags": "", "collection": str(root.pk)}  # fmt: skip
    for path, field in (("/admin/images/add/", ""),
                        ("/admin/images/chooser/create/", "image-chooser-upload-")):  # fmt: skip
        form = {f"{field}{key}": value for key, value in words.items()}
        upload = {f"{field}file": SimpleUploadedFile("ve.png", SVG)}
        answer = client.post(path, {**form, **upload})
        text = answer.json()["htmlFragment"] if field else answer.content.decode()
        assert "SVG" in text
        assert "Ghe thuyền trên sông" in text
    with tenant_context(here):
        assert not SiteImage.objects.exists()
    upload = {"file": SimpleUploadedFile("../../Chợ.png", encoded())}
    assert client.post("/admin/images/add/", {**words, **upload}).status_code == 302
    with tenant_context(here):
        image = SiteImage.objects.get()
        assert image.title == "Chợ nổi"
        assert re.fullmatch(r"original_images/cho(_\w{7})?\.jpg", image.file.name)
        assert image.file_size == image.file.size


def test_many_at_once_wait_for_their_words_and_are_clean_after(here: Tenant, browse: Any) -> None:
    client = browse(here, user=create_user(superuser=True))
    root = str(Collection.get_first_root_node().pk)
    bad = {"files[]": SimpleUploadedFile("ve.png", SVG), "title": "Vẽ", "collection": root}
    refused = client.post("/admin/images/multiple/add/", bad).json()
    assert refused["success"] is False
    assert "SVG" in refused["error_message"]

    photo = SimpleUploadedFile("ảnh chợ.jpg", encoded(exif=located()))
    form = {"files[]": photo, "title": "Chợ", "collection": root}
    waiting = client.post("/admin/images/multiple/add/", form).json()
    assert waiting["success"] is True
    with tenant_context(here):
        raw = UploadedFile.objects.get(pk=waiting["uploaded_file_id"])
    assert browse(here).get(f"/media/{raw.file.name}").status_code == 404  # nobody's yet
    number = raw.pk
    words = {"title": "Chợ", "description": "Chợ nổi buổi sáng", "tags": "", "collection": root}
    saved = client.post(f"/admin/images/multiple/create_from_uploaded_image/{number}/",
                        {f"uploaded-image-{number}-{key}": value for key, value in words.items()}
                        ).json()  # fmt: skip
    assert saved["success"] is True
    with tenant_context(here):
        image = SiteImage.objects.get()
        assert (image.width, image.height) == (40, 60)
        with image.file.open() as file:
            assert b"Telephone" not in file.read()


@pytest.mark.parametrize(
    ("text", "decorative", "fine"),
    [
        ("Nông dân thu hoạch thanh long ở Chợ Gạo", False, True),
        ("Chợ nổi", False, True),
        ("", True, True),
        ("", False, False),
        ("ảnh", False, False),
        ("Hình  ảnh", False, False),
        ("Ảnh minh hoạ", False, False),
        ("IMG_2041.JPG", False, False),
        ("DSC 00121", False, False),
        ("cho-noi", False, False),  # the file's own name
        ("123", False, False),
    ],
)
def test_the_alternative_text_must_say_something(
    text: str, decorative: bool, fine: bool, here: Tenant
) -> None:
    data = {"title": "Ảnh", "description": text, "collection": Collection.get_first_root_node().pk}
    if decorative:
        data["is_decorative"] = "on"
    form_class = get_image_form(SiteImage)
    assert issubclass(form_class, SiteImageForm)
    file = SimpleUploadedFile("cho-noi.png" if text == "cho-noi" else "a.png", encoded())
    form = form_class(data, {"file": file}, user=create_user(superuser=True))
    assert form.is_valid() is fine, form.errors
    assert ("description" in form.errors) is not fine


def test_a_decorative_picture_has_an_empty_text_and_an_old_one_is_flagged(here: Tenant) -> None:
    def kept(**fields: Any) -> SiteImage:
        return SiteImage.objects.create(file=ContentFile(encoded(), name="a.jpg"), **fields)

    decorative = kept(title="Hoa văn", is_decorative=True)
    described = kept(title="x", description="Chợ nổi")
    old, camera = kept(title="Lễ khởi công"), kept(title="IMG_0001.jpg")
    assert [image.default_alt_text for image in (decorative, described, old, camera)] == [
        "", "Chợ nổi", "Lễ khởi công", "",
    ]  # fmt: skip
    assert set(SiteImage.objects.without_alt_text()) == {old, camera}
    assert SiteImage.objects.get(pk=decorative.pk).get_rendition("max-9x9").alt == ""
