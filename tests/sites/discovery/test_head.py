"""What a page tells machines: one address, real translations, schema.org, the search."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.test import Client
from django.utils.dateparse import parse_datetime
from django_tenants.utils import tenant_context
from wagtail.models import Site

from sites.base.models import SiteSettings
from sites.discovery.head import as_script
from sites.discovery.views import LONG_NAME, SHORT_NAME, shortened
from sites.news.models import Category
from tenants.models import Tenant
from tests.factories import create_article, create_image, create_user, news_section

OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
HOSTILE = "</script><script>alert(1)</script> & 'x' \"y\""


def graph(html: str) -> dict[str, dict[str, Any]]:
    """What a page tells of itself in JSON-LD, by type; there is one block, which is no script."""
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    data = json.loads(block)
    assert data["@context"] == "https://schema.org"
    return {part["@type"]: part for part in data["@graph"]}


def canonical(client: Client, path: str) -> str:
    """The canonical address that a page names, without the site's own domain."""
    html = client.get(path).content.decode()
    [address] = re.findall(r'<link rel="canonical" href="([^"]+)">', html)
    return re.sub(r"^https?://[^/]+", "", address)


def alternates(client: Client, path: str) -> dict[str, str]:
    """The translations that a page names, by language."""
    html = client.get(path).content.decode()
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html))


