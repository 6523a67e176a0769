"""A webmaster's story: written, seen everywhere at once, corrected in silence, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tenants.utils import tenant_context
from playwright.sync_api import Page, Route, expect
from wagtail.models import Revision

from motcua.people import groups
from sites.base.jobs import publish_due_pages
from sites.news.models import ArticlePage
from tenants.models import Tenant
from tests.browser.forms import choose_new_picture, publish
from tests.browser.live import LiveProvince
from tests.factories import create_article

TITLE = "Đường đến xã đã thông"
WATCHING = 2500  # milliseconds until Wagtail's editor notices changes


def headlines(page: Page) -> list[str]:
    """The headlines of a public page."""
    return page.locator("main :is(h2, h3) > a").all_inner_texts()


def let_an_hour_pass(revision: Revision) -> None:
    """Move a revision's planned publication into the past."""
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()


@pytest.mark.smoke
def test_story_with_a_picture_is_on_both_homes_in_three_clicks(
    province: LiveProvince,
    main: Tenant,
    alpha: Tenant,
    sign_in: Callable[..., Page],
    open_browser: Callable[..., Page],
) -> None:
    page = sign_in(alpha, groups.EDITOR)
    page.goto(province.url(alpha, "/admin/"))
    page.click("a[href*='/add/news/articlepage/']")
    page.fill("#id_title", TITLE)
    page.fill("#id_abstract", "Xe máy và xe đạp được đi từ sáng nay.")
    choose_new_picture(page, "lead_image", "Con đường mới")
    publish(page)

    visitor = open_browser()
    address = province.url(alpha, "/tin-tuc/duong-den-xa-da-thong/")
    for site in (alpha, main):
        visitor.goto(province.url(site))
        assert TITLE in headlines(visitor)
    story = visitor.locator("main article, main li", has_text=TITLE).first
    expect(story.get_by_role("link", name=TITLE)).to_have_attribute("href", address)
    expect(story.locator(".src a")).to_have_text("Huyện Alpha")
    expect(story.locator("img")).to_be_visible()
    assert visitor.evaluate("document.querySelector('main article img').naturalWidth") > 0
    visitor.get_by_role("link", name=TITLE).first.click()
    expect(visitor.locator("link[rel=canonical]")).to_have_attribute("href", address)
    expect(visitor.locator("h1")).to_have_text(TITLE)


def test_publishing_waits_for_what_is_being_saved_by_itself(
    province: LiveProvince, alpha: Tenant, sign_in: Callable[..., Page]
) -> None:
    page = sign_in(alpha, groups.EDITOR)
    page.goto(province.url(alpha, "/admin/"))
    page.click("a[href*='/add/news/articlepage/']")
    held: list[Route] = []
    page.route(lambda address: "/add/" in address, lambda route: held.append(route), times=1)
    page.fill("#id_title", TITLE)
    page.wait_for_timeout(WATCHING)
    page.locator("#id_abstract").press_sequentially("Được ghi trong khi bấm nút.")
    for _ in range(40):
        page.wait_for_timeout(250)
        if held:
            break
    assert held, "the editor saves by itself"
    page.click("footer [data-w-dropdown-target=toggle]")
    page.click("[name=action-publish]")
    page.wait_for_timeout(500)
    assert "/add/" in page.url
    held.pop().continue_()
    expect(page.locator(".messages .success")).to_be_visible()
    with tenant_context(alpha):
        assert [one.live for one in ArticlePage.objects.filter(title=TITLE, alias_of=None)] == [
            True
        ]


def test_draft_stays_at_home_and_withdrawal_is_immediate(
    province: LiveProvince,
    main: Tenant,
    alpha: Tenant,
    sign_in: Callable[..., Page],
    open_browser: Callable[..., Page],
) -> None:
    with tenant_context(alpha):
        article = create_article(TITLE)
        address = article.url or ""
    page, visitor = sign_in(alpha), open_browser()
    page.goto(province.url(alpha, f"/admin/pages/{article.pk}/edit/"))
    page.fill("#id_title", "Chưa nói được")
    page.click("footer [type=submit] >> nth=0")
    page.wait_for_load_state()
    for site in (alpha, main):
        visitor.goto(province.url(site))
        assert TITLE in headlines(visitor)
        assert "Chưa nói được" not in visitor.content()

    page.goto(province.url(alpha, f"/admin/pages/{article.pk}/unpublish/"))
    page.click("main form [type=submit]")
    page.wait_for_load_state()
    for site in (alpha, main):
        visitor.goto(province.url(site))
        assert TITLE not in visitor.content()
    assert visitor.goto(province.url(alpha, address)).status == 404  # type: ignore[union-attr]


def test_scheduled_story_appears_when_its_hour_comes(
    province: LiveProvince,
    main: Tenant,
    alpha: Tenant,
    sign_in: Callable[..., Page],
    open_browser: Callable[..., Page],
) -> None:
    with tenant_context(alpha):
        article = create_article(TITLE, publish=False)
    page, visitor = sign_in(alpha), open_browser()
    page.goto(province.url(alpha, f"/admin/pages/{article.pk}/edit/"))
    page.click("button[aria-label][data-side-panel-toggle=status], [data-side-panel-toggle=status]")
    page.click("[data-a11y-dialog-show=schedule-publishing-dialog]")
    soon = timezone.localtime(timezone.now() + timedelta(hours=1))
    page.fill("#id_go_live_at", soon.strftime("%d/%m/%Y %H:%M"))
    for key in ("Tab", "Tab", "Enter"):  # past the second date to the button
        page.keyboard.press(key)
    page.wait_for_load_state()
    publish(page)
    visitor.goto(province.url(main))
    assert TITLE not in visitor.content()

    with tenant_context(alpha):
        let_an_hour_pass(Revision.page_revisions.get(approved_go_live_at__isnull=False))
        publish_due_pages.func()
    for site in (alpha, main):
        visitor.goto(province.url(site))
        assert TITLE in headlines(visitor)
