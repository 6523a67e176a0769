"""Feeds are valid in every format, tell only what is public, and cost the same however long."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pytest
from django.utils.dateparse import parse_datetime
from django_tenants.utils import tenant_context
from wagtail.models import PageViewRestriction

from sites.base import mirroring
from sites.news.models import Category
from tenants.models import Tenant
from tests.factories import create_article, create_image, news_section

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
FILES = ("rss.xml", "atom.xml", "feed.json")
HOSTILE = 'Họp <b>"dân"</b> & ]]> \x01\x0b</title><script>alert(1)</script>'
# The host, the page's way, its restrictions (twice), entries, pictures with their cuts, facts.
SECTION_QUERIES = 14
PROVINCE_QUERIES = 4


def parsed(response: Any) -> Any:
    """A feed's root element, or its JSON."""
    assert response.status_code == 200, response.content
    if "json" in response["Content-Type"]:
        return json.loads(response.content)
    return ET.fromstring(response.content)


def titles(response: Any) -> list[str]:
    """The titles of a feed's entries."""
    feed = parsed(response)
    if isinstance(feed, dict):
        return [item["title"] for item in feed["items"]]
    return [
        str(entry.findtext("title") or entry.findtext(f"{ATOM}title"))
        for entry in (*feed.iter("item"), *feed.iter(f"{ATOM}entry"))
    ]


@pytest.fixture
def section(alpha: Tenant) -> Tenant:
    """Alpha, with a hostile article that has a picture and a plain one in a category."""
    with tenant_context(alpha):
        create_article(HOSTILE, slug="hop-dan", abstract="5 < 6 & <i>xa</i>",
                       lead_image=create_image())  # fmt: skip
        category = Category.objects.create(name="Kinh tế", slug="loai-thu")
        create_article("Tin khác", slug="khac", category=category)
    return alpha


def test_rss_has_what_rss_asks_for(section: Tenant, browse: Any) -> None:
    response = browse(section).get("/tin-tuc/rss.xml")
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    feed = parsed(response)
    assert feed.tag == "rss"
    assert feed.get("version") == "2.0"
    [channel] = feed
    assert all(channel.findtext(name) for name in ("title", "link", "description", "language"))
    [itself] = channel.findall(f"{ATOM}link")
    assert itself.attrib == {"rel": "self", "href": f"{section.url}/tin-tuc/rss.xml"}
    [_other, item] = channel.findall("item")
    assert item.findtext("title") == HOSTILE.replace("\x01\x0b", "")
    assert item.findtext("link") == f"{section.url}/tin-tuc/hop-dan/"
    assert item.findtext("description") == "<p>5 &lt; 6 &amp; &lt;i&gt;xa&lt;/i&gt;</p>"
    guid = item.find("guid")
    assert guid is not None
    assert guid.get("isPermaLink") == "false"
    assert item.findtext(f"{DC}creator") == "Ủy ban nhân dân huyện Alpha"
    picture = item.find("enclosure")
    assert picture is not None
    assert picture.get("url", "").startswith(f"{section.url}/media/")
    assert set(picture.attrib) == {"url", "length", "type"}
    assert picture.get("type") == "image/png"
    assert int(picture.get("length", "")) > 0


def test_atom_has_what_atom_asks_for(section: Tenant, browse: Any) -> None:
    """RFC 4287, sections 4.1.1 and 4.1.2."""
    feed = parsed(browse(section).get("/tin-tuc/atom.xml"))
    assert feed.tag == f"{ATOM}feed"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "vi"
    for part in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"{ATOM}{name}")) == 1, name
        assert parse_datetime(str(part.findtext(f"{ATOM}updated"))) is not None
        assert part.find(f"{ATOM}author/{ATOM}name") is not None
    identifiers = [str(part.findtext(f"{ATOM}id")) for part in feed.findall(f"{ATOM}entry")]
    assert len(set(identifiers)) == 2
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", name) for name in identifiers)
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == [f"{section.url}/tin-tuc/atom.xml"]


def test_json_feed_has_what_json_feed_asks_for(section: Tenant, browse: Any) -> None:
    """https://www.jsonfeed.org/version/1.1/"""
    response = browse(section).get("/tin-tuc/feed.json")
    assert response["Content-Type"].startswith("application/feed+json")
    feed = parsed(response)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert feed["feed_url"] == f"{section.url}/tin-tuc/feed.json"
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item["content_html"]
        assert parse_datetime(item["date_published"]) is not None
    assert feed["items"][1]["image"].startswith(f"{section.url}/media/")
    assert feed["items"][1]["content_html"].count("<") == 2


def test_an_entry_keeps_its_id_wherever_it_is_listed(
    section: Tenant, main: Tenant, browse: Any
) -> None:
    own = {
        (item["id"], item["url"])
        for item in parsed(browse(section).get("/tin-tuc/feed.json"))["items"]
    }
    for path in ("/feeds/news.json", "/feeds/all.json", "/feeds/news.json?agency=alpha"):
        listed = {(item["id"], item["url"]) for item in parsed(browse(main).get(path))["items"]}
        assert own <= listed, path


