"""Everything visitors can see, on a phone: usable by everybody, and never wider than it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import NARROWEST, Inspector, overflow, requests_elsewhere
from tests.browser.exhibition import Exhibition


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_are_accessible_in_every_theme(
    language: str, exhibition: Exhibition, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(phone=True)
    inspector = Inspector(page, exhibition)
    elsewhere = requests_elsewhere(page, exhibition)
    problems: list[Any] = []
    for shown in exhibition.in_language(language):
        problems += inspector.inspect(shown)
        for width in (390, NARROWEST):
            page.set_viewport_size({"width": width, "height": 844})
            wide = overflow(page)
            problems += [(str(shown), f"too wide for {width} px", wide)] if wide else []
        page.set_viewport_size({"width": 390, "height": 844})
    assert problems == []
    assert elsewhere == []
