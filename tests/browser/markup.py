"""Whether an HTML document is valid, without asking a validator on the network.

html5lib parses as the HTML standard says and reports every parse error: stray and unclosed tags,
elements where they may not stand, duplicate attributes, bad character references. It knows nothing
of the rules about content, so these follow from the tree: what stands inside what, ids and what
points at them, headings, names of fields, pictures, forbidden attributes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import html5lib

XHTML = "{http://www.w3.org/1999/xhtml}"
POINTERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "list",
            "headers", "aria-details", "form")  # fmt: skip
NAMELESS = {"hidden", "submit", "button", "reset", "image"}
INTERACTIVE = {"a", "button", "input", "select", "textarea", "details", "label"}
PHRASING_ONLY = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "a", "button", "label", "summary",
                 "strong", "em", "b", "i", "small", "abbr", "time"}  # fmt: skip
FLOW = {"div", "p", "ul", "ol", "dl", "table", "section", "article", "header", "footer", "nav",
        "main", "aside", "figure", "form", "details", "hr", "pre", "blockquote", "address",
        "fieldset"}  # fmt: skip
TRANSPARENT = {"a", "ins", "del"}  # hold what their parent may hold
CHILDREN = {
    "ul": {"li", "script", "template"}, "ol": {"li", "script", "template"},
    "dl": {"dt", "dd", "div", "script", "template"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "tr": {"th", "td"}, "select": {"option", "optgroup", "hr"},
}  # fmt: skip
OLD = {"style", "align", "bgcolor", "border"}
HEADINGS = re.compile(r"h[1-6]")
ADDRESSES = ("href", "src", "action", "formaction", "poster", "cite")
# What no address may contain as it stands (URL Standard, URL code points): spaces and these.
NOT_IN_ADDRESSES = re.compile(r"""[\s"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})""")
DAY = r"\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?"
CLOCK = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?"
ZONE = r"(Z|[+-]([01]\d|2[0-3]):?[0-5]\d)"
# What a machine reads in <time>: day or month, clock, both; a year, a week, a duration.
MOMENT = re.compile(rf"{DAY}|\d{{4}}|{CLOCK}|{DAY}[T ]{CLOCK}{ZONE}?|\d{{4}}-W\d\d|P[\dTDHMS]+")


