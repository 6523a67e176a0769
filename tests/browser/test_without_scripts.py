"""Everything is there and works where scripts do not run."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.exhibition import Exhibition

LEAST = 60  # characters that every page has to say


@pytest.fixture
def page(open_browser: Callable[..., Page]) -> Page:
    """A phone's browser without scripts."""
    return open_browser(phone=True, java_script_enabled=False)


def test_every_page_can_be_read_and_left(exhibition: Exhibition, page: Page) -> None:
    problems = []
    for shown in exhibition.in_language("vi"):
        page.goto(exhibition.address(shown), wait_until="domcontentloaded")
        if not page.locator("h1").is_visible():
            problems.append((str(shown), "no heading"))
        if len(page.locator("main").inner_text().strip()) < LEAST:
            problems.append((str(shown), "no content"))
        if shown.status != 200:
            continue
        page.click("header details.menu summary")
        if not page.locator("header details.menu nav a").first.is_visible():
            problems.append((str(shown), "the menu does not open"))
        useless = page.locator("button.js-only:visible").count()
        if useless:
            problems.append((str(shown), "buttons that do nothing"))
    assert problems == []


def test_lists_are_narrowed_and_leafed_through(exhibition: Exhibition, page: Page) -> None:
    page.goto(exhibition.address(exhibition.of("documents")))
    page.fill("#doc-q", "12")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("12/QĐ-UBND")

    page.goto(exhibition.address(exhibition.of("projects")))
    page.select_option("select[name=status]", "running")
    page.click("form.lookup [type=submit]")
    expect(page.locator("main")).to_contain_text("Cầu Rạch Miễu 2")
    expect(page.locator("main")).not_to_contain_text("Trường mầm non")

    page.goto(exhibition.address(exhibition.of("directory")))
    page.fill("#who", "hoa")
    page.keyboard.press("Enter")
    expect(page.locator("main [role=status]")).to_contain_text("1")

    page.goto(exhibition.address(exhibition.of("news")))
    page.click(".pages [rel=next]")
    expect(page.locator(".pages [aria-current]")).to_contain_text("2")


def test_pictures_questions_and_forms_answer(exhibition: Exhibition, page: Page) -> None:
    page.goto(exhibition.address(exhibition.of("album")))
    page.click(".shots a >> nth=0")
    expect(page.locator("#anh img")).to_be_visible()
    page.click(".shot__nav [rel=next]")
    expect(page.locator("#anh")).to_contain_text("Chú thích 1")

    page.goto(exhibition.address(exhibition.of("article")))
    question = page.locator("details", has_text="Bao giờ?")
    question.locator("summary").click()
    expect(question).to_contain_text("Sáng nay.")

    page.goto(exhibition.address(exhibition.of("sign-in")))
    page.fill("[name=login]", "khong.co@alpha.tinh.test")
    page.fill("[name=password]", "sai-mat-khau")
    page.keyboard.press("Enter")
    expect(page.locator("main [role=alert], main .errorlist").first).to_be_visible()

    page.goto(exhibition.url("tinh.test"))
    page.fill("main [role=search] input >> nth=0", "cau moi")
    page.keyboard.press("Enter")
    expect(page.locator("main").get_by_role("link", name="Cầu mới").first).to_be_visible()
