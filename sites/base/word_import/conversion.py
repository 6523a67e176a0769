"""HTML of a document as blocks of a page's body.

The values are those that the database keeps (raw). Nothing here knows of files or the database:
the caller says which image a picture became.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from motcua.text.folding import fold

from .legacy_fonts import looks_garbled
from .reading import picture_number
from .report import Report

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SHORT_ABSTRACT, LONG_ABSTRACT = 30, 300  # characters of a first paragraph that sums up
LONGEST_HEADING = 200  # characters; a bold line above that is a paragraph
LONGEST_TITLE = 255

# Headings of official texts (decree 30/2020/NĐ-CP, annex I), folded; they are rarely styled.
_UPPER_HEADING = re.compile(r"(phan|chuong|phu luc) +([ivxlc]+|\d+|thu )\b|[ivx]+ *[.\-/] *\S")
_LOWER_HEADING = re.compile(r"(muc|tieu muc|dieu) +([ivxlc]+|\d+)\b")
_DASH = re.compile(r"^\s*[-–—•+*]\s+")
_RAISED = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")

Block = tuple[str, Any]
ImageOf = Callable[[int], Any]  # the image that a picture became, or None if it was dropped


@dataclass
class Converted:
    """A document as a page: its title ("" if it names none), abstract and body."""

    title: str = ""
    abstract: str = ""
    blocks: list[Block] = field(default_factory=list)


def convert(html: str, image_of: ImageOf, report: Report) -> Converted:
    """Return title, abstract and blocks; `report` tells what could not stay as it was.

    Args:
        html: of `reading.read`.
        image_of: gives the image for a picture's number.
        report: is added to.
    """
    soup = BeautifulSoup(html, "html.parser")
    _notes_as_text(soup, report)
    _raise_and_lower(soup)
    report.add("garbled", sum(looks_garbled(one.get_text()) for one in soup.find_all("p")))
    if not soup.select("h1:not(.title), h2, h3, h4, h5, h6"):
        _find_headings(soup, report)
    title = _take_title(soup)
    _level_headings(soup, report)
    _dashes_as_lists(soup, report)
    _align_lists(soup)
    abstract = _take_abstract(soup)
    blocks = list(_joined(_Blocks(image_of, report).of(soup)))
    return Converted(title[:LONGEST_TITLE], abstract, blocks)


def _notes_as_text(soup: BeautifulSoup, report: Report) -> None:
    """Make “[1]” of a reference, and paragraphs that begin so of the notes themselves."""
    notes = soup.find_all("li", id=re.compile(r"^(foot|end)note-"))
    for place, note in enumerate(notes, 1):
        for back in note.find_all("a", href=re.compile(r"^#(foot|end)note-ref-")):
            back.decompose()
        text = note.get_text(" ", strip=True)
        paragraph = soup.new_tag("p")
        paragraph.string = f"[{place}] {text}"
        soup.append(paragraph)
    report.add("footnotes", len(notes))
    for note in notes:
        parent = note.parent
        note.decompose()
        if parent is not None and not parent.find("li"):
            parent.decompose()
    for mark in soup.find_all("a", href=re.compile("^#")):
        mark.unwrap()
    for mark in soup.find_all("sup"):
        if re.fullmatch(r"\[\d+\]", mark.get_text(strip=True)):
            mark.unwrap()


def _raise_and_lower(soup: BeautifulSoup) -> None:
    """Keep “m²” and “CO₂”, which a body's text has no mark-up for."""
    for mark in soup.find_all(["sup", "sub"]):
        text = mark.get_text()
        table = _RAISED if mark.name == "sup" else _LOWERED
        shown = text.translate(table)
        mark.replace_with(shown if all(ord(char) in table for char in text) else text)


def _find_headings(soup: BeautifulSoup, report: Report) -> None:
    """Make headings of bold lines that begin as chapters and articles do."""
    lines = [one for one in soup.find_all("p", recursive=False) if _is_bold(one)]
    folded = [(one, fold(one.get_text(" ", strip=True))) for one in lines]
    upper = [one for one, words in folded if _UPPER_HEADING.match(words)]
    lower = [one for one, words in folded if _LOWER_HEADING.match(words)]
    for one in upper:
        one.name = "h2"
    for one in lower:
        one.name = "h3" if upper else "h2"
    report.add("headings_found", len(upper) + len(lower))