def faults(content: bytes) -> list[str]:
    """Return what is wrong with a document, in words."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"))
    root = parser.parse(content, transport_encoding="utf-8")
    errors = [f"line {line}: {code} {data or ''}" for (line, _column), code, data in parser.errors]
    parents = {child: parent for parent in root.iter() for child in parent}
    nodes = [node for node in root.iter() if isinstance(node.tag, str)]
    rules = (_ids, _pointers, _fields, _pictures, _forbidden, _headings, _landmarks, _links,
             _addresses, _sizes, _moments)  # fmt: skip
    return [
        *errors,
        *(fault for rule in rules for fault in rule(nodes, parents)),
        *(fault for node in nodes for fault in _content(node, parents)),
    ]


def name(node: Any) -> str:
    """Return the name of an HTML element; elements of SVG keep their namespace."""
    return str(node.tag).removeprefix(XHTML)


def shown(node: Any) -> str:
    """Return an element as messages show it."""
    attributes = "".join(f' {key}="{value}"' for key, value in node.attrib.items())
    return f"<{name(node)}{attributes}>"[:160]


def text(node: Any) -> str:
    """Return the text in an element with the alternatives of its pictures."""
    alternatives = [one.get("alt", "") for one in node.iter(f"{XHTML}img")]
    return " ".join(["".join(node.itertext()), *alternatives]).strip()


def _above(node: Any, parents: dict[Any, Any]) -> Iterator[Any]:
    while (node := parents.get(node)) is not None:
        yield node


def _ids(nodes: list[Any], _parents: dict[Any, Any]) -> Iterator[str]:
    ids = Counter(node.get("id") for node in nodes if node.get("id") is not None)
    yield from (f"id {one!r} stands {count} times" for one, count in ids.items() if count > 1)
    yield from (f"id {one!r} is empty or has a space" for one in ids if not one or " " in one)


def _pointers(nodes: list[Any], _parents: dict[Any, Any]) -> Iterator[str]:
    ids = {node.get("id") for node in nodes}
    for node in nodes:
        for attribute in POINTERS:
            for target in (node.get(attribute) or "").split():
                if target not in ids:
                    yield f"{attribute} points nowhere: {shown(node)}"
        href = node.get("href") or ""
        if name(node) == "a" and href.startswith("#") and href[1:] not in {*ids, "", "top"}:
            yield f"link to nowhere on the page: {shown(node)}"


def _fields(nodes: list[Any], parents: dict[Any, Any]) -> Iterator[str]:
    labelled = {node.get("for") for node in nodes if name(node) == "label"}
    for node in nodes:
        if name(node) not in {"input", "select", "textarea"} or node.get("type") in NAMELESS:
            continue
        inside = any(name(one) == "label" for one in _above(node, parents))
        told = node.get("aria-label") or node.get("aria-labelledby")
        if not (told or inside or node.get("id") in labelled):
            yield f"field without a label: {shown(node)}"


def _pictures(nodes: list[Any], _parents: dict[Any, Any]) -> Iterator[str]:
    for node in nodes:
        if name(node) == "img" and node.get("alt") is None:
            yield f"picture without alt: {shown(node)}"
        if name(node) == "iframe" and not node.get("title"):
            yield f"frame without a title: {shown(node)}"


def _forbidden(nodes: list[Any], _parents: dict[Any, Any]) -> Iterator[str]:
    for node in nodes:
        bad = [
            key
            for key in node.attrib
            if isinstance(key, str)
            and (key == "style" or key.startswith("on") or key in {"align", "bgcolor", "border"})
        ]
        if bad:
            yield f"forbidden {bad}: {shown(node)}"
        data = node.get("type") in {"application/ld+json", "application/json"}
        if name(node) == "style" or (name(node) == "script" and not node.get("src") and not data):
            yield f"style or script inside the page: {shown(node)}"
        if name(node) in {"font", "center", "marquee", "blink", "big", "tt", "frame"}:
            yield f"obsolete: {shown(node)}"


def _headings(nodes: list[Any], _parents: dict[Any, Any]) -> Iterator[str]:
    levels = [int(name(node)[1]) for node in nodes if HEADINGS.fullmatch(name(node))]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} headings of the first level"
    steps = pairwise(levels)
    yield from (f"h{lower} follows h{upper}" for upper, lower in steps if lower > upper + 1)
    for node in nodes:
        if HEADINGS.fullmatch(name(node)) and not text(node):
            yield f"empty heading: {shown(node)}"


def _landmarks(nodes: list[Any], _parents: dict[Any, Any]) -> Iterator[str]:
    for one in ("main", "title", "html", "body"):
        count = sum(name(node) == one for node in nodes)
        if count != 1:
            yield f"{count} elements {one}"
    root = next(node for node in nodes if name(node) == "html")
    if root.get("lang") not in {"vi", "en"}:
        yield f"language of the page: {root.get('lang')}"


def _links(nodes: list[Any], _parents: dict[Any, Any]) -> Iterator[str]:
    for node in nodes:
        if name(node) in {"a", "button"}:
            told = node.get("aria-label") or node.get("aria-labelledby") or node.get("title")
            if not (text(node) or told):
                yield f"nobody knows what it is for: {shown(node)}"
        if name(node) == "a" and node.get("href", "x").strip() in {"", "None", "#None"}:
            yield f"leads nowhere: {shown(node)}"


def _addresses(nodes: list[Any], _parents: dict[Any, Any]) -> Iterator[str]:
    for node in nodes:
        for attribute in ADDRESSES:
            address = node.get(attribute) or ""
            if NOT_IN_ADDRESSES.search(address) or not _can_be_read(address):
                yield f"{attribute} is no address: {shown(node)}"


def _can_be_read(address: str) -> bool:
    try:
        return urlsplit(address).port != 0
    except ValueError:
        return False


def _sizes(nodes: list[Any], _parents: dict[Any, Any]) -> Iterator[str]:
    """``srcset`` (HTML, 4.8.4.2.1): each width once, and ``sizes`` only with widths."""
    for node in nodes:
        candidates = [one.split() for one in (node.get("srcset") or "").split(", ") if one]
        descriptors = [one[1] if len(one) == 2 else "1x" for one in candidates]
        if len(set(descriptors)) < len(descriptors) or any(len(one) > 2 for one in candidates):
            yield f"srcset has a size twice: {shown(node)}"
        widths = bool(descriptors) and all(one.endswith("w") for one in descriptors)
        if name(node) in {"img", "source"} and node.get("sizes") and not widths:
            yield f"sizes without widths to choose from: {shown(node)}"


def _moments(nodes: list[Any], _parents: dict[Any, Any]) -> Iterator[str]:
    for node in nodes:
        if name(node) == "time":
            moment = node.get("datetime", "".join(node.itertext()).strip())
            if not MOMENT.fullmatch(moment):
                yield f"no moment for machines: {shown(node)}"


def _content(node: Any, parents: dict[Any, Any]) -> Iterator[str]:
    parent = parents.get(node)
    if parent is None:
        return
    above = name(parent)
    if above in CHILDREN and name(node) not in CHILDREN[above]:
        yield f"<{above}> may not hold {shown(node)}"
    if name(node) in {"li", "dt", "dd", "figcaption", "summary", "legend"}:
        allowed = {"li": {"ul", "ol", "menu"}, "figcaption": {"figure"}, "summary": {"details"},
                   "legend": {"fieldset"}}.get(name(node), {"dl", "div"})  # fmt: skip
        if above not in allowed:
            yield f"<{above}> may not hold {shown(node)}"
    if name(node) in FLOW:
        holder = next((one for one in _above(node, parents) if name(one) not in TRANSPARENT), None)
        if holder is not None and name(holder) in PHRASING_ONLY:
            yield f"<{name(holder)}> may not hold {shown(node)}"
    if name(node) in INTERACTIVE - {"label"} and node.get("type") != "hidden":
        for one in _above(node, parents):
            if name(one) in {"a", "button"}:
                yield f"<{name(one)}> may not hold {shown(node)}"
