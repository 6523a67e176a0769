"""What visitors meet: readable by everybody, on a phone and on a desk, by day and by night."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django_tenants.utils import tenant_context
from playwright.sync_api import Page, expect

from sites.base.models import SiteSettings
from tenants.lifecycle import Status
from tenants.models import Tenant
from tests.browser.live import LiveProvince
from tests.factories import create_article, create_document, create_image, create_tenant

STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LONG = "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh"


@pytest.fixture
def addresses(province: LiveProvince, main: Tenant, alpha: Tenant, beta: Tenant) -> list[str]:
    """One page of every kind, with everything on it that pages can have."""
    office = create_tenant("vphdnd", name_vi=LONG, kind="department", parent=main)
    create_tenant("tamngung", name_vi="Xã Tạm Ngừng", parent=alpha)
    Tenant.objects.filter(label="tamngung").update(status=Status.SUSPENDED)
    with tenant_context(alpha):
        story = story_with_everything()
        SiteSettings.objects.update(
            address="Số 1, đường Hùng Vương", phone="0273 3872 111", email="ubnd@alpha.tinh.test",
            working_hours="Thứ Hai – thứ Sáu: 7 giờ – 17 giờ", responsible_person="Nguyễn Văn Thử",
        )  # fmt: skip
    pages = [
        (main, "/"), (main, "/en/"), (main, "/search/?query=cau"), (alpha, "/"), (alpha, "/en/"),
        (main, "/tin-toan-tinh/"), (main, "/van-ban-toan-tinh/?q=1507"), (main, "/co-quan/"),
        (main, "/co-quan/?q=tinh"), (main, "/kenh/"), (main, "/en/province-events/"),
        (main, "/huong-dan/dang-ky-kinh-doanh/"), (main, "/en/investors/"),
        (alpha, "/gioi-thieu/"), (alpha, "/lien-he/"), (alpha, "/tin-tuc/"), (alpha, story),
        (alpha, "/khong-co/"), (alpha, "/accounts/login/"), (beta, "/"), (office, "/"),
        ("tamngung.tinh.test", "/"), ("khong-co.tinh.test", "/"),
    ]  # fmt: skip
    return [province.url(site, path) for site, path in pages]


def story_with_everything() -> str:
    """Publish an article with every kind of block; returns its path."""
    picture, file = create_image(description="Cây cầu"), create_document()
    table = {
        "columns": [{"type": "text", "heading": "Nơi"}, {"type": "number", "heading": "Dân số"}],
        "rows": [{"values": ["Phường 1", 7843]}],
    }
    body = [
        {"type": "paragraph", "value": "<h2>Việc cần làm</h2><p>Xem <b>kỹ</b>.</p>"},
        {"type": "quote", "value": {"text": "Cầu đẹp.", "source": "Một người đi đường"}},
        {"type": "image", "value": {"image": picture.pk, "caption": "Cầu", "credit": "Thử"}},
        *(
            {
                "type": "callout",
                "value": {"title": "Chú ý", "text": "<p>Đi chậm.</p>", "tone": tone},
            }
            for tone in ("note", "warning", "success")
        ),
        {"type": "documents", "value": [{"document": file.pk, "title": ""}]},
        {"type": "links", "value": [{"title": "Bản đồ", "url": "https://x.tinh.test/"}]},
        {"type": "faq", "value": [{"question": "Bao giờ?", "answer": "<p>Sáng nay.</p>"}]},
        {"type": "table", "value": {"caption": "Dân số", "table": table}},
    ]
    story = create_article("Cầu mới", abstract="Cầu dài 120 m.", lead_image=picture)
    story.body = json.dumps(body)
    story.save_revision().publish()
    return story.url or ""


def callout(tone: str) -> dict[str, object]:
    """A block that must not be overlooked."""
    return {"type": "callout", "value": {"title": "Chú ý", "text": "<p>Đi chậm.</p>", "tone": tone}}


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_pages_are_accessible_and_fit_the_screen(
    phone: bool, addresses: list[str], open_browser: Callable[..., Page]
) -> None:
    page, axe = open_browser(phone=phone), Axe()
    problems = []
    for address in addresses:
        for scheme in ["light"] if phone or address in addresses[1::2] else ["light", "dark"]:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.goto(address)
            found = axe.run(page, options=STANDARD).response["violations"]
            problems += [(address, scheme, v["id"], v["nodes"][0]["html"]) for v in found]
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        problems += [(address, "wider than the screen", wider)] if wider > 0 else []
    assert problems == []


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


def test_everything_works_without_scripts(
    province: LiveProvince, main: Tenant, alpha: Tenant, open_browser: Callable[..., Page]
) -> None:
    with tenant_context(alpha):
        create_article("Cầu mới")
    page = open_browser(phone=True, java_script_enabled=False)
    page.goto(province.url(main))
    page.fill("main [role=search] input", "cau moi")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Cầu mới").click()
    expect(page.locator("h1")).to_have_text("Cầu mới")
    page.click("header details.menu summary")
    page.locator("header details.menu nav a").first.click()
    expect(page.locator("h1")).to_be_visible()
