"""A clean package as HTML, with its pictures beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import mammoth
import nh3
from bs4 import BeautifulSoup

from . import cleaning, package
from .report import Report

PICTURE = "word-picture"  # the scheme under which HTML names a picture of the document

STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='TOC Heading'] =>
r[style-name='Strong'] => strong
u =>
strike =>
"""

ALLOWED: dict[str, set[str]] = {
    **{tag: {"id"} for tag in ("p", "li", "sup")},
    **{tag: {"class"} for tag in ("h1", "h2", "h3", "h4", "h5", "h6")},
    **{tag: set() for tag in ("strong", "em", "ul", "ol", "br", "sub", "table", "thead", "tbody",
                              "tr")},
    **{tag: {"colspan", "rowspan"} for tag in ("td", "th")},
    "a": {"href", "id"},
    "img": {"src", "alt"},
}  # fmt: skip


@dataclass(frozen=True)
class Picture:
    """A picture of the document: its bytes, and what Word knows of what it shows."""

    data: bytes
    description: str


@dataclass
class Reading:
    """What a document says."""

    html: str
    title: str
    pictures: list[Picture] = field(default_factory=list)


def read(file: Any, report: Report) -> Reading:
    """Return what a .docx says, without anything dangerous; `report` tells what is not in it.

    Raises:
        ValidationError: the file must not come in, or cannot be read.
    """
    opened = package.opened(file, report)
    reading = Reading("", opened.title)
    try:
        cleaning.clean(opened, report)
        result = mammoth.convert_to_html(
            opened.written(),
            style_map=STYLES,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(_keeper(reading.pictures)),
        )
    except Exception as error:  # the library has none of its own; nests can be too deep
        raise package.incomplete() from error
    reading.html = _harmless(result.value, report)
    return reading


def _keeper(pictures: list[Picture]) -> Any:
    """Return what mammoth calls for each picture; the HTML gets its number."""

    def keep(image: Any) -> dict[str, str]:
        with image.open() as content:
            data = content.read(package.MOST_MEDIA + 1)
        pictures.append(Picture(data, (image.alt_text or "").strip()))
        return {"src": f"{PICTURE}:{len(pictures) - 1}"}

    return keep


def _harmless(html: str, report: Report) -> str:
    """Return the HTML with known elements and safe addresses only."""
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.find_all("a", href=True):
        address = str(link["href"])
        if not address.startswith("#") and not package.is_safe_address(address):
            report.add("links")
            link.unwrap()
    return nh3.clean(
        str(soup),
        tags=set(ALLOWED),
        attributes=ALLOWED,
        url_schemes={*package.SAFE_SCHEMES, PICTURE},
        link_rel=None,
    )


def picture_number(address: str) -> int | None:
    """Return the number of the picture that an address of `PICTURE` names."""
    parts = urlsplit(address)
    return int(parts.path) if parts.scheme == PICTURE and parts.path.isdecimal() else None


__all__ = ["Picture", "Reading", "picture_number", "read"]
