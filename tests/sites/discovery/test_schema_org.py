"""Each kind of page says in schema.org's words what search engines want of its type."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django_tenants.utils import tenant_context
from wagtail.models import Page

from sites.main.models import GuidePage
from tenants.models import Tenant
from tests.sites.discovery import making

# What Google's documentation requires of a type, and what the province owes beyond it.
REQUIRED: dict[str, set[str]] = {
    "NewsArticle": {"headline", "datePublished", "dateModified", "author.name", "publisher.name",
                    "image", "inLanguage"},
    "Event": {"name", "startDate", "endDate", "location.name", "location.address",
              "location.geo.latitude", "eventStatus", "organizer.name", "inLanguage"},
    "Legislation": {"name", "legislationIdentifier", "legislationType", "legislationDate",
                    "legislationPassedBy", "legislationLegalForce", "inLanguage"},
    "Dataset": {"name", "description", "license", "publisher.name", "distribution.0.contentUrl",
                "distribution.0.encodingFormat", "dateModified", "inLanguage"},
    "GovernmentOrganization": {"name", "telephone", "parentOrganization.name"},
    "Person": {"name", "jobTitle", "worksFor.name"},
    "ImageGallery": {"name", "datePublished", "associatedMedia.1.contentUrl",
                     "associatedMedia.0.caption", "associatedMedia.0.creditText", "image"},
    "VideoObject": {"name", "description", "thumbnailUrl", "uploadDate", "contentUrl",
                    "transcript"},
    "GovernmentService": {"name", "serviceType", "serviceOperator", "audience.0.audienceType"},
}  # fmt: skip
MADE: dict[str, Callable[[], Page]] = {
    "NewsArticle": making.article, "Event": making.event, "Legislation": making.document,
    "Dataset": making.dataset, "GovernmentOrganization": making.unit, "Person": making.person,
    "ImageGallery": making.album, "VideoObject": making.video,
    "GovernmentService": lambda: GuidePage.objects.get(slug="khieu-nai-to-cao"),
}  # fmt: skip
MOMENTS = ("datePublished", "dateModified", "startDate", "endDate", "uploadDate",
           "legislationDate")  # fmt: skip
ADDRESSES = ("url", "mainEntityOfPage", "image", "thumbnailUrl", "contentUrl")
WITHOUT_LANGUAGE = {"Person", "GovernmentOrganization", "GovernmentService"}


def told(html: str, kind: str) -> Any:
    """What a page tells of itself under a type; nothing if it tells no such thing."""
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    graph = [part for block in blocks for part in json.loads(block)["@graph"]]
    return next((part for part in graph if part["@type"] == kind), None)


def value(data: Any, path: str) -> Any:
    """What stands at ``a.0.b`` of nested data; nothing if there is no such place."""
    for step in path.split("."):
        if isinstance(data, list):
            data = data[int(step)] if int(step) < len(data) else None
        else:
            data = data.get(step) if isinstance(data, dict) else None
    return data


@pytest.mark.parametrize("kind", REQUIRED)
def test_page_has_what_its_type_requires(
    kind: str, main: Tenant, alpha: Tenant, browse: Any
) -> None:
    site = main if kind == "GovernmentService" else alpha
    with tenant_context(site):
        page = MADE[kind]()
        address = page.full_url
    html = browse(site).get(address.removeprefix(site.url)).content.decode()
    data = told(html, kind)
    assert data is not None
    assert {path for path in REQUIRED[kind] if not value(data, path)} == set()
    assert data["url"] == address
    assert ("inLanguage" in data) == (kind not in WITHOUT_LANGUAGE)
    for name in MOMENTS:
        text = data.get(name)
        assert text is None or parse_datetime(text) or parse_date(text), (name, text)
    for name in ADDRESSES:
        assert str(data.get(name, "https://")).startswith(("https://", "http://")), name
    for picture in (*data.get("associatedMedia", ()), *data.get("distribution", ())):
        assert picture["contentUrl"].startswith(site.url)


def test_event_says_when_it_is_off_and_only_the_days_of_a_whole_day(
    alpha: Tenant, browse: Any
) -> None:
    with tenant_context(alpha):
        page = making.event(cancelled=True, all_day=True, place="", address="", organiser="")
        path = page.full_url.removeprefix(alpha.url)
    data = told(browse(alpha).get(path).content.decode(), "Event")
    assert data["eventStatus"] == "https://schema.org/EventCancelled"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", data["startDate"])
    agency = "Ủy ban nhân dân huyện Alpha"
    assert (data["location"]["name"], data["organizer"]["name"]) == (agency, agency)


def test_nothing_is_told_of_who_has_left(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        left = timezone.localdate() - timedelta(days=9)
        path = making.person(term_to=left).full_url.removeprefix(alpha.url)
    assert told(browse(alpha).get(path).content.decode(), "Person") is None
