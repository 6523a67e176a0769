"""``ops/screenshots``: pictures of a running demo, small enough for the repository."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Error, Page, sync_playwright

from ops.local import province
from ops.local.chromium import find_chromium
from ops.local.messages import Stop, complain, say
from ops.local.state import CHECKOUT, State

SIZES = {1280: 900, 390: 844}  # CSS pixels: a desk and a phone
LARGEST = 300_000  # bytes
COLOURS = (256, 128, 64, 32)
# Pages of the main portal worth a picture besides its home.
PAGES = {
    "guide": "/huong-dan/dang-ky-kinh-doanh/",
    "citizens": "/nguoi-dan/",
    "documents": "/van-ban/",
    "directory": "/co-quan/",
    "disclosure": "/cong-khai/",
}
SCREENS = {
    "admin-home": "/admin/",
    "admin-appearance": "/admin/appearance/",
    "admin-places": "/admin/reports/places/",
    "admin-sites": "/admin/member-sites/",
}


def main() -> int:
    """Take every picture in both sizes; returns the exit code."""
    options = _options()
    try:
        with _chromium() as browser:
            for width in SIZES:
                for name, picture in _pictures(browser, options, width):
                    file = options.folder / f"{name}-{width}.png"
                    size = write(picture, file)
                    say(str(file), f"{size // 1000} kB")
    except (Stop, Error) as reason:
        complain(reason)
        return 1
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="ops/screenshots", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="the demo's port")
    parser.add_argument("--district", default="chogao", help="label of the district shown")
    parser.add_argument("--commune", default="daothanh", help="label of the commune shown")
    parser.add_argument("--folder", type=Path, default=CHECKOUT / "docs" / "screenshots")
    return parser.parse_args()


@contextmanager
def _chromium() -> Iterator[Browser]:
    program = find_chromium()
    if program is None:
        raise Stop("Thiếu Chromium: apt install chromium", "Chromium is missing.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def _pictures(
    browser: Browser, options: argparse.Namespace, width: int
) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the PNG of each picture."""
    context = browser.new_context(
        viewport={"width": width, "height": SIZES[width]}, locale="vi-VN", reduced_motion="reduce"
    )
    page = context.new_page()
    for name, host in {
        "main": province.DOMAIN,
        "district": f"{options.district}.{province.DOMAIN}",
        "commune": f"{options.commune}.{province.DOMAIN}",
    }.items():
        _open(page, f"http://{host}:{options.port}/")
        yield name, page.screenshot()
        if name == "district":
            _open(page, page.locator("main article h3 a").first.evaluate("link => link.href"))
            yield "article", page.screenshot()
    portal = f"http://{province.DOMAIN}:{options.port}"
    for name, path in PAGES.items():
        _open(page, f"{portal}{path}")
        yield name, page.screenshot()
    _sign_in(page, portal)
    for name, path in SCREENS.items():
        _open(page, f"{portal}{path}")
        yield name, page.screenshot()
    context.close()


def _open(page: Page, address: str) -> None:
    answer = page.goto(address, wait_until="networkidle")
    if answer is None or not answer.ok:
        raise Stop(f"{address} không trả lời.", f"{address} does not answer; is ops/demo running?")


def _sign_in(page: Page, portal: str) -> None:
    """Sign the demo's administrator in."""
    password = os.environ.get("MOTCUA_ADMIN_PASSWORD") or State().secrets()["MOTCUA_ADMIN_PASSWORD"]
    _open(page, f"{portal}/accounts/login/?next=/admin/member-sites/")
    page.fill("[name=login]", province.ADMIN_EMAIL)
    page.fill("[name=password]", password)
    page.click("main [type=submit]")
    page.wait_for_url(f"{portal}/admin/**")


def write(png: bytes, file: Path) -> int:
    """Write a picture with as many colours as fit into `LARGEST`; returns its size in bytes.

    Raises:
        Stop: it does not fit with few colours either.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for colours in COLOURS:
        buffer = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
        if buffer.tell() <= LARGEST:
            file.write_bytes(buffer.getvalue())
            return buffer.tell()
    raise Stop(f"{file.name} quá lớn.", f"{file.name} is larger than {LARGEST} bytes.")


if __name__ == "__main__":
    sys.exit(main())