def _is_bold(paragraph: Tag) -> bool:
    text = paragraph.get_text(strip=True)
    bold = "".join(one.get_text(strip=True) for one in paragraph.find_all("strong"))
    return bool(text) and len(text) <= LONGEST_HEADING and text == bold


def _take_title(soup: BeautifulSoup) -> str:
    """Take the title out of the text: of the style Title, else the only heading of level 1."""
    titles = soup.find_all("h1", class_="title")
    firsts = soup.find_all("h1")
    found = titles[0] if titles else firsts[0] if len(firsts) == 1 else None
    if found is None or found.find("img"):
        return ""
    text = _words(found)
    found.decompose()
    return text


def _words(element: Tag) -> str:
    for line in element.find_all("br"):
        line.replace_with(" ")
    return " ".join(element.get_text().split())


def _level_headings(soup: BeautifulSoup, report: Report) -> None:
    """Put headings on the levels 2 and 3, in order: the first one is of level 2."""
    found = soup.find_all(HEADINGS)
    levels = sorted({int(one.name[1]) for one in found})
    seen_upper = False
    for one in found:
        if not one.get_text(strip=True) and not one.find("img"):
            one.decompose()
            continue
        level = "h2" if one.name == f"h{levels[0]}" or not seen_upper else "h3"
        is_squeezed = int(one.name[1]) - levels[0] != int(level[1]) - 2
        report.add("headings_shifted", int(is_squeezed))
        one.name, one.attrs, seen_upper = level, {}, True
        for mark in one.find_all(["strong", "em"]):
            mark.unwrap()


def _dashes_as_lists(soup: BeautifulSoup, report: Report) -> None:
    """Make a list of paragraphs in a row that begin with a dash."""
    for first in soup.find_all("p", recursive=False):
        if first.parent is None or not _dashed(first):
            continue
        items = [first, *_following(first)]
        if len(items) < 2:
            continue
        block = soup.new_tag("ul")
        first.insert_before(block)
        for item in items:
            _undash(item)
            item.name = "li"
            block.append(item.extract())
        report.add("dashes")


def _following(first: Tag) -> list[Tag]:
    found, one = [], first.find_next_sibling()
    while isinstance(one, Tag) and one.name == "p" and _dashed(one):
        found.append(one)
        one = one.find_next_sibling()
    return found


def _dashed(paragraph: Tag) -> bool:
    return bool(_DASH.match(paragraph.get_text())) and not paragraph.find("img")


def _undash(paragraph: Tag) -> None:
    text = next((one for one in paragraph.find_all(string=True) if one.strip()), None)
    if text is not None:
        text.replace_with(NavigableString(re.sub(r"^\s*[-–—•+*]\s*", "", str(text))))


def _align_lists(soup: BeautifulSoup) -> None:
    """Number what stands below a number: the editor would end a numbered list at bullets in it,
    and begin again at 1 behind them."""
    for outer in soup.find_all("ol"):
        for inner in outer.find_all("ul"):
            inner.name = "ol"


def _take_abstract(soup: BeautifulSoup) -> str:
    """Take a short first paragraph as the abstract, unless it is all there is or has mark-up that
    an abstract cannot have."""
    first = soup.find(True, recursive=False)
    if not isinstance(first, Tag) or first.name != "p" or first.find(["a", "img"]):
        return ""
    text = _words(first)
    ends = text.endswith((".", "!", "?", "…", "”", '"'))
    legal = fold(text).startswith(("can cu", "theo de nghi", "xet de nghi"))
    if legal or not ends or not SHORT_ABSTRACT <= len(text) <= LONG_ABSTRACT:
        return ""
    if first.find_next_sibling(["p", "ul", "ol", "table", "h2"]) is None:
        return ""
    first.decompose()
    return text


