"""A webmaster tells of the agency and offers files; visitors see both."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tenants.models import Tenant
from tests.browser.forms import choose_new_picture
from tests.browser.live import LiveProvince


def test_contacts_and_logo_are_on_the_site_at_once(
    province: LiveProvince,
    alpha: Tenant,
    sign_in: Callable[..., Page],
    open_browser: Callable[..., Page],
) -> None:
    page, visitor = sign_in(alpha), open_browser(phone=True)
    page.goto(province.url(alpha, "/admin/settings/base/sitesettings/"))
    choose_new_picture(page, "logo", "Biểu trưng")
    for field, words in {
        "phone": "0273 3872 111",
        "address": "Số 1, đường Hùng Vương",
        "responsible_person": "Nguyễn Văn Thử",
    }.items():
        page.fill(f"#id_{field}", words)
    page.click("footer [type=submit]")
    page.wait_for_load_state()

    visitor.goto(province.url(alpha, "/lien-he/"))
    expect(visitor.locator("main")).to_contain_text("Số 1, đường Hùng Vương")
    expect(visitor.locator("main a[href='tel:02733872111']")).to_be_visible()
    expect(visitor.locator("#foot")).to_contain_text("Nguyễn Văn Thử")
    logo = visitor.locator("header .brand__logo")
    expect(logo).to_be_visible()
    assert logo.evaluate("image => image.naturalWidth") > 0


def test_uploaded_files_stay_on_their_site(
    province: LiveProvince,
    alpha: Tenant,
    beta: Tenant,
    sign_in: Callable[..., Page],
) -> None:
    page = sign_in(alpha)
    page.goto(province.url(alpha, "/admin/documents/multiple/add/"))
    plan = {"name": "Kế hoạch.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 thu %%EOF"}
    page.set_input_files("input[type=file]", plan)  # type: ignore[arg-type]
    page.locator("#upload-list .upload-success, .upload-success").first.wait_for()
    page.goto(province.url(alpha, "/admin/documents/"))
    link = page.locator("a[href*='/documents/'][href$='.pdf']").first
    path = str(link.get_attribute("href"))
    assert province.get(alpha, path) == (200, b"%PDF-1.4 thu %%EOF")
    assert province.get(beta, path)[0] == 404
