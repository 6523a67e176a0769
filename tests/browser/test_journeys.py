"""Ways people go: a citizen to a document on a phone, a webmaster to a story without a mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django_tenants.utils import tenant_context
from playwright.sync_api import Page, expect

from motcua.people import groups
from tenants.models import Tenant
from tests import factories
from tests.browser.exhibition import Exhibition
from tests.browser.forms import picture
from tests.browser.live import LiveProvince

NUMBER = "1507/QĐ-UBND"
MOST_TABS = 400
PASSWORD = "mat-khau-thu-nghiem"


@pytest.mark.smoke
def test_citizen_finds_a_document_by_its_number_on_a_phone(
    exhibition: Exhibition, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(phone=True)
    page.goto(exhibition.url("alpha.tinh.test"))
    page.click("header .menu summary")
    page.locator("header .menu nav").get_by_role("link", name="Văn bản").click()
    page.fill("main [type=search]", "1507")
    page.keyboard.press("Enter")
    download_from(page)

    page.goto(exhibition.url("tinh.test"))
    page.fill("main [role=search] input >> nth=0", "1507")
    page.keyboard.press("Enter")
    download_from(page)


def download_from(page: Page) -> None:
    """Open the first document found and take its file."""
    found = page.locator("main").get_by_role("link", name=NUMBER).first
    expect(found).to_be_visible()
    found.click()
    expect(page.locator("h1")).to_contain_text(NUMBER)
    with page.expect_download() as download:
        page.locator("main .files a[download]").first.click()
    assert download.value.path().read_bytes().startswith(b"%PDF")


def tab_to(page: Page, selector: str) -> None:
    """Press the tabulator until the focus is on what a selector names."""
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("(it) => document.activeElement.matches(it)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard on {page.url}")


def test_webmaster_publishes_a_story_with_a_picture_by_keyboard_alone(
    province: LiveProvince, alpha: Tenant, open_browser: Callable[..., Page], settings: Any
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    with tenant_context(alpha):
        factories.create_user(email="bien.tap@alpha.tinh.test", password=PASSWORD,
                              role=groups.EDITOR)  # fmt: skip
    page = open_browser()
    keys = page.keyboard
    page.goto(province.url(alpha, "/admin/"))
    if not page.evaluate("document.activeElement.matches('[name=login]')"):
        tab_to(page, "[name=login]")
    keys.type("bien.tap@alpha.tinh.test")
    tab_to(page, "[name=password]")
    keys.type(PASSWORD)
    keys.press("Enter")
    page.wait_for_selector("a[href*='/add/news/articlepage/']")

    tab_to(page, "a[href*='/add/news/articlepage/']")
    keys.press("Enter")
    page.wait_for_selector("#id_title")
    if not page.evaluate("document.activeElement.matches('#id_title')"):
        tab_to(page, "#id_title")
    keys.type("Đường đến xã đã thông")
    tab_to(page, "#id_abstract")
    keys.type("Xe máy và xe đạp được đi từ sáng nay.")
    upload_a_picture(page)

    tab_to(page, "footer [data-w-dropdown-target=toggle]")
    keys.press("Enter")
    tab_to(page, "[name=action-publish]")
    keys.press("Enter")
    expect(page.locator(".messages .success")).to_be_visible()
    page.goto(province.url(alpha, "/tin-tuc/duong-den-xa-da-thong/"))
    expect(page.locator("h1")).to_have_text("Đường đến xã đã thông")
    expect(page.locator("main img[alt='Con đường mới']")).to_be_visible()


def upload_a_picture(page: Page) -> None:
    """Upload a new lead image in its chooser, with its alternative text."""
    keys = page.keyboard
    tab_to(page, "#id_lead_image-chooser [data-chooser-action-choose]")
    keys.press("Enter")
    expect(page.locator(".modal")).to_be_focused()  # it takes the focus once it is wholly open
    expect(page.locator(".modal [role=tab]").first).to_be_visible()
    tab_to(page, ".modal [role=tab]")
    keys.press("ArrowRight")
    expect(page.locator(".modal [role=tab][href='#tab-upload']")).to_be_focused()
    tab_to(page, ".modal input[type=file]")
    with page.expect_file_chooser() as chooser:
        keys.press("Space")
    chooser.value.set_files(picture())
    expect(page.locator(".modal [name$=title]")).not_to_have_value("")  # taken from the file's name
    tab_to(page, ".modal [name$=description]")
    keys.type("Con đường mới")
    tab_to(page, ".modal #tab-upload [type=submit]")
    keys.press("Enter")
    expect(page.locator(".modal")).to_have_count(0)
    expect(page.locator("#id_lead_image")).not_to_have_value("")
    expect(page.locator("#id_lead_image-chooser [data-chooser-image]")).to_be_visible()
