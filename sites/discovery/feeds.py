"""RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1 of anything that has entries.

An entry is the same thing under the same id wherever it is listed: in the feed of its section,
of its category or of the whole province.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TextIO

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape

NAMESPACE = uuid.UUID("0d8f7a34-5a3e-4f53-9a55-6f3b5d0b7c11")
LIMIT = 50
JSON_FEED = "https://jsonfeed.org/version/1.1"
# What XML 1.0 (section 2.2) does not allow in a document, escaped or not.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing in a feed; addresses are absolute, texts are plain.

    `site` and `number` name it for ever: the schema of its site and its primary key there.
    `image_length` is in bytes, 0 if unknown.
    """

    site: str
    model: str
    number: str
    title: str
    url: str
    abstract: str
    published: datetime
    updated: datetime
    author: str
    author_url: str = ""
    image_url: str = ""
    image_type: str = ""
    image_length: int = 0
    categories: tuple[str, ...] = ()

    @property
    def identifier(self) -> str:
        """An id that neither a new address nor a new domain changes."""
        return uuid.uuid5(NAMESPACE, f"{self.site}/{self.model}/{self.number}").urn


@dataclass(frozen=True, kw_only=True)
class Channel:
    """What a feed says of itself; `updated` is when it changed last if it has no entries."""

    title: str
    description: str
    url: str
    feed_url: str
    language: str
    publisher: str
    publisher_url: str
    updated: datetime


class _Dated(SyndicationFeed):
    """A feed without entries is as old as its page, not new with every request."""

    def latest_post_date(self) -> datetime:
        updated: datetime = self.feed["updated"]
        return super().latest_post_date() if self.items else updated


class Rss(_Dated, Rss201rev2Feed):
    """RSS 2.0 with a link to itself."""

    content_type = "application/rss+xml; charset=utf-8"


class Atom(_Dated, Atom1Feed):
    """Atom; abstracts are HTML."""

    content_type = "application/atom+xml; charset=utf-8"


class Json(_Dated):
    """JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: TextIO, encoding: str) -> None:
        """Write the feed as JSON."""
        outfile.write(json.dumps(self._document(), ensure_ascii=False, indent=1))

    def _document(self) -> dict[str, Any]:
        feed = self.feed
        return {
            "version": JSON_FEED,
            "title": feed["title"],
            "home_page_url": feed["link"],
            "feed_url": feed["feed_url"],
            "description": feed["description"],
            "language": feed["language"],
            "authors": [{"name": feed["author_name"], "url": feed["author_link"]}],
            "items": [_json_item(item, feed["language"]) for item in self.items],
        }


FORMATS: dict[str, type[_Dated]] = {"rss": Rss, "atom": Atom, "json": Json}
FORMAT_NAMES = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}


def build(form: str, channel: Channel, entries: Iterable[Entry]) -> SyndicationFeed:
    """Return the feed in a format of `FORMATS`, ready to be written.

    Titles and abstracts lose what no XML document may contain; markup in them is text.
    """
    feed = FORMATS[form](
        title=clean(channel.title),
        link=channel.url,
        description=clean(channel.description) or clean(channel.title),
        language=channel.language,
        author_name=clean(channel.publisher),
        author_link=channel.publisher_url,
        feed_url=channel.feed_url,
        feed_guid=channel.feed_url,
        updated=channel.updated,
    )
    for entry in entries:
        _add(feed, entry)
    return feed


def clean(text: str) -> str:
    """Return a text without the characters that XML forbids."""
    return FORBIDDEN.sub("", text)


def _add(feed: SyndicationFeed, entry: Entry) -> None:
    abstract = clean(entry.abstract)
    feed.add_item(
        title=clean(entry.title),
        link=entry.url,
        description=f"<p>{escape(abstract)}</p>" if abstract else "",
        unique_id=entry.identifier,
        unique_id_is_permalink=False,
        pubdate=entry.published,
        updateddate=max(entry.updated, entry.published),
        author_name=clean(entry.author),
        author_link=entry.author_url,
        categories=entry.categories,
        enclosures=[_Picture(entry)] if entry.image_url else [],
        plain_text=abstract,
    )


class _Picture:
    """An enclosure; a length of 0 is taken by readers for unknown."""

    def __init__(self, entry: Entry) -> None:
        self.url = entry.image_url
        self.mime_type = entry.image_type or "image/jpeg"
        self.length = str(entry.image_length)


def _json_item(item: dict[str, Any], language: str) -> dict[str, Any]:
    found = {
        "id": item["unique_id"],
        "url": item["link"],
        "title": item["title"],
        "content_html": item["description"] or f"<p>{escape(item['title'])}</p>",
        "summary": item["plain_text"],
        "image": next((picture.url for picture in item["enclosures"]), ""),
        "date_published": item["pubdate"].isoformat(),
        "date_modified": item["updateddate"].isoformat(),
        "authors": [{"name": item["author_name"], "url": item["author_link"] or ""}],
        "tags": list(item["categories"]),
        "language": language,
    }
    return {key: value for key, value in found.items() if value}
