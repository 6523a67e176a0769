"""A .docx as a package of parts: what may come in, and a clean package made of it.

Nothing is unpacked to disk. Only parts on a list are read, each is parsed without DTDs and
entities, and what `mammoth` gets to see is a new package written here.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from sites.base.uploads import documents, names
from sites.base.uploads.archives import UNREADABLE, has_macros, incomplete

from .report import Report

MOST_XML = 12 * 1024 * 1024  # bytes of one part of text, unpacked: about 500 pages
MOST_MEDIA = 40 * 1024 * 1024  # bytes of one picture, unpacked
MOST_TOGETHER = 100 * 1024 * 1024  # bytes of everything, unpacked
MOST_PARTS = 3_000

RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"

_TEXT_PARTS = re.compile(r"word/(?:document\d*|styles|numbering|footnotes|endnotes)\.xml")
_RELATIONS = re.compile(r"word/_rels/(?:document\d*|footnotes|endnotes)\.xml\.rels")
_FRAME = ("[Content_Types].xml", "_rels/.rels")
_MEDIA = re.compile(r"word/media/[^/\\]+")
SAFE_SCHEMES = frozenset({"http", "https", "mailto"})


@dataclass
class Package:
    """The parts that count: `xml` by name, `media` by name, the title of the properties."""

    xml: dict[str, ElementTree.Element] = field(default_factory=dict)
    media: dict[str, bytes] = field(default_factory=dict)
    title: str = ""

    def relations_of(self, name: str) -> set[str]:
        """Return the ids that a part may use after `drop_relations`."""
        folder, base = posixpath.split(name)
        part = self.xml.get(f"{folder}/_rels/{base}.rels")
        return {one.get("Id", "") for one in part} if part is not None else set()

    def text_parts(self) -> list[str]:
        """Return the names of the parts that readers see."""
        texts = [name for name in self.xml if _TEXT_PARTS.fullmatch(name)]
        return [name for name in texts if not name.endswith(("/styles.xml", "/numbering.xml"))]

    def written(self) -> io.BytesIO:
        """Return a .docx with these parts and no others."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for name, root in self.xml.items():
                archive.writestr(name, ElementTree.tostring(root, "utf-8"))
            for name, data in self.media.items():
                archive.writestr(name, data)
        target.seek(0)
        return target


def check(file: File[Any]) -> None:
    """Refuse what is no .docx, with words that tell what to do.

    Raises:
        ValidationError: with the codes ``old_word``, ``macros``, ``not_word``, ``too_large`` and
            those of `documents.check`.
    """
    extension = names.split(file.name or "")[1]
    if extension in {"doc", "dot", "rtf", "odt"}:
        raise ValidationError(
            _("This is a file of an old Word or of another program (.%(extension)s). Open it in "
              "Word, choose “Save as”, type “Word document (.docx)”, and upload that."),
            code="old_word",
            params={"extension": extension},
        )  # fmt: skip
    if extension in {"docm", "dotm"}:
        raise has_macros()
    if extension != "docx":
        raise ValidationError(_("Choose a Word document: a file that ends in .docx."), "not_word")
    documents.check(file)


def opened(file: File[Any], report: Report) -> Package:
    """Return the parts of a .docx that are on the list, safely parsed.

    Raises:
        ValidationError: the file must not come in, or cannot be read.
    """
    check(file)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            package = _read(archive)
    except UNREADABLE as error:
        raise incomplete() from error
    if not package.text_parts():
        raise incomplete()
    drop_relations(package, report)
    return package


def _read(archive: zipfile.ZipFile) -> Package:
    entries = archive.infolist()
    _check_names(entries)
    if sum(entry.file_size for entry in entries) > MOST_TOGETHER:
        raise _enormous()
    package = Package()
    for entry in entries:
        name = entry.filename
        if name in _FRAME or _TEXT_PARTS.fullmatch(name) or _RELATIONS.fullmatch(name):
            package.xml[name] = _parsed(_bytes(archive, entry, MOST_XML))
        elif _MEDIA.fullmatch(name):
            package.media[name] = _bytes(archive, entry, MOST_MEDIA)
        elif name == "docProps/core.xml":
            found = _parsed(_bytes(archive, entry, MOST_XML)).findtext(f"{{{DUBLIN_CORE}}}title")
            package.title = (found or "").strip()
    return package


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse packages no word processor writes: twins of a part, and names that lead outside."""
    seen = [entry.filename for entry in entries]
    leads_out = any(name.startswith("/") or "\\" in name or ".." in name.split("/")
                    for name in seen)  # fmt: skip
    if leads_out or len(set(seen)) != len(seen) or len(seen) > MOST_PARTS:
        raise ValidationError(
            _("The file is not put together as Word does it, and may be dangerous. Open it in "
              "Word, save it again and upload the new copy."),
            code="strange",
        )  # fmt: skip


def _bytes(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    with archive.open(entry) as part:
        data = part.read(most + 1)
    if len(data) > most:
        raise _enormous()
    return data


def _enormous() -> ValidationError:
    return ValidationError(
        _("Unpacked, this file would be enormous. Such files are refused; split it or "
          "upload its parts."),
        code="bomb",
    )  # fmt: skip


def _parsed(data: bytes) -> ElementTree.Element:
    try:
        root: ElementTree.Element = fromstring(data, forbid_dtd=True)
    except (DefusedXmlException, ElementTree.ParseError, ValueError, LookupError) as error:
        raise incomplete() from error
    return root


def drop_relations(package: Package, report: Report) -> None:
    """Take out of the package every relation but to its own parts and to safe addresses."""
    kept = {*package.xml, *package.media}
    for name, root in package.xml.items():
        if not name.endswith(".rels"):
            continue
        base = posixpath.dirname(posixpath.dirname(name))
        for relation in list(root):
            if not _is_safe(relation, base, kept, report):
                root.remove(relation)
    _declare_only(package, kept)


def _is_safe(relation: ElementTree.Element, base: str, kept: set[str], report: Report) -> bool:
    kind = relation.get("Type", "").rpartition("/")[2]
    target = relation.get("Target", "")
    if relation.get("TargetMode", "").lower() == "external":
        if kind == "image":
            report.add("external_pictures")
        return kind == "hyperlink" and is_safe_address(target)
    place = target.lstrip("/") if target.startswith("/") else posixpath.join(base, target)
    return posixpath.normpath(place) in kept


def is_safe_address(address: str) -> bool:
    """Tell whether a link may stay: a web or e-mail address, written out."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return parts.scheme.lower() in SAFE_SCHEMES and bool(parts.netloc or parts.path)


def _declare_only(package: Package, kept: set[str]) -> None:
    types = package.xml.get("[Content_Types].xml")
    for override in list(types) if types is not None else []:
        part = override.get("PartName")
        if types is not None and part is not None and part.lstrip("/") not in kept:
            types.remove(override)
