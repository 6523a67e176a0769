"""What is wrong with a text as a whole; nothing here stops a page from being saved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from wagtail.models import Page

_HEADING = re.compile(r"<h([2-6])[ >]")


def headings_out_of_order(page: Page) -> bool:
    """Tell whether a body has a heading of level 3 before any of level 2 (WCAG 2.2, 1.3.1)."""
    levels = _levels(getattr(page, "body", None))
    return next(levels, 2) > 2


def _levels(body: Any) -> Iterator[int]:
    """Yield the levels of a body's headings in their order."""
    for block in getattr(body, "raw_data", None) or ():
        if block["type"] == "heading":
            yield 2
        elif block["type"] == "paragraph":
            yield from map(int, _HEADING.findall(str(block["value"])))
