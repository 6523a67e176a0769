"""Takes out of Word's XML (ECMA-376, part 1) what is dangerous, hidden, or meant for paper."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from xml.etree import ElementTree

from motcua.text.folding import fold

from .fonts import Fonts
from .package import Package
from .report import Report

Element = ElementTree.Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
V = "{urn:schemas-microsoft-com:vml}"

# Elements that go with everything in them, and under which code that is told ("": not at all).
DROPPED = {
    f"{W}object": "objects",
    f"{W}control": "objects",
    f"{W}altChunk": "objects",
    f"{W}subDoc": "objects",
    f"{W}del": "deletions",
    f"{W}moveFrom": "deletions",
    f"{W}commentReference": "comments",
    f"{W}annotationRef": "",
    f"{W}delInstrText": "",
}
_CONTENTS_STYLE = re.compile(r"TOC\d*(Heading)?$|TableofFigures$", re.IGNORECASE)
# What tables without borders hold in official letters (decree 30/2020/NĐ-CP, annex I).
_LETTER = re.compile(r"cong hoa xa hoi chu nghia|doc lap *[-–] *tu do|noi nhan *:")
_OFF = {"0", "false", "off", "none", "nil"}


def clean(package: Package, report: Report) -> None:
    """Change the parts of a package in place; `report` counts what went."""
    fonts = Fonts(package.xml.get("word/styles.xml"))
    for name in package.text_parts():
        root = package.xml[name]
        _Cleaner(package.relations_of(name), fonts, report).clean(root)
        body = root.find(f"{W}body")
        if body is not None:
            _flatten_layout_tables(body, report)


class _Cleaner:
    """Walks through one part. `relations` are the ids that still lead somewhere."""

    def __init__(self, relations: set[str], fonts: Fonts, report: Report) -> None:
        self.relations, self.fonts, self.report = relations, fonts, report
        self.style = ""  # of the paragraph that is being cleaned
        self.special: dict[str, Callable[[Element], Element | list[Element] | None]] = {
            f"{MC}AlternateContent": self.alternative,
            f"{W}sdt": self.control,
            f"{W}r": self.run,
            f"{W}p": self.paragraph,
            f"{W}fldSimple": self.field,
            f"{W}instrText": self.instruction,
            f"{W}hyperlink": self.link,
            f"{W}drawing": self.drawing,
            f"{V}imagedata": self.old_picture,
            f"{M}oMath": self.formula,
        }

    def clean(self, parent: Element) -> None:
        """Clean what is below an element."""
        parent[:] = [kept for child in list(parent) for kept in self.kept(child)]

    def kept(self, element: Element) -> list[Element]:
        """Return what stands in an element's place."""
        if element.tag in DROPPED:
            if DROPPED[element.tag]:
                self.report.add(DROPPED[element.tag])
            return []
        if element.tag in {f"{W}pPr", f"{W}rPr", f"{W}tblPr", f"{W}trPr", f"{W}tcPr"}:
            return [element]
        special = self.special.get(element.tag)
        if special is None:
            self.clean(element)
            return [element]
        result = special(element)
        return result if isinstance(result, list) else [result] if result is not None else []

    def alternative(self, element: Element) -> list[Element]:
        """Choose one of several ways to say the same: the plain one, which readers of all ages
        understand."""
        fallback = element.find(f"{MC}Fallback")
        chosen = fallback if fallback is not None and len(fallback) else element.find(f"{MC}Choice")
        return [kept for child in list(chosen if chosen is not None else ())
                for kept in self.kept(child)]  # fmt: skip

    def control(self, element: Element) -> Element | None:
        """Drop a table of contents: it has page numbers, and the web has none."""
        gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        if gallery is not None and "contents" in gallery.get(f"{W}val", "").lower():
            self.report.add("contents", len(list(element.iter(f"{W}p"))))
            return None
        self.clean(element)
        return element

    def paragraph(self, element: Element) -> Element | None:
        """Drop a line of a table of contents; clean any other paragraph."""
        style = _value(element, f"{W}pPr/{W}pStyle")
        if _CONTENTS_STYLE.match(style.replace(" ", "")):
            self.report.add("contents")
            return None
        before, self.style = self.style, style
        self.clean(element)
        self.style = before
        return element

    def run(self, element: Element) -> Element | None:
        """Drop hidden text; put text in old fonts into Unicode."""
        hidden = element.find(f"{W}rPr/{W}vanish")
        if hidden is not None and hidden.get(f"{W}val", "1").lower() not in _OFF:
            self.report.add("hidden")
            return None
        font = self.fonts.of(element, self.style)
        if font:
            self._to_unicode(element, font)
        for text in element.findall(f"{W}t"):
            text.text = _plain(text.text or "")
        self.clean(element)
        return element

    def _to_unicode(self, element: Element, font: str) -> None:
        # Word writes the letter “ư” of TCVN3, byte AD, as a soft hyphen.
        for hyphen in element.findall(f"{W}softHyphen"):
            hyphen.tag, hyphen.text = f"{W}t", "\u00ad"
        changed = False
        for text in element.findall(f"{W}t"):
            before = text.text or ""
            text.text = self.fonts.to_unicode(before, font)
            changed = changed or text.text != before
        if changed:
            self.report.add(self.fonts.encoding_of(font))

    def field(self, element: Element) -> list[Element]:
        """Keep what a field shows."""
        self.report.add("fields")
        return [kept for child in list(element) for kept in self.kept(child)]

    def instruction(self, element: Element) -> Element | None:
        """Keep the instruction of a link; others would fetch or compute something."""
        word = (element.text or "").strip().split(" ")[0].upper()
        if word == "HYPERLINK":
            return element
        if word not in {"", "PAGEREF", "TOC", "PAGE"}:
            self.report.add("fields")
        return None

    def link(self, element: Element) -> Element:
        """Take away an address that leads somewhere unsafe; its words stay."""
        relation = element.get(f"{R}id")
        if relation is not None and relation not in self.relations:
            self.report.add("links")
            del element.attrib[f"{R}id"]
        self.clean(element)
        return element

    def drawing(self, element: Element) -> Element | None:
        """Keep pictures of the file itself; charts and diagrams are programs' data."""
        blips = list(element.iter(f"{A}blip"))
        for blip in blips:
            blip.attrib.pop(f"{R}link", None)
        if not blips:
            data = element.find(f".//{A}graphicData")
            if data is not None and not data.get("uri", "").endswith(("Shape", "Group", "Canvas")):
                self.report.add("drawings")
                return None
        elif any(blip.get(f"{R}embed") not in self.relations for blip in blips):
            return None
        for link in [*element.iter(f"{A}hlinkClick"), *element.iter(f"{A}hlinkHover")]:
            link.attrib.pop(f"{R}id", None)
        self.clean(element)
        return element

    def old_picture(self, element: Element) -> Element | None:
        """Keep a picture of Word 2007's kind if it is in the file."""
        return element if element.get(f"{R}id") in self.relations else None

    def formula(self, element: Element) -> Element:
        """Make a run of a formula's letters."""
        self.report.add("formulas")
        run = ElementTree.Element(f"{W}r")
        words = "".join(part.text or "" for part in element.iter(f"{M}t"))
        ElementTree.SubElement(run, f"{W}t").text = words
        return run


