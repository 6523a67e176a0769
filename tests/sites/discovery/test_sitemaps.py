"""Site maps list what is public under its canonical address, for machines and for people."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from typing import Any

import pytest
from django.db import connection
from django.utils.dateparse import parse_datetime
from django_tenants.utils import tenant_context
from wagtail.models import PageViewRestriction

from sites.base import mirroring
from sites.base.models import SectionPage, StandardPage
from sites.discovery import sitemaps
from tenants.models import Tenant
from tests.factories import create_article, home, news_section

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
FILE_QUERIES = 11
TREE_QUERIES = 20


def root(browse: Any, tenant: Tenant, path: str) -> ET.Element:
    """The root element of a site map."""
    response = browse(tenant).get(path)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return ET.fromstring(response.content)


def addresses(browse: Any, tenant: Tenant, path: str) -> list[str]:
    """The addresses in a file, without the site's own domain."""
    found = [str(entry.findtext(f"{MAP}loc")) for entry in root(browse, tenant, path)]
    assert all(address.startswith(tenant.url) for address in found)
    return [address.removeprefix(tenant.url) for address in found]


def test_index_names_a_file_for_each_language(alpha: Tenant, browse: Any) -> None:
    index = root(browse, alpha, "/sitemap.xml")
    assert index.tag == f"{MAP}sitemapindex"
    assert addresses(browse, alpha, "/sitemap.xml") == ["/sitemap-vi.xml", "/sitemap-en.xml"]
    for path in ("/sitemap-vi.xml", "/sitemap-en.xml"):
        assert root(browse, alpha, path).tag == f"{MAP}urlset"


def test_pages_stand_with_date_and_languages(alpha: Tenant, browse: Any) -> None:
    by_address = {
        str(url.findtext(f"{MAP}loc")): url for url in root(browse, alpha, "/sitemap-vi.xml")
    }
    contact = by_address[f"{alpha.url}/lien-he/"]
    assert parse_datetime(str(contact.findtext(f"{MAP}lastmod"))) is not None
    links = {link.get("hreflang"): link.get("href") for link in contact.findall(f"{XHTML}link")}
    assert links == {
        "vi": f"{alpha.url}/lien-he/",
        "en": f"{alpha.url}/en/contact/",
        "x-default": f"{alpha.url}/lien-he/",
    }
    order = [child.tag for child in contact]
    assert order[0] == f"{MAP}loc"
    assert {f"{MAP}loc", f"{MAP}lastmod", f"{XHTML}link"} == set(order)


def test_only_public_translated_pages_stand_in_it(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        create_article("Việt", slug="viet")
        create_article("Nháp", slug="nhap", publish=False)
        hidden = home().add_child(instance=SectionPage(title="Kín", slug="kin"))
        hidden.add_child(instance=StandardPage(title="Dưới", slug="duoi"))
        PageViewRestriction.objects.create(page=hidden, restriction_type="login")
        mirroring.mirror_missing()
    vietnamese = addresses(browse, alpha, "/sitemap-vi.xml")
    english = addresses(browse, alpha, "/sitemap-en.xml")
    assert "/tin-tuc/viet/" in vietnamese
    assert vietnamese[0] == "/"
    assert english[0] == "/en/"
    assert not [path for path in vietnamese if "nhap" in path or "kin" in path]
    assert not [path for path in english if "viet" in path or "kin" in path]


def test_long_site_has_several_files(
    alpha: Tenant, browse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = addresses(browse, alpha, "/sitemap-vi.xml")
    monkeypatch.setattr(sitemaps, "PER_FILE", 3)
    files = [path for path in addresses(browse, alpha, "/sitemap.xml") if "-vi" in path]
    assert files[:2] == ["/sitemap-vi.xml", "/sitemap-vi-2.xml"]
    assert [path for file in files for path in addresses(browse, alpha, file)] == whole
    for path in (f"/sitemap-vi-{len(files) + 1}.xml", "/sitemap-fr.xml", "/sitemap-vi-0.xml"):
        assert browse(alpha).get(path).status_code == 404, path


def test_robots_lead_to_the_sitemap_of_their_own_host(
    alpha: Tenant, main: Tenant, browse: Any
) -> None:
    for tenant in (alpha, main):
        response = browse(tenant).get("/robots.txt")
        assert response["Content-Type"].startswith("text/plain")
        lines = response.content.decode().splitlines()
        assert [line for line in lines if line.startswith("Sitemap:")] == [
            f"Sitemap: {tenant.url}/sitemap.xml"
        ]
        assert "Disallow: /admin/" in lines
        assert "Disallow: /" not in lines


def test_robots_stay_away_from_a_site_that_is_not_open(alpha: Tenant, browse: Any) -> None:
    Tenant.objects.filter(pk=alpha.pk).update(status="preparing")
    assert browse(alpha).get("/robots.txt").content.decode().splitlines() == [
        "User-agent: *", "Disallow: /",
    ]  # fmt: skip
    assert browse(alpha).get("/sitemap.xml").status_code == 404


def test_robots_of_a_suspended_site_are_unavailable_which_forbids_everything(
    beta: Tenant, browse: Any
) -> None:
    """RFC 9309, section 2.3.1.4."""
    Tenant.objects.filter(pk=beta.pk).update(status="suspended")
    assert browse(beta).get("/robots.txt").status_code == 503


def test_people_see_the_tree_without_every_story(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        create_article("Một tin")
        about = SectionPage.objects.get(slug="gioi-thieu")
        about.add_child(instance=StandardPage(title="Chỉ ở tiếng Việt", slug="chi-viet"))
        mirroring.mirror_missing()
    response = browse(alpha).get("/so-do-trang/")
    text = response.content.decode()
    for title in ("Giới thiệu", "Chỉ ở tiếng Việt", "Tin tức", "Liên hệ"):
        assert title in text
    assert "Một tin" not in text
    assert 'href="/gioi-thieu/chi-viet/"' in text
    english = browse(alpha).get("/en/sitemap/").content.decode()
    assert re.search(r'href="/en/about/chi-viet/" lang="vi"', english)
    assert browse(alpha).get("/sitemap/").status_code == 404
    links = {link["code"]: link["url"] for link in response.context["languages"]}
    assert links == {"vi": "/so-do-trang/", "en": "/en/sitemap/"}


def test_more_pages_cost_no_more_queries(
    alpha: Tenant, browse: Any, django_assert_max_num_queries: Any
) -> None:
    def grow(numbers: Iterable[int]) -> None:
        with tenant_context(alpha):
            for number in numbers:
                section = home().add_child(instance=SectionPage(title=f"Mục {number}"))
                section.add_child(instance=StandardPage(title=f"Trang {number}"))
                create_article(f"Tin {number}", parent=news_section())

    for numbers in (range(1), range(1, 5)):
        grow(numbers)
        for path, at_most in (("/sitemap-vi.xml", FILE_QUERIES), ("/so-do-trang/", TREE_QUERIES)):
            browse(alpha).get(path)
            client = browse(alpha)
            with django_assert_max_num_queries(at_most):
                assert client.get(path).status_code == 200
    assert connection.schema_name
