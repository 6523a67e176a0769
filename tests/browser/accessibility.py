"""What a page must be so that everybody can use it, checked in the browser.

The rules are axe-core's for WCAG 2.0 to 2.2, levels A and AA, and its best practices. A theme is
nothing but another file of tokens, so each page is loaded once in each language and width, and
its tokens are exchanged in place: in every theme all rules look at the whole page by day, and
those that look at colours (contrast, links in running text) once more at the whole page by night,
which changes nothing but colours. What axe cannot decide by itself, such as letters upon a
photograph, is no violation.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

from tests.browser.exhibition import Exhibition, Shown

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
NARROWEST = 320  # CSS pixels, WCAG 2.2, 1.4.10

RULES = """async (rules) => {
  const found = await axe.run({runOnly: rules, resultTypes: ['violations']});
  return found.violations.map(v => [v.id, v.nodes.length, v.nodes[0].target.join(' '),
    v.nodes[0].html, v.nodes[0].any.concat(v.nodes[0].all, v.nodes[0].none)[0]?.message ?? '']);
}"""
WEAR = """([name, path]) => new Promise((done, failed) => {
  const worn = [...document.querySelectorAll('link[rel=stylesheet]')]
    .find(link => link.getAttribute('href').includes('/tokens.'));
  if (!worn) { done(false); return; }
  document.documentElement.dataset.theme = name;
  if (worn.getAttribute('href') === path) { done(true); return; }
  const next = worn.cloneNode();
  next.href = path;
  next.onload = () => { worn.remove(); done(true); };
  next.onerror = () => failed(new Error(path));
  worn.after(next);
})"""
# What fades has half-way colours, and must not do so while it is measured.
STILL = """() => {
  const still = new CSSStyleSheet();
  still.replaceSync('*, ::before, ::after { transition: none !important; }');
  document.adoptedStyleSheets = [still];
}"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Inspector:
    """Looks at one example after another in a browser's page."""

    def __init__(self, page: Page, exhibition: Exhibition) -> None:
        self.page = page
        self.exhibition = exhibition
        page.context.add_init_script(path=AXE)
        page.emulate_media(reduced_motion="reduce")

    def inspect(self, shown: Shown) -> list[tuple[Any, ...]]:
        """Return what is wrong with an example at the width the page has, in all themes."""
        self.page.goto(self.exhibition.address(shown))
        self.page.evaluate(STILL)
        found: list[tuple[Any, ...]] = []
        for theme, path in self.exhibition.themes.items():
            worn = self.page.evaluate(WEAR, [theme, path])
            name = theme if worn else "no theme"
            self.page.emulate_media(color_scheme="light")
            found += [(str(shown), name, *one) for one in self.page.evaluate(RULES, TAGS)]
            self.page.emulate_media(color_scheme="dark")
            dark = self.page.evaluate(RULES, COLOURS)
            found += [(str(shown), f"{name}, by night", *one) for one in dark]
            if not worn:
                break  # pages of no site look the same everywhere
        return found


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the window."""
    return max(0, int(page.evaluate(TOO_WIDE)))


def requests_elsewhere(page: Page, exhibition: Exhibition) -> list[str]:
    """Return a list that will hold every address outside the province that pages ask for."""
    asked: list[str] = []
    own = (f".tinh.test:{exhibition.port}/", f"//tinh.test:{exhibition.port}/")

    def note(request: Any) -> None:
        if not any(part in request.url for part in own) and not request.url.startswith("data:"):
            asked.append(f"{page.url}: {request.url}")

    page.on("request", note)
    return asked
