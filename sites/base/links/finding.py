"""The links and pictures of a page, read from what is stored of its fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.db.models import URLField
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

PAGE, DOCUMENT, ADDRESS, IMAGE = "page", "document", "address", "image"


@dataclass(frozen=True)
class Found:
    """One link: to the page, document or image with the key `target`, or to an address."""

    kind: str
    target: str
    text: str = ""

    @property
    def address(self) -> str:
        """What is shown and stored: an address, or ``page:12``."""
        return self.target if self.kind == ADDRESS else f"{self.kind}:{self.target}"


def links_of(page: Page) -> list[Found]:
    """Return the links and pictures in a page's fields, each target once; `page` is specific."""
    found = [one for field in page._meta.get_fields() for one in _of_field(page, field)]
    return list({one.address: one for one in reversed(found)}.values())[::-1]


def _of_field(page: Page, field: Any) -> Iterator[Found]:
    if isinstance(field, StreamField):
        value = getattr(page, field.attname)
        yield from of_block(value.stream_block, value.get_prep_value())
    elif isinstance(field, RichTextField):
        yield from of_html(getattr(page, field.attname) or "")
    elif isinstance(field, URLField) and getattr(page, field.attname):
        yield Found(ADDRESS, getattr(page, field.attname))


def of_block(block: blocks.Block, raw: Any) -> Iterator[Found]:
    """Yield the links in a block's stored value; a value of another shape has none."""
    if raw in (None, "", [], {}):
        return
    if isinstance(block, blocks.BaseStreamBlock):
        for child in raw:
            if child.get("type") in block.child_blocks:
                yield from of_block(block.child_blocks[child["type"]], child.get("value"))
    elif isinstance(block, blocks.ListBlock):
        for item in raw:
            is_item = isinstance(item, dict) and item.get("type") == "item"
            yield from of_block(block.child_block, item["value"] if is_item else item)
    elif isinstance(block, blocks.BaseStructBlock):
        yield from _of_struct(block, raw)
    else:
        yield from _of_leaf(block, raw)


def _of_struct(block: blocks.BaseStructBlock, raw: dict[str, Any]) -> Iterator[Found]:
    text = raw.get("title") or ""
    for name, child in block.child_blocks.items():
        for one in of_block(child, raw.get(name)):
            yield Found(one.kind, one.target, one.text or str(text))


def _of_leaf(block: blocks.Block, raw: Any) -> Iterator[Found]:
    if isinstance(block, blocks.RichTextBlock):
        yield from of_html(str(raw))
    elif isinstance(block, blocks.URLBlock):
        yield Found(ADDRESS, str(raw))
    elif isinstance(block, blocks.PageChooserBlock):
        yield Found(PAGE, str(raw))
    elif isinstance(block, DocumentChooserBlock):
        yield Found(DOCUMENT, str(raw))
    elif isinstance(block, ImageChooserBlock):
        yield Found(IMAGE, str(raw))


def of_html(html: str) -> Iterator[Found]:
    """Yield the links of rich text as the database keeps it."""
    if "<a" not in html:
        return
    for link in BeautifulSoup(html, "html.parser").find_all("a"):
        text = " ".join(link.get_text().split())
        kind = link.get("linktype")
        if kind in {PAGE, DOCUMENT}:
            yield Found(str(kind), str(link.get("id", "")), text)
        elif link.get("href"):
            yield Found(ADDRESS, str(link["href"]), text)
