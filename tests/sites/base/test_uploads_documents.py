"""Documents people upload: what they are decides, not what they are called."""

from __future__ import annotations

import io
import socket
import struct
import threading
import zipfile
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django_tenants.utils import tenant_context
from wagtail.models import Collection

from sites.base.models import SiteDocument
from sites.base.uploads import documents, pictures
from tenants.models import Tenant
from tests.factories import create_user
from tests.sites.media.factories import VTT, box, mp4

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The test file of the European Institute for Computer Antivirus Research, in two halves.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def packed(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP file with these entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(**more: bytes) -> bytes:
    """A Word file; further entries have ``__`` for a slash and ``_`` for a dot in their names."""
    names = {name.replace("__", "/").replace("_", "."): body for name, body in more.items()}
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", **names})


def locked() -> bytes:
    """A ZIP file whose entry says that it is encrypted."""
    data = bytearray(packed({"a.txt": b"x"}, zipfile.ZIP_STORED))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


def utf16(text: str) -> bytes:
    return text.encode("utf-16-le") + b"\0\0"


BOMB = packed({f"{n}.txt": b"\0" * 9_000_000 for n in range(4)})
ODT = packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"})

FINE = [
    (PDF, "quyet-dinh.pdf"),
    (docx(), "to-trinh.docx"),
    (packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"}), "bang.xlsx"),
    (ODT, "to-trinh.odt"),
    (OLE + b"\0" * 600, "cu.doc"),
    (b"{\\rtf1 abc}", "cu.doc"),
    (b"{\\rtf1 abc}", "cu.rtf"),
    ("tên,số\nXã,1".encode(), "so-lieu.csv"),
    ("tên,số".encode("utf-16"), "so-lieu.csv"),
    (b"MZ la ten mot thon", "ghi-chu.txt"),
    (packed({"a.pdf": PDF, "thư mục/b.csv": b"1,2"}), "goi.zip"),
    (mp4(), "phim.mp4"),
    (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm" + b"\0" * 50, "phim.webm"),
    (VTT, "loi.vtt"),
    (b"\xef\xbb\xbf" + VTT, "loi.vtt"),
]  # fmt: skip

REFUSED = [
    (b"MZ\x90\0\x03" + b"\0" * 99, "cong-van.pdf", "program"),
    (b"\x7fELF\x02\x01\x01\0", "cong-van.docx", "program"),
    (b"#!/bin/sh\nrm -rf /", "ghi-chu.txt", "program"),
    (b"<!DOCTYPE html><script>alert(1)</script>", "trang.pdf", "markup"),
    (b"<html><script>alert(1)</script>\n%PDF-1.7 %%EOF", "hai-mat.pdf", "markup"),
    (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "ve.txt", "markup"),
    (b"<script>alert(1)</script>", "so-lieu.csv", "markup"),
    ("<html>".encode("utf-16"), "ghi-chu.txt", "markup"),
    (b"GIF89a/*%PDF-1.7 %%EOF*/", "anh.pdf", "wrong_content"),
    (packed({"a.txt": b"x"}), "goi.pdf", "wrong_content"),
    (packed({"a.txt": b"x"}), "goi.docx", "wrong_content"),
    (docx(), "thuc-ra-la-word.xlsx", "wrong_content"),
    (ODT, "chu.ods", "wrong_content"),
    (PDF, "khong-phai.docx", "wrong_content"),
    (b"\0\x01\x02\x03" * 9, "nhi-phan.csv", "wrong_content"),
    (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska" + b"\0" * 300, "phim.webm", "wrong_content"),
    (b"not captions", "loi.vtt", "wrong_content"),
    (b"WEBVTT\n\nnothing", "loi.vtt", "captions"),
    (PDF[:20], "cut.pdf", "truncated"),
    (docx()[:-30], "cut.docx", "truncated"),
    (mp4()[:-500], "cut.mp4", "truncated"),
    (box(b"ftyp", b"isom") + box(b"mdat", b"x"), "khong-muc-luc.mp4", "truncated"),
    (docx(word__vbaProject_bin=b"x"), "macro.docx", "macros"),
    (packed({"[Content_Types].xml": b"<x ContentType='application/vnd.ms-word.document."
             b"macroEnabled.main+xml'/>", "word/document.xml": b""}), "macro.docx", "macros"),
    (packed({"mimetype": b"application/vnd.oasis.opendocument.text", "Basic/script.xml": b""}),
     "macro.odt", "macros"),
    (OLE + b"\0" * 600 + utf16("_VBA_PROJECT"), "macro.xls", "macros"),
    (b"x", "macro.docm", "extension"),
    (b"x", "chay.exe", "extension"),
    (b"x", "ve.svg", "extension"),
    (b"x", "khong-duoi", "extension"),
    (BOMB, "bom.zip", "bomb"),
    (docx(word__media__x_xml=b"\0" * 30_000_000), "bom.docx", "bomb"),
    (packed({"trong.zip": b"PK"}), "long.zip", "bomb"),
    (packed({"chay.exe": b"x"}), "goi.zip", "program"),
    (packed({"../../thoat.txt": b"x"}), "goi.zip", "program"),
    (locked(), "khoa.zip", "locked"),
    (b"", "rong.pdf", "empty"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "name"), FINE, ids=[name for _data, name in FINE])
def test_what_is_what_it_says_is_let_in(data: bytes, name: str) -> None:
    documents.check(SimpleUploadedFile(name, data))


@pytest.mark.parametrize(
    ("data", "name", "code"), REFUSED, ids=[f"{name}-{code}" for _data, name, code in REFUSED]
)
def test_what_is_not_is_refused_with_a_reason(data: bytes, name: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        documents.check(SimpleUploadedFile(name, data))
    assert caught.value.code == code
    assert len(caught.value.messages[0]) > 20


def test_20_mb_are_the_limit_and_videos_have_their_own(settings: LazySettings) -> None:
    assert (settings.MOTCUA_UPLOAD_LIMIT, settings.MOTCUA_VIDEO_LIMIT) == (20 << 20, 500 << 20)
    settings.MOTCUA_UPLOAD_LIMIT = len(PDF)
    documents.check(SimpleUploadedFile("a.pdf", PDF))
    with pytest.raises(ValidationError) as caught:
        documents.check(SimpleUploadedFile("a.pdf", b" " + PDF))
    assert caught.value.code == "too_large"
    documents.check(SimpleUploadedFile("a.mp4", mp4()))
    settings.MOTCUA_VIDEO_LIMIT = len(mp4()) - 1
    with pytest.raises(ValidationError) as caught:
        documents.check(SimpleUploadedFile("a.mp4", mp4()))
    assert caught.value.code == "too_large"


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("../../etc/Quyết định số 12.pdf", "quyet-dinh-so-12"),
        ("C:\\Tài liệu\\Kế hoạch.PDF", "ke-hoach"),
        ("Ke\u0302\u0301 hoa\u0323ch.pdf", "ke-hoach"),  # NFD
        ("a\x00b.exe.pdf", "ab-exe"),
        ("\u202efdp.exe.pdf", "fdp-exe"),
        ("NUL.pdf", "tep-nul"),
        ("Báo cáo " * 60 + ".pdf", "bao-cao-bao-cao"),
        (".pdf", "tep"),
    ],
)
def test_a_stored_document_has_a_safe_name_and_keeps_its_title(
    name: str, stored: str, here: Tenant
) -> None:
    file = SiteDocument(title="Ke\u0302\u0301 hoa\u0323ch\u202e 2026")
    file.file.save(name, ContentFile(PDF, name="x"), save=False)
    file.save()
    assert file.file.name.startswith(f"documents/{stored}")
    assert file.file.name.endswith(".pdf")
    assert file.file.name.isascii()
    assert len(file.file.name) <= 100
    assert file.title == "Kế hoạch 2026"


def test_the_admin_refuses_with_a_reason_and_keeps_what_was_typed(
    here: Tenant, browse: Any
) -> None:
    client = browse(here, user=create_user(superuser=True))
    root = str(Collection.get_first_root_node().pk)
    for path, field in {
        "/admin/documents/add/": "",
        "/admin/documents/chooser/create/": "document-chooser-upload-",
    }.items():
        macros = SimpleUploadedFile("x.docx", docx(word__vbaProject_bin=b"x"))
        words = {"title": "Kế hoạch năm 2026", "tags": "", "collection": root, "file": macros}
        form = {f"{field}{key}": value for key, value in words.items()}
        answer = client.post(path, form)
        text = answer.json()["htmlFragment"] if field else answer.content.decode()
        assert "macro" in text
        assert "Kế hoạch năm 2026" in text
    many = {"files[]": SimpleUploadedFile("x.pdf", b"MZ\0\0"), "title": "x", "collection": root}
    refused = client.post("/admin/documents/multiple/add/", many).json()
    assert refused["success"] is False
    with tenant_context(here):
        assert not SiteDocument.objects.exists()
        with pytest.raises(ValidationError):  # no way around the forms either
            SiteDocument.objects.create(title="x", file=ContentFile(b"MZ\0\0", name="x.pdf"))


def test_more_than_any_file_may_have_is_counted_but_not_kept(
    here: Tenant, browse: Any, settings: LazySettings
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    settings.MOTCUA_VIDEO_LIMIT = settings.MOTCUA_UPLOAD_LIMIT = 1000
    client = browse(here, user=create_user(superuser=True))
    form = {"title": "Phim", "tags": "", "collection": Collection.get_first_root_node().pk,
            "file": SimpleUploadedFile("phim.mp4", mp4(300_000))}  # fmt: skip
    errors = client.post("/admin/documents/add/", form).context["form"].errors["file"]
    assert "293" in errors[0]  # kB, the size it would have had


def find_eicar(file: Any) -> str:
    """A scanner that knows one thing."""
    return "Eicar-Test-Signature" if EICAR in file.read() else ""


def broken(_file: Any) -> str:
    raise ConnectionRefusedError


def test_the_operator_s_scanner_has_the_last_word(settings: LazySettings) -> None:
    evil = SimpleUploadedFile("a.txt", EICAR)
    documents.check(SimpleUploadedFile("a.txt", EICAR))
    settings.MOTCUA_UPLOAD_SCANNER = f"{__name__}.find_eicar"
    with pytest.raises(ValidationError) as caught:
        documents.check(evil)
    assert caught.value.code == "malware"
    assert "Eicar-Test-Signature" in caught.value.messages[0]
    documents.check(SimpleUploadedFile("b.txt", b"an lanh"))
    settings.MOTCUA_UPLOAD_SCANNER = f"{__name__}.broken"
    with pytest.raises(ValidationError) as caught:
        documents.check(SimpleUploadedFile("c.txt", b"an lanh"))
    assert caught.value.code == "not_scanned"
    picture = SimpleUploadedFile("a.gif", b"GIF89a\x01\0\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\0;")
    with pytest.raises(ValidationError) as caught:
        pictures.clean(picture)
    assert caught.value.code == "not_scanned"


def answer_as_clamd(server: socket.socket, count: int) -> None:
    """Speak the daemon's INSTREAM to ``count`` clients (clamd(8))."""
    for _ in range(count):
        wire, _address = server.accept()
        with wire, wire.makefile("rb") as said:
            assert said.read(10) == b"zINSTREAM\0"
            data = b""
            while length := struct.unpack("!L", said.read(4))[0]:
                data += said.read(length)
            found = b"Eicar-Test-Signature FOUND" if EICAR in data else b"OK"
            wire.sendall(b"stream: " + found + b"\0")


def test_clamav_is_asked_over_its_socket(settings: LazySettings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.MOTCUA_CLAMD = f"127.0.0.1:{server.getsockname()[1]}"
        settings.MOTCUA_UPLOAD_SCANNER = "sites.base.uploads.scanning.clamd"
        daemon = threading.Thread(target=answer_as_clamd, args=(server, 2), daemon=True)
        daemon.start()
        documents.check(SimpleUploadedFile("a.txt", b"x" * 200_000))
        with pytest.raises(ValidationError) as caught:
            documents.check(SimpleUploadedFile("b.txt", b"x" * 100_000 + EICAR))
        assert caught.value.code == "malware"
        daemon.join(5)
    with pytest.raises(ValidationError) as caught:
        documents.check(SimpleUploadedFile("c.txt", b"x"))  # nobody listens any more
    assert caught.value.code == "not_scanned"