def _plain(text: str) -> str:
    """Compose letters, make common spaces of hard ones; what has no width goes."""
    text = unicodedata.normalize("NFC", text.replace("\u00a0", " ").replace("\u202f", " "))
    return re.sub("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]", "", text)


def _value(element: Element, path: str) -> str:
    found = element.find(path)
    return found.get(f"{W}val", "") if found is not None else ""


def _flatten_layout_tables(body: Element, report: Report) -> None:
    for table in body.findall(f"{W}tbl"):
        if not _is_layout(table):
            continue
        place = list(body).index(table)
        body.remove(table)
        cells = [cell for row in table.findall(f"{W}tr") for cell in row.findall(f"{W}tc")]
        inside = [one for cell in cells for one in cell if one.tag in {f"{W}p", f"{W}tbl"}]
        for one in reversed(inside):
            body.insert(place, one)
        report.add("layout_tables")


def _is_layout(table: Element) -> bool:
    """Tell whether a table only puts text side by side, as letterheads and signatures do."""
    widths = {len(row.findall(f"{W}tc")) for row in table.findall(f"{W}tr")}
    if widths == {1} and len(table.findall(f"{W}tr")) == 1:
        return True
    if max(widths, default=0) > 2:
        return False
    words = fold("".join(part.text or "" for part in table.iter(f"{W}t")))
    return bool(_LETTER.search(words)) or not _has_borders(table)


def _has_borders(table: Element) -> bool:
    properties = table.find(f"{W}tblPr")
    if properties is None:
        return False
    style = _value(properties, f"{W}tblStyle")
    borders = properties.find(f"{W}tblBorders")
    own = [*(borders if borders is not None else ()),
           *(side for cell in table.iter(f"{W}tcBorders") for side in cell)]  # fmt: skip
    if any(side.get(f"{W}val", "single").lower() not in _OFF for side in own):
        return True
    return borders is None and style not in {"", "TableNormal", "NormalTable"}
