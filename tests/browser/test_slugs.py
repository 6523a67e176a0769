"""The address of a page follows its Vietnamese title while one types."""

from __future__ import annotations

from collections.abc import Callable

from django_tenants.utils import tenant_context
from playwright.sync_api import Page, expect

from tenants.models import Tenant
from tests.browser.live import LiveProvince
from tests.factories import news_section


def test_slug_follows_a_vietnamese_title(
    province: LiveProvince, alpha: Tenant, sign_in: Callable[..., Page]
) -> None:
    with tenant_context(alpha):
        section = news_section().pk
    page = sign_in(alpha)
    page.goto(province.url(alpha, f"/admin/pages/add/news/articlepage/{section}/"))
    page.fill("#id_title", "Đường đến xã")
    page.press("#id_title", "Tab")
    expect(page.locator("#id_slug")).to_have_value("duong-den-xa")
    page.fill("#id_title", "Quyết định số 1507/QĐ-UBND")
    page.press("#id_title", "Tab")
    expect(page.locator("#id_slug")).to_have_value("quyet-dinh-so-1507-qd-ubnd")
