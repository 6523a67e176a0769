"""Word documents for tests: honest ones by python-docx, hostile ones written by hand."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    }.items()
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    '+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/>'
    '<Default Extension="emf" ContentType="image/x-emf"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-office'
    'document.wordprocessingml.document.main+xml"/></Types>'
)


def upload(data: bytes, name: str = "van-ban.docx") -> SimpleUploadedFile:
    """Return bytes as a browser sends them."""
    return SimpleUploadedFile(name, data)


def saved(document: Any, name: str = "van-ban.docx") -> SimpleUploadedFile:
    """Return a document of python-docx as an upload."""
    target = io.BytesIO()
    document.save(target)
    return upload(target.getvalue(), name)


def relation(key: str, kind: str, target: str, *, external: bool = False) -> str:
    """Return one relation of the main part."""
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def hand_made(
    body: str, *relations: str, parts: dict[str, bytes] | None = None, prologue: str = "",
    name: str = "van-ban.docx", types: str = TYPES,
) -> SimpleUploadedFile:  # fmt: skip
    """Return a .docx whose body is this XML."""
    rels = f'<Relationships xmlns="{PACKAGE}/relationships">'
    everything: dict[str, bytes] = {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": f"{rels}{relation('r1', 'officeDocument', 'word/document.xml')}"
                       "</Relationships>".encode(),
        "word/document.xml": f"{prologue}<w:document {NAMESPACES}><w:body>{body}</w:body>"
                             "</w:document>".encode(),
        "word/_rels/document.xml.rels": f"{rels}{''.join(relations)}</Relationships>".encode(),
        **(parts or {}),
    }  # fmt: skip
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in everything.items():
            archive.writestr(part, data)
    return upload(target.getvalue(), name)


def paragraph(text: str, *, font: str = "", style: str = "", bold: bool = False) -> str:
    """Return a paragraph's XML."""
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' if font else ""
    own = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return (
        f"<w:p>{own}<w:r><w:rPr>{fonts}{'<w:b/>' if bold else ''}</w:rPr>"
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def table(*rows: list[str], borders: bool = True) -> str:
    """Return a table's XML; a cell may be XML itself."""
    side = "single" if borders else "none"
    made = "".join(
        "<w:tr>" + "".join(cell if cell.startswith("<w:tc") else
                           f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )  # fmt: skip
    sides = "".join(f'<w:{one} w:val="{side}"/>' for one in ("top", "left", "bottom", "right"))
    return f"<w:tbl><w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr>{made}</w:tbl>"


def drawing(key: str, description: str = "", *, link: bool = False) -> str:
    """Return a paragraph with the picture of a relation."""
    attribute = "link" if link else "embed"
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{description}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:blipFill><a:blip r:{attribute}="{key}"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def png(width: int = 60, height: int = 40, colour: str = "green") -> bytes:
    """Return a picture's bytes."""
    target = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(target, "PNG")
    return target.getvalue()


def spoilt(document: SimpleUploadedFile, part: str = "word/document.xml") -> SimpleUploadedFile:
    """Return a document in which the packed bytes of a part are no longer what was packed."""
    data = bytearray(document.read())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo(part)
    begin = entry.header_offset + 30 + len(entry.filename)  # behind the local header
    data[begin : begin + entry.compress_size] = b"\xff" * entry.compress_size
    return upload(bytes(data), document.name or "")


def packed_strangely(
    document: SimpleUploadedFile, part: str = "word/document.xml"
) -> SimpleUploadedFile:
    """Return a document of which a part names a way of packing that nobody knows."""
    data = bytearray(document.read())
    name = part.encode()
    for signature, method, start in ((b"PK\x03\x04", 8, 30), (b"PK\x01\x02", 10, 46)):
        place = data.find(signature)
        while data[place + start : place + start + len(name)] != name:
            place = data.index(signature, place + 1)
        data[place + method : place + method + 2] = b"\x63\x00"
    return upload(bytes(data), document.name or "")