def test_home_describes_agency_and_search(alpha: Tenant, main: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        settings = SiteSettings.for_site(Site.objects.get())
        settings.address, settings.phone = "Số 1 đường Lê Lợi", "0255 3822 000"
        settings.channels = [("channel", {"kind": "zalo", "label": "Zalo",
                                          "url": "https://zalo.me/alpha"})]  # fmt: skip
        settings.save()
    told = graph(browse(alpha).get("/").content.decode())
    agency = told["GovernmentOrganization"]
    assert agency["name"] == "Ủy ban nhân dân huyện Alpha"
    assert agency["url"] == f"{alpha.url}/"
    assert agency["address"]["streetAddress"] == "Số 1 đường Lê Lợi"
    assert agency["telephone"] == "0255 3822 000"
    assert agency["areaServed"]["name"] == "Huyện Alpha"
    assert agency["parentOrganization"]["url"] == f"{main.url}/"
    assert agency["sameAs"] == ["https://zalo.me/alpha"]
    search = told["WebSite"]["potentialAction"]["target"]["urlTemplate"]
    assert search == f"{alpha.url}/search/?query={{search_term_string}}"
    english = graph(browse(alpha).get("/en/").content.decode())["WebSite"]
    assert english["inLanguage"] == "en"
    assert english["url"] == f"{alpha.url}/en/"


def test_article_describes_itself_and_the_way_to_it(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        create_article(HOSTILE, slug="bai", abstract=HOSTILE, lead_image=create_image())
    html = browse(alpha).get("/tin-tuc/bai/").content.decode()
    told = graph(html)
    assert "<script>alert" not in html
    article = told["NewsArticle"]
    assert article["headline"] == HOSTILE
    assert article["description"] == HOSTILE
    assert parse_datetime(article["datePublished"]) is not None
    assert article["url"] == f"{alpha.url}/tin-tuc/bai/"
    assert article["publisher"]["name"] == "Ủy ban nhân dân huyện Alpha"
    assert article["image"].startswith(f"{alpha.url}/media/")
    assert f'<meta property="og:image" content="{article["image"]}">' in html
    assert '<meta property="og:type" content="article">' in html
    way = [(step["position"], step["item"]) for step in told["BreadcrumbList"]["itemListElement"]]
    assert way == [
        (1, f"{alpha.url}/"), (2, f"{alpha.url}/tin-tuc/"), (3, f"{alpha.url}/tin-tuc/bai/"),
    ]  # fmt: skip


def test_translations_are_named_with_a_default(alpha: Tenant, browse: Any) -> None:
    for path in ("/lien-he/", "/en/contact/"):
        assert alternates(browse(alpha), path) == {
            "vi": f"{alpha.url}/lien-he/",
            "en": f"{alpha.url}/en/contact/",
            "x-default": f"{alpha.url}/lien-he/",
        }, path


def test_canonical_address_drops_filters_and_keeps_pages_and_categories(
    alpha: Tenant, browse: Any
) -> None:
    with tenant_context(alpha):
        category = Category.objects.create(name="Kinh tế", slug="loai-thu")
        for number in range(14):
            create_article(f"Tin {number}", parent=news_section(), category=category)
    client = browse(alpha)
    for path, expected in (
        ("/tin-tuc/", "/tin-tuc/"),
        ("/tin-tuc/?page=1", "/tin-tuc/"),
        ("/tin-tuc/?page=2", "/tin-tuc/?page=2"),
        ("/tin-tuc/?category=x", "/tin-tuc/"),
        ("/tin-tuc/?category=x&page=2", "/tin-tuc/"),
        ("/tin-tuc/?page=x", "/tin-tuc/"),
        ("/tin-tuc/?category=loai-thu", "/tin-tuc/?category=loai-thu"),
        ("/tin-tuc/?category=loai-thu&page=1", "/tin-tuc/?category=loai-thu"),
        ("/tin-tuc/?page=2&category=loai-thu", "/tin-tuc/?category=loai-thu&amp;page=2"),
        ("/tin-tuc/?category=loai-thu&utm_source=zalo", "/tin-tuc/"),
        ("/lien-he/?page=2&utm_source=zalo", "/lien-he/"),
        ("/lien-he/?page=2", "/lien-he/"),
    ):
        assert canonical(client, path) == expected, path


def test_search_is_described_to_browsers(alpha: Tenant, browse: Any) -> None:
    for prefix, language in (("", "vi"), ("/en", "en")):
        home = browse(alpha).get(f"{prefix}/").content.decode()
        assert f'href="{prefix}/opensearch.xml"' in home
        response = browse(alpha).get(f"{prefix}/opensearch.xml")
        assert response["Content-Type"].startswith("application/opensearchdescription+xml")
        root = ET.fromstring(response.content)
        assert root.tag == f"{OPENSEARCH}OpenSearchDescription"
        assert root.findtext(f"{OPENSEARCH}Language") == language
        assert root.findtext(f"{OPENSEARCH}ShortName")
        assert root.findtext(f"{OPENSEARCH}Description")
        template = root.find(f"{OPENSEARCH}Url[@type='text/html']")
        assert template is not None
        assert template.get("template") == f"{alpha.url}{prefix}/search/?query={{searchTerms}}"


def test_data_end_neither_their_element_nor_a_line() -> None:
    block = as_script({"name": "</script>\u2028<!--"})
    [inside] = re.findall(r"^<script type=\"application/ld\+json\">(.*)</script>$", block)
    assert not set("<>&\u2028") & set(inside)
    assert json.loads(inside) == {"name": "</script>\u2028<!--"}


@pytest.mark.parametrize(
    ("name", "short"),
    [("Sở Y tế", "Sở Y tế"), ("Sở Tài nguyên và Môi trường", "Sở Tài nguyên và"),
     ("Nghĩahànhnghĩahànhnghĩa", "Nghĩahànhnghĩahà")],
)  # fmt: skip
def test_names_are_cut_between_words(name: str, short: str) -> None:
    assert shortened(name, SHORT_NAME) == short
    assert len(shortened(name * 9, LONG_NAME)) <= LONG_NAME


def test_previews_are_nothing_for_search_engines(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        staff = create_user(superuser=True)
        draft = create_article("Nháp", publish=False)
    answer = browse(alpha, user=staff).get(f"/admin/pages/{draft.pk}/view_draft/")
    assert "noindex" in answer["X-Robots-Tag"]
