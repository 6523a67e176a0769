"""A province behind a real gunicorn, and Chromium to walk about in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import translation
from django_tenants.utils import tenant_context
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from motcua.people import groups
from ops.local.chromium import find_chromium
from tenants.models import Tenant
from tests import factories
from tests.browser.exhibition import Exhibition, furnish
from tests.browser.live import LiveProvince, collect_static, free_port

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
PATIENCE = 15_000  # milliseconds something may take where several browsers work at once
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here; `browser` selects it."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The machine's Chromium, in which every ``*.test`` is this machine.

    Playwright keeps an event loop running in this thread, which Django takes for an asynchronous
    program with connections of its own: both end with the module. The connection of the other
    tests is closed first, because nobody would notice when a copy of the baseline ends it.
    """
    connection.close()
    program = find_chromium()
    if program is None:
        pytest.fail("Chromium is missing: apt install chromium", pytrace=False)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--host-resolver-rules=MAP *.test 127.0.0.1"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def static_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder with the static files in it."""
    state = tmp_path_factory.mktemp("state")
    collect_static(state)
    return state


@pytest.fixture
def province(
    committed: dict[str, str], static_files: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[LiveProvince]:
    """The tests' province, answering on a port of its own; its worker runs in the server."""
    port = free_port()
    monkeypatch.setattr(settings, "MEDIA_ROOT", static_files / "media")
    monkeypatch.setattr(settings, "PUBLIC_PORT", port)
    live = LiveProvince(committed, static_files, port)
    live.start()
    yield live
    live.stop()


@pytest.fixture(scope="session")
def exhibition(
    copied: Callable[[], AbstractContextManager[str]],
    inside: Callable[[str], AbstractContextManager[dict[str, str]]],
    static_files: Path,
) -> Iterator[Exhibition]:
    """A live province with an example of everything, for tests that only read."""
    port = free_port()
    with copied() as name:
        with inside(name) as environment, pytest.MonkeyPatch.context() as patch:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
            patch.setattr(settings, "MEDIA_ROOT", static_files / "media")
            patch.setattr(settings, "PUBLIC_PORT", port)
            with translation.override("vi"):
                shown = furnish()
        live = Exhibition(environment, static_files, port)
        live.shown = shown
        live.start()
        yield live
        live.stop()


@pytest.fixture
def open_browser(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Return a new browser's page: ``open_browser(phone=True)``; scripts must not fail in it."""
    contexts: list[BrowserContext] = []
    failures: list[str] = []

    def opened(*, phone: bool = False, **options: Any) -> Page:
        size = PHONE if phone else DESK
        context = chromium.new_context(viewport=size, locale="vi-VN", **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(f"{page.url}: {error}"))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert failures == [], "scripts failed"


@pytest.fixture
def sign_in(province: LiveProvince, open_browser: Callable[..., Page]) -> Callable[..., Page]:
    """Return a browser in which a new person works: ``sign_in(alpha, role)``."""

    def signed_in(site: Tenant, role: str = groups.SITE_ADMINISTRATOR, **options: Any) -> Page:
        with tenant_context(site):
            person = factories.create_user(email=f"nguoi@{site.primary_domain}", role=role)
            client = Client(HTTP_HOST=site.primary_domain)
            client.force_login(person)
        page = open_browser(**options)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": province.url(site)}]
        )
        return page

    return signed_in
