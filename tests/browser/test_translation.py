"""A story is translated with the editor for translations and stands in the province's English."""

from __future__ import annotations

from collections.abc import Callable

from django_tenants.utils import tenant_context
from playwright.sync_api import Page, expect

from motcua.people import groups
from tenants.models import Tenant
from tests.browser.live import LiveProvince
from tests.factories import create_article

TITLE, TITLE_EN = "Cầu Rạch Miễu thông xe", "Rach Mieu bridge opens"
ABSTRACT, ABSTRACT_EN = "Xe máy được đi từ sáng nay.", "Motorcycles may cross from today."


def translate(page: Page, words: str, translation: str) -> None:
    """Open one segment of the editor, write its translation and save it."""
    segment = page.locator(".js-translation-editor li.incomplete").filter(
        has=page.get_by_text(words, exact=True)
    )
    segment.get_by_role("button").last.click()
    page.locator(".js-translation-editor textarea").fill(translation)
    page.locator(".js-translation-editor li:has(> div > textarea)").get_by_role(
        "button"
    ).last.click()
    expect(page.locator(".js-translation-editor textarea")).to_have_count(0)


def test_translated_story_is_on_the_english_pages(
    province: LiveProvince,
    main: Tenant,
    alpha: Tenant,
    sign_in: Callable[..., Page],
    open_browser: Callable[..., Page],
) -> None:
    with tenant_context(alpha):
        article = create_article(TITLE, slug="cau-rach-mieu", abstract=ABSTRACT)
    page, visitor = sign_in(alpha, groups.EDITOR), open_browser()
    page.goto(province.url(alpha, f"/admin/localize/submit/page/{article.pk}/"))
    page.check("input[name=locales]")
    page.click("main form [type=submit]")
    translate(page, TITLE, TITLE_EN)
    translate(page, ABSTRACT, ABSTRACT_EN)
    page.click(".js-translation-editor [name=action][value=publish]")
    page.wait_for_load_state()

    visitor.goto(province.url(main, "/en/"))
    link = visitor.locator("main").get_by_role("link", name=TITLE_EN).first
    assert str(link.get_attribute("href")).startswith(province.url(alpha, "/en/news/"))
    assert TITLE not in visitor.content()
    link.click()
    expect(visitor.locator("h1")).to_have_text(TITLE_EN)
    expect(visitor.locator("html")).to_have_attribute("lang", "en")
    expect(visitor.locator(".standfirst")).to_have_text(ABSTRACT_EN)
    visitor.click("nav a[hreflang=vi]")
    expect(visitor.locator("h1")).to_have_text(TITLE)
    assert visitor.url == province.url(alpha, "/tin-tuc/cau-rach-mieu/")
