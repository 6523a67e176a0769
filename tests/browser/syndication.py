"""Whether feeds and site maps are what their specifications ask for, without asking the network.

Site maps are checked by the XML Schema of sitemaps.org; feeds by what the words of their
specifications make binding: RSS 2.0 (https://www.rssboard.org/rss-specification), Atom (RFC 4287)
and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

SCHEMA = Path(__file__).resolve().parents[1] / "data" / "sitemaps.xsd"
ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")  # RFC 3339
TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")
LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8})*")
# RFC 4287, sections 4.1.1 and 4.1.2: elements that must stand once, and those that may.
ONCE = ("id", "title", "updated")
AT_MOST_ONCE = {"feed": {"generator", "icon", "logo", "rights", "subtitle"},
                "entry": {"content", "published", "rights", "source", "summary"}}  # fmt: skip
MANY = {"author", "category", "contributor", "link"}
# RSS 2.0: required and optional elements of a channel, elements of an item; no namespace.
CHANNEL = {"title", "link", "description"}
CHANNEL_OPTIONS = {"language", "copyright", "managingEditor", "webMaster", "pubDate", "category",
                   "lastBuildDate", "generator", "docs", "cloud", "ttl", "image", "rating",
                   "textInput", "skipHours", "skipDays", "item"}  # fmt: skip
ITEM = {"title", "link", "description", "author", "category", "comments", "enclosure", "guid",
        "pubDate", "source"}  # fmt: skip
VERSION = "https://jsonfeed.org/version/1.1"


def sitemap_faults(content: bytes) -> list[str]:
    """Return what is wrong with a file of a site map, or its index."""
    schema = etree.XMLSchema(file=str(SCHEMA))
    schema.validate(etree.fromstring(content))
    return [f"line {error.line}: {error.message}" for error in schema.error_log]


def feed_faults(content: bytes, form: str) -> list[str]:
    """Return what is wrong with a feed of the form ``rss``, ``atom`` or ``json``."""
    checks: dict[str, Callable[[bytes], Iterator[str]]] = {"rss": _rss, "atom": _atom,
                                                           "json": _json}  # fmt: skip
    return list(checks[form](content))


def _rss(content: bytes) -> Iterator[str]:
    root = etree.fromstring(content)
    if (root.tag, root.get("version"), [one.tag for one in root]) != ("rss", "2.0", ["channel"]):
        yield f"no RSS 2.0: {root.tag}"
        return
    channel = root[0]
    yield from (f"channel without {name}" for name in CHANNEL if not channel.findtext(name))
    yield from _names(channel, CHANNEL | CHANNEL_OPTIONS, many={"item", "category"})
    yield from _rss_values(channel, ("link",), ("pubDate", "lastBuildDate"))
    if not LANGUAGE.fullmatch(channel.findtext("language") or "vi"):
        yield f"language {channel.findtext('language')}"
    identifiers: Counter[Any] = Counter(item.findtext("guid") for item in channel.iter("item"))
    yield from (f"guid {one} stands {count} times" for one, count in identifiers.items()
                if one and count > 1)  # fmt: skip
    for item in channel.iter("item"):
        yield from _rss_item(item)


def _rss_item(item: Any) -> Iterator[str]:
    if not (item.findtext("title") or item.findtext("description")):
        yield "item with neither title nor description"
    yield from _names(item, ITEM, many={"category", "enclosure"})
    yield from _rss_values(item, ("link", "comments"), ("pubDate",))
    if "@" not in (item.findtext("author") or "@"):
        yield f"author is no address of mail: {item.findtext('author')}"
    for guid in item.findall("guid"):
        if guid.get("isPermaLink", "true") == "true" and not _absolute(guid.text):
            yield f"guid is no address: {guid.text}"
    for file in item.findall("enclosure"):
        length, kind = file.get("length", ""), file.get("type", "")
        if not (_absolute(file.get("url")) and length.isdigit() and TYPE.fullmatch(kind)):
            yield f"enclosure {dict(file.attrib)}"


def _rss_values(node: Any, addresses: tuple[str, ...], moments: tuple[str, ...]) -> Iterator[str]:
    for name in addresses:
        found = node.findtext(name)
        if found is not None and not _absolute(found):
            yield f"{name} is no address: {found}"
    for name in moments:
        found = node.findtext(name)
        if found is not None and not _rfc_822(found):
            yield f"{name} is no date of RFC 822: {found}"


def _names(node: Any, allowed: set[str], many: set[str]) -> Iterator[str]:
    """Unknown elements and repeated ones; those of other namespaces are extensions."""
    counts = Counter(str(one.tag) for one in node if not str(one.tag).startswith("{"))
    yield from (f"<{node.tag}> may not hold <{name}>" for name in counts.keys() - allowed)
    yield from (f"<{node.tag}> has {count} <{name}>" for name, count in counts.items()
                if count > 1 and name not in many)  # fmt: skip


def _atom(content: bytes) -> Iterator[str]:
    feed = etree.fromstring(content)
    if feed.tag != f"{ATOM}feed":
        yield f"no Atom: {feed.tag}"
        return
    entries = feed.findall(f"{ATOM}entry")
    if feed.find(f"{ATOM}author") is None and not all(
        entry.find(f"{ATOM}author") is not None for entry in entries
    ):
        yield "neither the feed nor every entry has an author"
    yield from _atom_part(feed, "feed", MANY | {"entry"})
    for entry in entries:
        yield from _atom_part(entry, "entry", MANY)
        links = {link.get("rel", "alternate") for link in entry.findall(f"{ATOM}link")}
        if entry.find(f"{ATOM}content") is None and "alternate" not in links:
            yield "entry with neither content nor a link to it"
    if not LANGUAGE.fullmatch(feed.get(f"{XML}lang", "vi")):
        yield f"xml:lang {feed.get(f'{XML}lang')}"


def _atom_part(part: Any, name: str, many: set[str]) -> Iterator[str]:
    own = [one for one in part if str(one.tag).startswith(ATOM)]
    counts = Counter(str(one.tag).removeprefix(ATOM) for one in own)
    yield from (f"{name} has {counts[one]} {one}" for one in ONCE if counts[one] != 1)
    yield from (f"{name} has {count} {one}" for one, count in counts.items()
                if count > 1 and one not in many)  # fmt: skip
    allowed = {*ONCE, *AT_MOST_ONCE[name], *many}
    yield from (f"{name} may not hold {one}" for one in counts.keys() - allowed)
    if not urlsplit(part.findtext(f"{ATOM}id") or "").scheme:
        yield f"id is no address: {part.findtext(f'{ATOM}id')}"
    for one in (one for one in own if one.tag in {f"{ATOM}updated", f"{ATOM}published"}):
        if not MOMENT.fullmatch(one.text or ""):
            yield f"no date of RFC 3339: {one.text}"
    yield from _atom_children(part)


def _atom_children(part: Any) -> Iterator[str]:
    for person in (*part.findall(f"{ATOM}author"), *part.findall(f"{ATOM}contributor")):
        if not person.findtext(f"{ATOM}name"):
            yield "person without a name"
        if not _absolute(person.findtext(f"{ATOM}uri") or "http://x"):
            yield f"person's uri: {person.findtext(f'{ATOM}uri')}"
    links = part.findall(f"{ATOM}link")
    yield from (f"link to {link.get('href')}" for link in links if not _absolute(link.get("href")))
    yield from (f"type {link.get('type')}" for link in links
                if not TYPE.fullmatch(link.get("type", "a/b")))  # fmt: skip
    alternates = Counter((link.get("type"), link.get("hreflang")) for link in links
                         if link.get("rel", "alternate") == "alternate")  # fmt: skip
    yield from (
        f"{count} alternate links {kind}" for kind, count in alternates.items() if count > 1
    )
    yield from ("category without term" for one in part.findall(f"{ATOM}category")
                if not one.get("term"))  # fmt: skip
    for name in ("title", "subtitle", "summary", "rights"):
        for text in part.findall(f"{ATOM}{name}"):
            if text.get("type", "text") not in {"text", "html", "xhtml"}:
                yield f"{name} of type {text.get('type')}"


def _json(content: bytes) -> Iterator[str]:
    feed = json.loads(content)
    if feed.get("version") != VERSION:
        yield f"version {feed.get('version')}"
    if not (isinstance(feed.get("title"), str) and feed["title"]):
        yield "feed without a title"
    yield from (f"{key}: {feed[key]}" for key in ("home_page_url", "feed_url", "icon", "favicon")
                if key in feed and not _absolute(feed[key]))  # fmt: skip
    yield from _json_authors(feed)
    identifiers = Counter(str(item.get("id")) for item in feed["items"])
    yield from (f"id {one} stands {count} times" for one, count in identifiers.items() if count > 1)
    for item in feed["items"]:
        yield from _json_item(item)


def _json_item(item: dict[str, Any]) -> Iterator[str]:
    if not (isinstance(item.get("id"), str) and item["id"]):
        yield f"id {item.get('id')!r}"
    if not (item.get("content_html") or item.get("content_text")):
        yield f"item without content: {item.get('id')}"
    yield from (f"{key}: {item[key]}" for key in ("url", "external_url", "image", "banner_image")
                if key in item and not _absolute(item[key]))  # fmt: skip
    yield from (f"{key} is no date of RFC 3339: {item[key]}"
                for key in ("date_published", "date_modified")
                if key in item and not MOMENT.fullmatch(item[key]))  # fmt: skip
    if not all(isinstance(tag, str) for tag in item.get("tags", [])):
        yield f"tags {item['tags']}"
    yield from _json_authors(item)


def _json_authors(part: dict[str, Any]) -> Iterator[str]:
    for author in part.get("authors", []):
        if not {"name", "url", "avatar"} & author.keys() or not _absolute(
            author.get("url", "http://x")
        ):
            yield f"author {author}"


def _absolute(address: str | None) -> bool:
    parts = urlsplit(address or "")
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _rfc_822(text: str) -> bool:
    try:
        return parsedate_to_datetime(text).tzinfo is not None
    except ValueError:
        return False
