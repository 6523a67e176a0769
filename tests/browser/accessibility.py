"""What a page must be so that everybody can use it, checked in the browser.

The rules are axe-core's for WCAG 2.0 to 2.2, levels A and AA, and its best practices. A theme is
nothing but another file of tokens: colours, and the weight of a few letters. So each page is
loaded and checked by all rules once in each language and width; then the tokens are exchanged in
place, and the rules that look at colours (contrast, links in running text) are run again in every
theme, by day and by night. There they look at one text of each kind: what has the same tags,
classes and states from the root down, under the same style sheets, has the same colours on every
page and needs to be looked at once.
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

RULES = """async (rules) => {
  const options = {runOnly: rules, resultTypes: ['violations'], preload: false, iframes: false};
  const found = (await axe.run(window.__kinds ? {include: window.__kinds} : document, options));
  return found.violations.map(v => [v.id, v.nodes.length, v.nodes[0].target.join(' '),
    v.nodes[0].html, v.nodes[0].any.concat(v.nodes[0].all, v.nodes[0].none)[0]?.message ?? '']);
}"""
# Leave to later rules one text of each kind that is not known yet; return the kinds.
NARROW = """(known) => {
  const sheets = [...document.querySelectorAll('link[rel=stylesheet]')]
    .map(link => link.getAttribute('href')).filter(href => !href.includes('/tokens.')).join();
  const state = it => [...it.attributes].map(a => a.name + '=' + a.value)
    .filter(a => /^(aria-(current|pressed|expanded|selected|disabled|sort)|data-|open|disabled)/
      .test(a));
  const path = it => it === document.documentElement ? sheets
    : path(it.parentElement) + '>' + it.tagName + '.' + it.className + state(it);
  const short = text => [...text].reduce((sum, c) => (sum * 31 + c.codePointAt(0)) | 0, 7);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = new Map(), seen = new Set(known);
  const add = it => {
    const kind = short(path(it));
    if (!seen.has(kind)) { seen.add(kind); found.set(kind, it); }
  };
  while (texts.nextNode()) {
    const it = texts.currentNode.parentElement;
    if (texts.currentNode.data.trim() && it.checkVisibility()) add(it);
  }
  document.querySelectorAll('input, select').forEach(add);
  window.__kinds = [...found.values()];
  return [...found.keys()];
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

    def __init__(self, page: Page, exhibition: Exhibition, known: set[int]) -> None:
        """`known` are the kinds of texts whose colours have been seen at this width."""
        self.page = page
        self.exhibition = exhibition
        self.themes = exhibition.themes
        self.known = known
        page.context.add_init_script(path=AXE)
        page.emulate_media(reduced_motion="reduce")

    def inspect(self, shown: Shown) -> list[tuple[Any, ...]]:
        """Return what is wrong with an example at the width the page has, in all themes."""
        self.page.emulate_media(color_scheme="light")
        self.page.goto(self.exhibition.address(shown))
        self.page.evaluate(STILL)
        found = [(str(shown), "as it comes", *one) for one in self.page.evaluate(RULES, TAGS)]
        kinds = self.page.evaluate(NARROW, sorted(self.known))
        for theme, path in self.themes.items() if kinds else ():
            if not self.page.evaluate(WEAR, [theme, path]):
                break  # pages of no site have no theme
            for scheme in SCHEMES:
                self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                problems = self.page.evaluate(RULES, COLOURS)
                found += [(str(shown), f"{theme}, {scheme}", *one) for one in problems]
        self.known.update(kinds)
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
