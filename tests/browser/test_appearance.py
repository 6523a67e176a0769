"""An administrator changes the theme and sees the page before anybody else does."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import FrameLocator, Page, expect

from tenants.models import Tenant
from tests.browser.forms import choose_new_picture
from tests.browser.live import LiveProvince

SCREEN = "/admin/appearance/"


def preview(page: Page) -> FrameLocator:
    return page.frame_locator("iframe[name=look-preview]")


def theme_of(page: Page | FrameLocator) -> Callable[[str], None]:
    root = page.locator("html")
    return lambda theme: expect(root).to_have_attribute("data-theme", theme)


def test_administrator_changes_the_theme_by_keyboard_with_live_preview(
    province: LiveProvince,
    alpha: Tenant,
    sign_in: Callable[..., Page],
    open_browser: Callable[..., Page],
) -> None:
    page, visitor = sign_in(alpha), open_browser(phone=True)
    page.goto(province.url(alpha, SCREEN))
    shown = preview(page)
    theme_of(shown)("son-mai")

    page.focus("[name=look][value='']")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(shown.locator("html")).to_have_attribute("data-accent", "bac")
    page.locator("[name=look][value='sen/la-sen']").press("Space")
    theme_of(shown)("sen")
    page.get_by_label("Ban đêm").check()
    ground = shown.locator("body")
    expect(ground).to_have_css("background-color", "rgb(21, 14, 18)")
    page.get_by_label("Điện thoại", exact=True).check()
    assert shown.locator("html").evaluate("() => innerWidth") == 390
    choose_new_picture(page, "hero_image", "Đầm sen")
    expect(shown.locator(".mhero__pic img")).to_have_attribute("alt", "Đầm sen trên nền xanh")
    shown.locator("header .brand").click()  # a picture of the site, not a way around in it
    theme_of(shown)("sen")

    visitor.goto(province.url(alpha))
    theme_of(visitor)("son-mai")
    page.get_by_role("button", name="Lưu", exact=True).press("Enter")
    expect(page.locator(".messages")).to_contain_text("diện mạo mới")
    visitor.reload()
    theme_of(visitor)("sen")
    expect(visitor.locator(".mhero__pic img")).to_be_visible()
    page.get_by_role("button", name="Quay lại giao diện trước").press("Enter")
    expect(page.locator(".messages")).to_contain_text("như trước")
    visitor.reload()
    theme_of(visitor)("son-mai")


def test_preview_works_without_scripts(
    province: LiveProvince, alpha: Tenant, sign_in: Callable[..., Page]
) -> None:
    page = sign_in(alpha, java_script_enabled=False)
    page.goto(province.url(alpha, SCREEN))
    page.check("[name=look][value='bien/cat']")
    page.check("[name=page][value=article]")
    page.get_by_role("button", name="Xem thử").click()
    theme_of(preview(page))("bien")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.goto(province.url(alpha))
    theme_of(page)("bien")
