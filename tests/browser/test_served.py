"""What the server sends: valid markup, light pages, feeds and site maps that lead somewhere."""

from __future__ import annotations

import gzip
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import urlsplit

import pytest

from tests.browser.exhibition import Exhibition, Shown
from tests.browser.markup import faults
from tests.browser.syndication import feed_faults, sitemap_faults

KB = 1_000
HTML, STYLES, SCRIPTS = 15 * KB, 14 * KB, 20 * KB
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
ATOM = "{http://www.w3.org/2005/Atom}"
LINK = re.compile(rb'<link rel="stylesheet" href="([^"]+)"')
SCRIPT = re.compile(rb'<script src="([^"]+)"')
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)"')
FEED = re.compile(r'href="([^"]+/(?:rss\.xml|atom\.xml|feed\.json)|[^"]+/feeds/[^"]+)"')
MOST_IN_A_MAP = 50_000  # sitemaps.org


@pytest.fixture(scope="module")
def answers(exhibition: Exhibition) -> dict[Shown, bytes]:
    """What the server answers for every example."""
    return {shown: exhibition.answer(shown) for shown in exhibition.shown}


def test_markup_is_valid(answers: dict[Shown, bytes]) -> None:
    found = {str(shown): faults(content) for shown, content in answers.items()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_checker_of_markup_finds_what_is_wrong() -> None:
    wrong = b"""<!doctype html><html lang="xx"><head><title>x</title></head><body><main>
        <h1>A</h1><h3 id="a">B</h3><p id="a"><div>c</div></p><ul><p>d</p></ul><a href="">e</a>
        <a href="#z"><button>f</button></a><input name="g"><img src="h" style="color:red">
        <b onclick="i()" aria-labelledby="j"></b><script>k()</script>
        <a href="/l?m=n o">p</a><img alt="" src="/q" srcset="/q 120w, /r 120w"><img alt="" src="/s"
        sizes="9rem"><time datetime="2026-11-20T22:04:35.953784+07:00">t</time></main></body>
        </html>"""
    told = "\n".join(faults(wrong))
    for part in (
        "line 2", "language", "h3 follows h1", "'a' stands 2 times", "<ul> may not hold",
        "leads nowhere", "<a> may not hold <button>", "without a label", "without alt", "['style']",
        "['onclick']", "points nowhere", "link to nowhere", "script inside",
        "href is no address", "srcset has a size twice", "sizes without widths", "no moment",
    ):  # fmt: skip
        assert part in told, part


def test_pages_are_light(answers: dict[Shown, bytes], exhibition: Exhibition) -> None:
    """Bytes as they travel, compressed; print styles count, fonts and pictures do not."""
    sizes: dict[tuple[str, str], int] = {}

    def size(shown: Shown, path: bytes) -> int:
        key = (shown.host, unescape(path.decode()))
        if key not in sizes:
            status, content = exhibition.get(*key)
            assert status == 200, key
            sizes[key] = len(gzip.compress(content))
        return sizes[key]

    heavy = []
    for shown, content in answers.items():
        weights = {
            "HTML": (len(gzip.compress(content)), HTML),
            "styles": (sum(size(shown, path) for path in LINK.findall(content)), STYLES),
            "scripts": (sum(size(shown, path) for path in SCRIPT.findall(content)), SCRIPTS),
        }
        heavy += [(str(shown), what, weight) for what, (weight, most) in weights.items()
                  if weight >= most]  # fmt: skip
    assert heavy == []
    assert sizes, "no page has a style sheet"


def test_site_maps_lead_to_pages_that_call_themselves_so(exhibition: Exhibition) -> None:
    """The schema of sitemaps.org; every address answers, and is the canonical one of its page."""
    problems: list[object] = []
    for host in ("tinh.test", "alpha.tinh.test"):
        index = site_map(exhibition, host, "/sitemap.xml")
        assert index.tag == f"{MAP}sitemapindex"
        for file in [str(file.findtext(f"{MAP}loc")) for file in index]:
            urls = site_map(exhibition, host, urlsplit(file).path)
            assert urls.tag == f"{MAP}urlset"
            assert 0 < len(urls) <= MOST_IN_A_MAP
            problems += [problem for url in urls for problem in wrong_with(url, exhibition, host)]
    assert problems == []


def wrong_with(url: ET.Element, exhibition: Exhibition, host: str) -> Iterator[tuple[str, object]]:
    """Say what is wrong with one entry of a site map."""
    address = str(url.findtext(f"{MAP}loc"))
    if urlsplit(address).hostname != host:
        yield address, "on another host"
    links = {link.get("hreflang"): link.get("href") for link in url.findall(f"{XHTML}link")}
    if links and address not in links.values():
        yield address, "is not among its own translations"
    status, content = exhibition.get(host, urlsplit(address).path)
    canonical = CANONICAL.search(content.decode())
    if status != 200 or canonical is None or unescape(canonical[1]) != address:
        yield address, (status, canonical and canonical[1])


def site_map(exhibition: Exhibition, host: str, path: str) -> ET.Element:
    """Return the root of a site map that its schema finds nothing wrong with."""
    status, content = exhibition.get(host, path)
    assert status == 200, (host, path, status)
    assert sitemap_faults(content) == [], (host, path)
    return ET.fromstring(content)


READERS: dict[str, Callable[[bytes], list[str]]] = {
    "rss": lambda data: [str(item.findtext("link")) for item in ET.fromstring(data).iter("item")],
    "atom": lambda data: [
        str(link.get("href"))
        for entry in ET.fromstring(data).iter(f"{ATOM}entry")
        for link in entry.findall(f"{ATOM}link")
        if link.get("rel", "alternate") == "alternate"
    ],
    "json": lambda data: [item["url"] for item in json.loads(data)["items"]],
}


def test_feeds_lead_to_what_can_be_read(exhibition: Exhibition) -> None:
    """All feeds a page names, each by its specification; all formats have the same entries."""
    known: set[str] = set()
    for host, path in (("alpha.tinh.test", "/kenh-rss/"), ("tinh.test", "/en/feeds/")):
        _status, page = exhibition.get(host, path)
        addresses = sorted({unescape(found) for found in FEED.findall(page.decode())})
        assert len(addresses) >= 3, page
        entries: dict[str, dict[str, list[str]]] = {}
        for address in addresses:
            parts = urlsplit(address)
            status, content = exhibition.get(parts.hostname or host, parts.path)
            assert status == 200, address
            place, kind = parts.path.rsplit("/", 1)
            form = "json" if "json" in kind else "atom" if "atom" in kind else "rss"
            assert feed_faults(content, form) == [], address
            name = place if kind in {"rss.xml", "atom.xml", "feed.json"} else parts.path[:-4]
            entries.setdefault(name.rstrip("."), {})[form] = READERS[form](content)
        for name, forms in entries.items():
            assert len(forms) == 3, (name, list(forms))
            assert forms["rss"] == forms["atom"] == forms["json"], name
            known.update(forms["rss"])
    assert known
    for address in known:
        parts = urlsplit(address)
        assert exhibition.get(str(parts.hostname), parts.path)[0] == 200, address


def test_checkers_of_feeds_and_site_maps_find_what_is_wrong() -> None:
    head = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    url = "<url><lastmod>20/11/2026</lastmod><loc>https://a.vn/a/</loc></url>"
    assert sitemap_faults(f"{head}{url}</urlset>".encode())
    assert sitemap_faults(f"{head}</urlset>".encode())
    rss = """<rss version="2.0"><channel><title>a</title><link>/b</link><odd/><item><guid>c</guid>
        <pubDate>2026-11-20</pubDate><enclosure url="d" length="" type="e"/></item></channel>
        </rss>"""
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><id>a</id><title/><title/><entry>
        <id>urn:b</id><title>c</title><updated>2026-11-20</updated>
        <link href="/d" rel="self"/></entry></feed>"""
    told = {"version": "1", "title": "a", "feed_url": "/b",
            "items": [{"id": 1}, {"id": "1", "date_published": "today"}]}  # fmt: skip
    expected = {
        ("rss", rss): ("without description", "link is no", "<odd>", "neither title", "RFC 822",
                       "guid is no", "enclosure"),
        ("atom", atom): ("author", "2 title", "0 updated", "id is no", "RFC 3339", "link to /d",
                         "neither content"),
        ("json", json.dumps(told)): ("version", "feed_url", "id 1 stands 2", "id 1", "RFC 3339",
                                     "without content"),
    }  # fmt: skip
    for (form, text), parts in expected.items():
        faults_found = "\n".join(feed_faults(text.encode(), form))
        assert [part for part in parts if part not in faults_found] == [], faults_found
