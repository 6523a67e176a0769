"""What a page must be so that everybody can use it, checked in the browser.

The rules are axe-core's for WCAG 2.0 to 2.2, levels A and AA, and its best practices. A theme is
nothing but another file of tokens: colours, and the weight of a few letters. So each page is
loaded and checked by all rules once in each language and width; then the tokens are exchanged in
place, and the rules that look at colours (contrast, links in running text) are run again in every
theme, by day and by night.
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
SCHEMES = ("light", "dark")

RUN = """async (rules) => {
  const options = {runOnly: rules, resultTypes: ['violations'], preload: false, iframes: false};
  const found = (await axe.run(document, options)).violations;
  return found.map(v => [v.id, v.nodes.length, v.nodes[0].target.join(' '), v.nodes[0].html,
                         v.nodes[0].any.concat(v.nodes[0].all, v.nodes[0].none)[0]?.message ?? '']);
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
# Moving colours are half-way ones: what fades must not do so while it is measured.
STILL = "*, ::before, ::after { transition: none !important; animation: none !important; }"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def prepare(page: Page) -> None:
    """Give every document of this browser the rules, and no movement."""
    page.context.add_init_script(path=AXE)


def violations(page: Page, exhibition: Exhibition, shown: Shown) -> list[tuple[Any, ...]]:
    """Return what is wrong with an example at the width the page has, in all themes."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(exhibition.address(shown))
    page.evaluate(f"document.adoptedStyleSheets = [Object.assign(new CSSStyleSheet(), {{}})];"
                  f"document.adoptedStyleSheets[0].replaceSync({STILL!r})")  # fmt: skip
    found = [(str(shown), "as it comes", *one) for one in page.evaluate(RUN, TAGS)]
    for theme, path in exhibition.themes.items():
        page.emulate_media(color_scheme="light")
        if not page.evaluate(WEAR, [theme, path]):
            break  # pages of no site have no theme
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found += [(str(shown), f"{theme}, {scheme}", *one)
                      for one in page.evaluate(RUN, COLOURS)]  # fmt: skip
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
