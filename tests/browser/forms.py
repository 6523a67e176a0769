"""What every form of the admin is filled with."""

from __future__ import annotations

import io

from PIL import Image
from playwright.sync_api import FilePayload, Page, expect


def picture() -> FilePayload:
    """A photograph to upload."""
    buffer = io.BytesIO()
    Image.new("RGB", (1600, 900), "seagreen").save(buffer, "JPEG")
    return {"name": "duong.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def choose_new_picture(page: Page, field: str, title: str) -> None:
    """Upload a picture in the chooser of a form's field and take it."""
    page.click(f"#id_{field}-chooser [data-chooser-action-choose]:visible")
    page.click(".modal [role=tab][href='#tab-upload']")
    page.set_input_files(".modal input[type=file]", picture())
    page.fill(".modal [name$=title]", title)
    page.fill(".modal [name$=description]", f"{title} trên nền xanh")
    page.click(".modal #tab-upload form [type=submit]")
    expect(page.locator(".modal")).to_have_count(0)


def publish(page: Page) -> None:
    """Two clicks: open the menu of actions, publish."""
    page.click("footer [data-w-dropdown-target=toggle]")
    page.click("[name=action-publish]")
    page.wait_for_load_state()
