"""The province's administrator brings sites into the world and stops one, from the browser."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import FilePayload, Page, expect

from motcua.people import groups
from motcua.web.hosts import KNOWN_FOR
from tenants.models import Tenant
from tests.browser.live import LiveProvince, link_in

GOOD = "label,name_vi,name_en,kind,parent\nxamot,Xã Một,Mot Commune,xã,alpha\n"
BAD = GOOD + "xamot,Xã Hai,,xã,alpha\nxaba,,,làng,khong-co\n"
MORE = "".join(f"xa{n},Xã Số {n},,xã,alpha\n" for n in range(2, 6))


def csv(text: str) -> FilePayload:
    """A list to upload."""
    return {"name": "xa-moi.csv", "mimeType": "text/csv", "buffer": text.encode()}


def test_site_is_created_launched_suspended_and_resumed(
    province: LiveProvince,
    main: Tenant,
    sign_in: Callable[..., Page],
    open_browser: Callable[..., Page],
) -> None:
    page, visitor = sign_in(main, groups.PROVINCIAL_ADMINISTRATOR), open_browser()
    page.goto(province.url(main, "/admin/member-sites/new/"))
    page.fill("#id_name_vi", "Xã Đạo Thạnh")
    page.select_option("#id_kind", "commune")
    page.press("#id_name_vi", "Tab")
    expect(page.locator("[data-address]")).to_contain_text("daothanh")
    public = province.url(page.locator("[data-address]").inner_text())
    page.fill("#id_admin_email", "daothanh@tinh.test")
    page.check("#id_launch")
    page.click("footer [type=submit]")
    expect(page.locator(".registry-checklist")).to_be_visible()
    visitor.goto(public)
    expect(visitor.locator("h1")).to_contain_text("Xã Đạo Thạnh")
    assert "daothanh" in link_in(province.wait_for_mail("daothanh@tinh.test"), "/invitation/")

    page.click("a[href$='/step/suspend/']")
    page.click("main form[method=post] [type=submit]")
    wait_for_status(visitor, public, 503)
    page.click("form[action$='/step/resume/'] [type=submit]")
    wait_for_status(visitor, public, 200)


def wait_for_status(page: Page, address: str, status: int) -> None:
    """Reload until a site answers so: a server remembers a site's state for seconds."""
    deadline = time.monotonic() + KNOWN_FOR + 5
    while True:
        answer = page.goto(address)
        if answer is not None and answer.status == status:
            return
        assert time.monotonic() < deadline, f"{address} does not answer {status}"
        page.wait_for_timeout(300)


def test_list_with_mistakes_makes_nothing_and_a_good_one_everything(
    province: LiveProvince,
    main: Tenant,
    sign_in: Callable[..., Page],
    open_browser: Callable[..., Page],
) -> None:
    page = sign_in(main, groups.PROVINCIAL_ADMINISTRATOR)
    page.goto(province.url(main, "/admin/member-sites/imports/"))
    page.set_input_files("input[type=file]", csv(BAD))
    page.click("main form [type=submit]")
    report = page.locator(".registry-report").first
    expect(report).to_contain_text("xamot")
    expect(report).to_contain_text("làng")
    assert province.get("xamot.tinh.test")[0] == 404

    page.goto(province.url(main, "/admin/member-sites/imports/"))
    page.set_input_files("input[type=file]", csv(GOOD + MORE))
    page.click("main form [type=submit]")
    page.click("form[action$='/start/'] [type=submit]")
    over = page.locator("main a.button[href$='/member-sites/']")
    expect(over).to_be_visible(timeout=30_000)  # the page asks by itself how far it is
    expect(page.locator(".registry-facts dd").first).to_have_text("5")
    visitor = open_browser(phone=True)
    visitor.goto(province.url("xa5.tinh.test"))
    expect(visitor.locator("h1")).to_contain_text("Xã Số 5")
