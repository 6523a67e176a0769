"""Everything visitors can see, on a wide screen: usable by everybody, by keyboard, magnified."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import Inspector, overflow, requests_elsewhere
from tests.browser.exhibition import Exhibition, Shown, types_without_example

MOST_STOPS = 250
# What has the focus, whether one sees it, and which of the page's elements it is.
FOCUS = """() => {
  const it = document.activeElement;
  if (!it || it === document.body || it === document.documentElement) return null;
  window.__stops ??= new Map();
  const again = window.__stops.has(it);
  window.__stops.set(it, true);
  let seen = false;
  for (let box = it; box && !seen && box !== document.body; box = box.parentElement) {
    const style = getComputedStyle(box);
    seen = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
        || (box.matches(':focus-within') && style.boxShadow !== 'none' && box.contains(it)
            && (box === it || box.classList.contains('find')));
  }
  const at = it.getBoundingClientRect();
  return {again, seen, inside: !!it.closest('main'), visible: at.width > 0 && at.height > 0,
          html: it.outerHTML.slice(0, 200)};
}"""


def test_every_page_type_is_shown_in_both_languages(exhibition: Exhibition) -> None:
    assert types_without_example(exhibition.shown) == set(), "add it to tests/browser/examples.py"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_are_accessible_in_every_theme(
    language: str, exhibition: Exhibition, open_browser: Callable[..., Page]
) -> None:
    page = open_browser()
    inspector = Inspector(page, exhibition)
    elsewhere = requests_elsewhere(page, exhibition)
    problems: list[Any] = []
    for shown in exhibition.in_language(language):
        problems += inspector.inspect(shown)
        problems += text_at_double_size(page, shown)
    assert problems == []
    assert elsewhere == []


def text_at_double_size(page: Page, shown: Shown) -> list[tuple[str, str, int]]:
    """Return by how much the page gets too wide when its text is twice as large (1.4.4)."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    wide = overflow(page)
    return [(str(shown), "too wide with text at 200 %", wide)] if wide else []


def test_focus_is_seen_everywhere_and_trapped_nowhere(
    exhibition: Exhibition, open_browser: Callable[..., Page]
) -> None:
    """From the top of the home page to its end; elsewhere, where head and foot are the same,
    from the beginning of the content until the focus leaves it."""
    page = open_browser()
    problems = []
    for shown in exhibition.in_language("vi"):
        page.goto(exhibition.address(shown))
        whole = shown.name in {"home", "main home"} or shown.status != 200
        if not whole:
            page.focus("main")
        stops, first = 0, None
        while stops < MOST_STOPS:
            page.keyboard.press("Tab")
            focus = page.evaluate(FOCUS)
            if focus is None or not (whole or focus["inside"]):
                break
            stops, first = stops + 1, first or focus["html"]
            if focus["again"]:
                around = focus["html"] == first and stops > 1
                problems += [] if around else [(str(shown), "trapped", focus["html"])]
                break
            if not (focus["seen"] and focus["visible"]):
                problems.append((str(shown), "focus is not seen", focus["html"]))
        if stops == MOST_STOPS:
            problems.append((str(shown), "no way out", ""))
    assert problems == []


def test_skip_link_comes_first_and_leads_to_the_content(
    exhibition: Exhibition, open_browser: Callable[..., Page]
) -> None:
    page = open_browser()
    for name in ("home", "main home", "article", "sign-in"):
        page.goto(exhibition.address(exhibition.of(name)))
        page.keyboard.press("Tab")
        expect(page.locator("a.skip")).to_be_focused()
        expect(page.locator("a.skip")).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
        page.keyboard.press("Tab")
        assert page.evaluate("!!document.activeElement.closest('main, footer')"), name
