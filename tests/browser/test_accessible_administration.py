"""Our own screens of the administration can be used by everybody, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django_tenants.utils import tenant_context
from playwright.sync_api import Page

from motcua.people import groups
from tenants.models import Tenant
from tests.browser.accessibility import AXE, STILL
from tests.browser.administration import MAIN, MEMBER, Administration
from tests.browser.conftest import DESK, PHONE
from tests.browser.live import LiveProvince

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What Wagtail's own markup breaks: the rule, and around what. Anything else fails.
OF_WAGTAIL = [
    # The editor of rich text takes no name; its field's label stands above it.
    ("aria-input-field-name", ".public-DraftEditor-content"),
    # What stands in a stream has the name of its block above it, in no label.
    ("label", "[data-streamfield-child] input[id^='body-']"),
    # The outline at the edge of a form, closed on a phone.
    ("scrollable-region-focusable", ".w-minimap__list"),
]
# Only met when the rules look while the outline is being drawn.
PASSING = [("target-size", "#w-minimap-toggle")]
# Our own addresses that are no screens: actions, files and answers for scripts. Lists have one
# more each, whose name ends in “results”.
NO_SCREENS = {
    "member_sites:label", "member_sites:sample", "member_sites:start_import",
    "member_sites:import_progress", "member_sites:make_primary", "home_restore_place",
    "translations:export", "base_broken_links_recheck", "appearance:go_back",
    "document_imports:start", "document_imports:undo", "document_imports:progress",
    "document_imports:report", "data_sources:try",
}  # fmt: skip
ASK = """async (path) => {
  const answer = await fetch(path);
  const whole = (await answer.text()).includes('<html');
  return [answer.status, whole && answer.headers.get('content-type').startsWith('text/html')];
}"""
# What stands behind a tab belongs to the screen as well.
UNFOLD = "document.querySelectorAll('[role=tabpanel]').forEach(panel => { panel.hidden = false; })"
RULES = """async ([rules, known]) => {
  const found = await axe.run({runOnly: rules, resultTypes: ['violations']});
  return found.violations.flatMap(rule => rule.nodes.map(node => {
    const it = document.querySelector(node.target[0]);
    return [known.findIndex(([id, where]) => id === rule.id && it?.closest(where)), rule.id,
      node.target.join(' '), node.html.slice(0, 300),
      node.any.concat(node.all, node.none)[0]?.message ?? ''];
  }));
}"""


def test_screens_are_accessible(
    province: LiveProvince, main: Tenant, alpha: Tenant, sign_in: Callable[..., Page]
) -> None:
    sites = {MAIN: main, MEMBER: alpha}
    administration = Administration(main, alpha)
    pages = {MAIN: sign_in(main, groups.PROVINCIAL_ADMINISTRATOR), MEMBER: sign_in(alpha)}
    for label, page in pages.items():
        page.context.add_init_script(path=AXE)
        page.goto(province.url(sites[label], "/admin/"))
    problems: list[str] = []
    met: set[int] = set()
    others: set[str] = set()
    with tenant_context(alpha):
        screens = list(administration.screens())
    for label, name, path in screens:
        if not is_screen(pages[label], path):
            others.add(name)
            continue
        pages[label].goto(province.url(sites[label], path))
        for width, (which, *problem) in violations(pages[label]):
            met.add(which)
            problems += [f"{path} ({width} px): {problem}"] if which < 0 else []
    assert not problems, "\n".join(problems)
    assert met >= set(range(len(OF_WAGTAIL))), "Wagtail has mended something"
    assert {name for name in others if not name.endswith("results")} == NO_SCREENS


def is_screen(page: Page, path: str) -> bool:
    """Tell whether an address is a whole page and no file, part of a page or mere action."""
    status, is_page = page.evaluate(ASK, path)
    assert status in {200, 405}, f"{path}: {status}"
    return bool(is_page and status == 200)


def violations(page: Page) -> list[tuple[int, list[Any]]]:
    """Return the width, and what is wrong: first its place among what is known, or -1."""
    page.evaluate(STILL)
    page.evaluate(UNFOLD)
    found, known = [], OF_WAGTAIL + PASSING
    for size in (DESK, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        found += [(size["width"], one) for one in page.evaluate(RULES, [TAGS, known])]
    return found
