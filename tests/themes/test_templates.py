"""Templates compile, and need nothing that a strict content security policy forbids."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from django.template.loader import render_to_string

THEMES = Path(__file__).parents[2] / "themes"
MAILS = ("emails/", "account/email/")  # mail readers know only inline styles
ALONE = ["500", "503", "gone", "suspended", "unknown_host"]


def template_names(pattern: str = "*") -> list[str]:
    """Return the names of all themes' templates, as the loader knows them."""
    roots = THEMES.glob("*/templates")
    files = {str(path.relative_to(root)) for root in roots for path in root.rglob(pattern)
             if path.is_file()}  # fmt: skip
    return sorted(files)


NAMES = template_names()
PAGES = [name for name in template_names("*.html") if not name.startswith(MAILS)]


def source(name: str) -> str:
    """Return a template's text without comments."""
    text = next(THEMES.glob(f"*/templates/{name}")).read_text()
    return re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.S)


@pytest.mark.parametrize("name", NAMES)
def test_it_compiles(name: str) -> None:
    engines["django"].get_template(name)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_written_inline(name: str) -> None:
    text = source(name)
    assert not re.search(r"\sstyle\s*=|<style\b", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"javascript:", text)
    assert all("src=" in tag for tag in re.findall(r"<script\b[^>]*>", text))


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_fetched_from_elsewhere(name: str) -> None:
    assert not re.search(r"""(?:href|src|action|srcset)\s*=\s*["'](?:https?:)?//""", source(name))


@pytest.mark.parametrize("name", PAGES)
def test_static_files_it_names_exist(name: str) -> None:
    named = re.findall(r"""{% static ["']([^"']+)["'] %}|["']/static/([^"']+)["']""", source(name))
    assert [path for pair in named for path in pair if path and not finders.find(path)] == []


@pytest.mark.parametrize("name", PAGES)
def test_icons_it_names_exist(name: str) -> None:
    drawn = set(
        re.findall(r'id="([\w-]+)"', Path(str(finders.find("base/img/icons.svg"))).read_text())
    )
    named = re.findall(r"""icon\.html["'] with name=["']([\w-]+)["']""", source(name))
    assert set(named) <= drawn


@pytest.mark.parametrize("page", ALONE)
def test_the_last_error_pages_need_nothing(page: str) -> None:
    html = render_to_string(f"errors/{page}.html")
    assert '<html lang="vi">' in html
    assert 'lang="en"' in html


@pytest.mark.parametrize("code", ["400", "403", "404"])
def test_an_error_page_stands_without_a_site(code: str) -> None:
    html = render_to_string(f"errors/{code}.html")
    assert "<h1>" in html
    assert 'href="/"' in html


def test_the_fullest_home_page_stays_light() -> None:
    html = render_to_string("pages/main_home.html", create_province())
    assert len(gzip.compress(html.encode())) < 15_000


def create_province() -> dict[str, Any]:
    """Return the context of a main portal where every list of the home page is full."""
    guides = [create_item(n, path=f"/huong-dan/viec-{n}/", details={"icon": "scale"})
              for n in range(9)]  # fmt: skip
    documents = [create_item(n, details={"number": f"{1500 + n}/QĐ-UBND", "type": "Quyết định",
                                         "issuer": "Ủy ban nhân dân tỉnh"})
                 for n in range(5)]  # fmt: skip
    moment = datetime(2026, 11, 22, 8, tzinfo=UTC)
    events = [create_item(n, starts_at=moment, ends_at=moment, details={"place": f"Hội trường {n}"})
              for n in range(5)]  # fmt: skip
    return {
        "guides": guides, "landings": guides[:4], "documents": documents, "events": events,
        "newest": [create_item(n) for n in range(9)],
        "notices": [create_item(n) for n in range(6)],
        "consultations": [create_item(n, ends_at=moment) for n in range(3)],
        "places": [link(f"Huyện số {n}", f"huyen-{n * 7919 % 1009}") for n in range(11)],
        "counts": {"department": 20, "district": 11, "commune": 168},
    }  # fmt: skip


def link(name: str, label: str) -> SimpleNamespace:
    return SimpleNamespace(name=name, url=f"https://{label}.tinh.test")


def create_item(n: int, **fields: Any) -> SimpleNamespace:
    title = f"Bản tin {n}: lịch cấp nước luân phiên mùa khô ở các xã ven sông"
    given = {"title": title, "abstract": title * 3, "url": f"https://x{n}.tinh.test/tin/{n}",
             "image_url": "", "source_name": f"Sở số {n}", "source_url": f"https://x{n}.tinh.test",
             "published_at": None, "details": {}}  # fmt: skip
    return SimpleNamespace(**{**given, **fields})
