"""What scripts add for visitors: lists that follow the typing, a menu by keyboard."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tenants.models import Tenant
from tests.browser.live import LiveProvince
from tests.factories import create_tenant


def test_agencies_are_filtered_while_typing_without_diacritics(
    province: LiveProvince, main: Tenant, open_browser: Callable[..., Page]
) -> None:
    create_tenant("chogao", name_vi="Huyện Chợ Gạo", kind="district", parent=main)
    page = open_browser(phone=True)
    page.goto(province.url(main, "/co-quan/"))
    page.fill("#q", "cho gao")
    expect(page.locator(".agencies li:visible")).to_have_text(["Huyện Chợ Gạo"])
    page.press("#q", "Enter")
    expect(page.locator(".tree--list li")).to_have_text(["Huyện Chợ Gạo"])


def test_menu_works_by_keyboard_on_a_phone(
    province: LiveProvince, alpha: Tenant, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(phone=True)
    page.goto(province.url(alpha))
    page.focus("header details.menu summary")
    page.keyboard.press("Enter")
    expect(page.locator("header details.menu nav")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("header details.menu nav")).to_be_hidden()
    expect(page.locator("header details.menu summary")).to_be_focused()