class _Blocks:
    """Makes blocks of the elements at the top of a document."""

    def __init__(self, image_of: ImageOf, report: Report) -> None:
        self.image_of, self.report = image_of, report

    def of(self, soup: BeautifulSoup) -> Iterator[Block]:
        """Yield blocks in the order of the document; text in pieces of one element each."""
        for one in list(soup.children):
            if isinstance(one, Tag) and one.name == "table":
                yield from self.table(one)
            elif isinstance(one, Tag):
                yield from self.text(one)
            elif str(one).strip():
                yield "paragraph", f"<p>{_escaped(str(one))}</p>"

    def text(self, element: Tag) -> Iterator[Block]:
        """Yield an element's text, then its pictures."""
        pictures = self.pictures(element)
        if element.get_text(strip=True):
            yield "paragraph", _rich(element)
        yield from pictures

    def pictures(self, element: Tag) -> list[Block]:
        """Take the pictures out of an element and return their blocks."""
        found = []
        for picture in element.find_all("img"):
            number = picture_number(str(picture.get("src", "")))
            image = self.image_of(number) if number is not None else None
            picture.decompose()
            if image is not None:
                found.append(("image", {"image": image, "caption": "", "credit": ""}))
        return found

    def table(self, element: Tag) -> Iterator[Block]:
        """Yield a table where it is a plain one, else a list of its rows; then its pictures."""
        pictures = self.pictures(element)
        rows = [row.find_all(["td", "th"], recursive=False) for row in _rows_of(element)]
        rows = [row for row in rows if any(cell.get_text(strip=True) for cell in row)]
        if rows and _is_plain(element, rows):
            marked = any(cell.find(["strong", "em", "a"]) for row in rows[1:] for cell in row)
            self.report.add("cells_plain", int(marked))
            yield "table", _table(rows)
        elif rows:
            self.report.add("tables_as_text")
            yield "paragraph", _rows_as_list(rows)
        yield from pictures


def _rows_of(table: Tag) -> list[Tag]:
    return [row for row in table.find_all("tr") if row.find_parent("table") is table]


def _is_plain(table: Tag, rows: Sequence[Sequence[Tag]]) -> bool:
    if table.find(["table", "ul", "ol"]) or len({len(row) for row in rows}) != 1:
        return False
    cells = [cell for row in rows for cell in row]
    spans = any(cell.get(name, "1") != "1" for cell in cells for name in ("colspan", "rowspan"))
    return not spans and len(rows) > 1 and len(rows[0]) > 1


def _table(rows: Sequence[Sequence[Tag]]) -> dict[str, Any]:
    """Return the value of a table block; the first row names the columns."""
    texts = [[_cell(cell) for cell in row] for row in rows]
    return {
        "caption": "",
        "table": {
            "columns": [{"type": "text", "heading": heading} for heading in texts[0]],
            "rows": [{"values": values} for values in texts[1:]],
        },
    }


def _cell(cell: Tag) -> str:
    parts = [_words(part) for part in cell.find_all(["p", "li"])] or [_words(cell)]
    return "; ".join(filter(None, parts))


def _rows_as_list(rows: Sequence[Sequence[Tag]]) -> str:
    items = (" – ".join(filter(None, map(_inner, row))) for row in rows)
    return _filtered(f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>")


def _inner(cell: Tag) -> str:
    """Return a cell's words with their bold letters and links, without paragraphs and lists."""
    for inner in cell.find_all(["p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "td",
                                "th", *HEADINGS]):  # fmt: skip
        inner.insert_after(" ")
        inner.unwrap()
    return " ".join(cell.decode_contents().split())


def _rich(element: Tag) -> str:
    return _filtered(str(element))


def _filtered(html: str) -> str:
    """Return what the editor itself would store for this HTML: nothing else can be in it."""
    converter = _converter()
    stored: str = converter.to_database_format(converter.from_database_format(_wagtail(html)))
    return stored


@cache
def _converter() -> ContentstateConverter:
    return ContentstateConverter(features=FEATURES)


def _wagtail(html: str) -> str:
    for theirs, ours in (("strong", "b"), ("em", "i")):
        html = re.sub(rf"<(/?){theirs}>", rf"<\1{ours}>", html)
    return html


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Put text that follows text into one block, as a person would write it."""
    text: list[str] = []
    for kind, value in blocks:
        if kind == "paragraph":
            text.append(value)
            continue
        if text:
            yield "paragraph", "".join(text)
            text = []
        yield kind, value
    if text:
        yield "paragraph", "".join(text)