def test_category_narrows_a_feed_down(section: Tenant, browse: Any) -> None:
    for name in FILES:
        response = browse(section).get(f"/tin-tuc/{name}?category=loai-thu")
        assert titles(response) == ["Tin khác"], name
        assert "?category=loai-thu" in response.content.decode()
        assert "Tin tức: Kinh tế – Huyện Alpha" in response.content.decode(), name
        unknown = browse(section).get(f"/tin-tuc/{name}?category=khong-co")
        assert titles(unknown) == []
        assert "Tin tức – Huyện Alpha" in unknown.content.decode(), name
    named = browse(section).get("/kenh-rss/").content.decode()
    assert "Tin tức: Kinh tế" in named
    assert 'href="/tin-tuc/atom.xml?category=loai-thu"' in named
    assert named.count("?category=") == 4  # the list and its three formats, of one category
    narrowed = browse(section).get("/tin-tuc/?category=loai-thu").content.decode()
    assert 'title="Tin tức: Kinh tế (Atom)"' in narrowed


def test_feed_tells_only_what_everybody_may_read_and_is_translated(
    section: Tenant, browse: Any
) -> None:
    with tenant_context(section):
        create_article("Nháp", publish=False)
        hidden = create_article("Kín")
        PageViewRestriction.objects.create(page=hidden, restriction_type="login")
        create_article("English", parent=news_section("en"))
        mirroring.mirror_missing()
    assert "Kín" not in titles(browse(section).get("/tin-tuc/rss.xml"))
    assert "Nháp" not in titles(browse(section).get("/tin-tuc/rss.xml"))
    assert titles(browse(section).get("/en/news/atom.xml")) == ["English"]
    with tenant_context(section):
        PageViewRestriction.objects.create(page=news_section(), restriction_type="login")
    assert browse(section).get("/tin-tuc/rss.xml").status_code == 404


def test_what_has_no_entries_has_no_feed(alpha: Tenant, browse: Any) -> None:
    for path in ("/rss.xml", "/lien-he/rss.xml", "/khong-co/rss.xml", "/feeds/news.xml"):
        assert browse(alpha).get(path).status_code == 404, path
    assert titles(browse(alpha).get("/tin-tuc/rss.xml")) == []


def test_province_feed_is_of_one_kind_and_one_agency(
    main: Tenant, alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    for tenant in (alpha, beta):
        with tenant_context(tenant):
            create_article(f"Tin {tenant.label}")
    client = browse(main)
    assert {"Tin alpha", "Tin beta"} <= set(titles(client.get("/feeds/news.xml")))
    assert titles(client.get("/feeds/news.atom?agency=beta")) == ["Tin beta"]
    assert titles(client.get("/en/feeds/news.json")) == []
    assert titles(client.get("/feeds/event.json")) == []
    for path in ("/feeds/other.xml", "/feeds/news.pdf", "/feeds/news.xml?agency=nobody"):
        assert client.get(path).status_code == 404, path
    Tenant.objects.filter(pk=beta.pk).update(status="suspended")
    assert "Tin beta" not in titles(client.get("/feeds/all.xml"))


def test_who_has_a_feed_gets_304_until_it_changes(section: Tenant, browse: Any) -> None:
    client = browse(section)
    for name in FILES:
        path = f"/tin-tuc/{name}"
        first = client.get(path)
        assert {"public", "max-age=300"} == set(first["Cache-Control"].split(", "))
        again = client.get(path, HTTP_IF_NONE_MATCH=first["ETag"])
        assert again.status_code == 304, name
        since = client.get(path, HTTP_IF_MODIFIED_SINCE=first["Last-Modified"])
        assert since.status_code == 304, name
    with tenant_context(section):
        create_article("Mới nhất")
    assert client.get(path, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


def test_list_page_leads_to_its_feeds_and_a_page_names_all(
    section: Tenant, main: Tenant, browse: Any
) -> None:
    text = browse(section).get("/tin-tuc/").content.decode()
    for kind, name in (("rss+xml", FILES[0]), ("atom+xml", FILES[1]), ("feed+json", FILES[2])):
        assert re.search(
            rf'rel="alternate" type="application/{re.escape(kind)}" title="[^"]+" '
            rf'href="{section.url}/tin-tuc/{name}"', text
        ), name  # fmt: skip
    assert 'type="application/rss+xml"' not in browse(section).get("/lien-he/").content.decode()
    named = browse(section).get("/kenh-rss/").content.decode()
    assert 'href="/tin-tuc/rss.xml"' in named
    assert "/feeds/news.xml" not in named
    everything = browse(main).get("/en/feeds/").content.decode()
    assert 'href="/en/feeds/all.xml"' in everything
    assert 'hreflang="vi"' in everything
    assert 'href="/kenh-rss/"' in everything


@pytest.fixture
def cost(browse: Any, django_assert_max_num_queries: Any) -> Callable[[Tenant, str, int], None]:
    """Return a function that gets an address warm and with at most so many queries."""

    def asked(tenant: Tenant, path: str, at_most: int) -> None:
        browse(tenant).get(path)
        client = browse(tenant)
        with django_assert_max_num_queries(at_most):
            assert client.get(path).status_code == 200

    return asked


def test_more_entries_cost_no_more_queries(
    alpha: Tenant, main: Tenant, cost: Callable[..., None]
) -> None:
    for many in (1, 4):
        with tenant_context(alpha):
            for _n in range(many):
                create_article("Bài", lead_image=create_image())
        cost(alpha, "/tin-tuc/rss.xml", SECTION_QUERIES)
        cost(main, "/feeds/news.json", PROVINCE_QUERIES)
