"""From the mail with an invitation to work, and back after a forgotten password."""

from __future__ import annotations

from collections.abc import Callable

from django_tenants.utils import tenant_context
from playwright.sync_api import Page, expect

from motcua.people import actions, groups
from tenants.models import Tenant
from tests.browser.live import LiveProvince, link_in

ADDRESS = "bien.tap@tinh.test"
FIRST, SECOND = "Song Tien xanh 2026", "Cau Rach Mieu 2027"


def test_invited_person_works_on_one_site_only(
    province: LiveProvince, alpha: Tenant, beta: Tenant, open_browser: Callable[..., Page]
) -> None:
    with tenant_context(alpha):
        actions.invite(email=ADDRESS, role=groups.SITE_ADMINISTRATOR, by="test")
    page = open_browser(phone=True)
    page.goto(link_in(province.wait_for_mail(ADDRESS), "/invitation/"))
    page.fill("[name=name]", "Trần Thị Biên Tập")
    page.fill("[name=password1]", FIRST)
    page.fill("[name=password2]", FIRST)
    page.click("main [type=submit]")
    page.wait_for_url(province.url(alpha, "/admin/"))
    expect(page.locator("main")).to_contain_text("Huyện Alpha")
    expect(page.locator("body")).not_to_contain_text("member-sites")
    page.goto(province.url(beta, "/admin/"))
    assert "/accounts/login/" in page.url
    sign_in(page, ADDRESS, FIRST)
    expect(page.locator("main [role=alert]")).to_be_visible()


def sign_in(page: Page, address: str, password: str) -> None:
    """Send the sign-in form."""
    page.fill("[name=login]", address)
    page.fill("[name=password]", password)
    page.click("main [type=submit]")
    page.wait_for_load_state()


def test_forgotten_password_is_replaced_by_keyboard_alone(
    province: LiveProvince, alpha: Tenant, open_browser: Callable[..., Page]
) -> None:
    with tenant_context(alpha):
        actions.open_account(
            email=ADDRESS, name="Trần Thị Biên Tập", password=FIRST, role=groups.EDITOR
        )
    page = open_browser()
    page.goto(province.url(alpha, "/accounts/login/"))
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.focus("main a[href$='/accounts/password/reset/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/password/reset/")
    page.focus("[name=email]")
    page.keyboard.type(ADDRESS)
    page.keyboard.press("Enter")
    page.wait_for_url("**/reset/done/")

    page.goto(link_in(province.wait_for_mail(ADDRESS), "/password/reset/key/"))
    page.focus("[name=password1]")
    page.keyboard.type(SECOND)
    page.keyboard.press("Tab")
    page.keyboard.type(SECOND)
    page.keyboard.press("Enter")
    page.wait_for_url("**/key/done/")
    page.goto(province.url(alpha, "/accounts/login/?next=/admin/"))
    sign_in(page, ADDRESS, SECOND)
    assert page.url == province.url(alpha, "/admin/")
