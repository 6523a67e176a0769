"""What stands in the head of a page for machines: addresses, languages, feeds, schema.org."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.images.models import SourceImageIOError

from sites.base import navigation
from sites.base.facts import PortalFacts
from tenants.models import Kind

from . import pictures
from .addresses import language_root
from .feed_sources import CATEGORY, chosen_category, has_feeds, titled
from .feed_views import FILES, province_feeds
from .feeds import FORMAT_NAMES, FORMATS, clean

LOGO = "max-512x512"
UNSAFE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026",
          0x2028: "\\u2028", 0x2029: "\\u2029"}  # fmt: skip
TERRITORIES = {Kind.PROVINCE, Kind.DISTRICT, Kind.COMMUNE}
SCHEMA = "https://schema.org"
# What the agency is to a thing; of everything else it is the publisher.
ROLES = {"Event": "organizer", "GovernmentService": "serviceOperator", "Person": "worksFor",
         "GovernmentOrganization": "parentOrganization"}  # fmt: skip
# Schema.org knows no `inLanguage` of these.
WITHOUT_LANGUAGE = {"Person", "GovernmentOrganization", "GovernmentService"}


@dataclass(frozen=True)
class FeedLink:
    """A feed of the page: its MIME type, its title and its address."""

    type: str
    title: str
    url: str


@dataclass(frozen=True)
class Head:
    """What the template writes into the head. Addresses are absolute; empty ones are left out."""

    canonical: str = ""
    alternates: list[tuple[str, str]] = field(default_factory=list)
    feeds: list[FeedLink] = field(default_factory=list)
    image: str = ""
    image_alt: str = ""
    kind: str = "website"
    data: str = ""


def head_of(request: HttpRequest, page: Any, portal: PortalFacts) -> Head:
    """Return the head of a page that is being shown; of a view that is none, little."""
    if page is None or not getattr(page, "pk", None) or not hasattr(page, "structured_data"):
        return Head()
    canonical = canonical_url(request, page)
    image, alt = _image(page, portal)
    graph = [*_graph(request, page, portal, canonical, image)]
    return Head(
        canonical=canonical,
        alternates=alternates(page) if not page.is_untranslated else [],
        feeds=feed_links(request, page),
        image=image,
        image_alt=alt,
        kind="article" if any(part.get("@type") == "NewsArticle" for part in graph) else "website",
        data=as_script({"@context": SCHEMA, "@graph": graph}) if graph else "",
    )


def canonical_url(request: HttpRequest, page: Any) -> str:
    """Return the one address under which machines should know what is shown.

    What stands in for a translation is known under its source's address. A category of a list is
    a list of its own, and so is each further page; otherwise narrowed down it is known as the
    list.
    """
    shown = page.source_page or page
    url: str = shown.full_url or ""
    if not has_feeds(page) or not {CATEGORY, "page"}.issuperset(request.GET):
        return url
    number, (category, _name) = request.GET.get("page", ""), chosen_category(page, request)
    if request.GET.get(CATEGORY) and not category:
        return url
    kept = {CATEGORY: category} if category else {}
    if re.fullmatch(r"[2-9]|[1-9]\d+", number):
        kept["page"] = number
    return f"{url}?{urlencode(kept)}" if kept else url


def alternates(page: Any) -> list[tuple[str, str]]:
    """Return language and address of every real translation, if there is more than one."""
    found = {
        other.locale.language_code: address_of(other)
        for other in navigation.translations_of(page)
        if not other.is_stand_in
    }
    if len(found) < 2:
        return []
    default = found.get("vi", "")
    links = sorted(found.items(), reverse=True)
    return [*links, ("x-default", default)] if default else links


def feed_links(request: HttpRequest, page: Any) -> list[FeedLink]:
    """Return the feeds of a list page with its category, on the main portal's home all of it."""
    if page.depth == 2 and request.tenant.is_main:
        return [FeedLink(FORMATS["rss"].content_type.partition(";")[0], feed.title,
                         request.tenant.url + feed.rss)
                for feed in province_feeds(request)]  # fmt: skip
    if not has_feeds(page) or page.is_untranslated:
        return []
    slug, category = chosen_category(page, request)
    query = f"?{urlencode({CATEGORY: slug})}" if slug else ""
    return [
        FeedLink(
            FORMATS[form].content_type.partition(";")[0],
            f"{titled(page, category)} ({FORMAT_NAMES[form]})",
            f"{page.full_url}{name}{query}",
        )
        for name, form in FILES.items()
    ]


def _image(page: Any, portal: PortalFacts) -> tuple[str, str]:
    image = page.lead_image
    path = pictures.picture_path(image)
    if not path:
        return "", ""
    return pictures.absolute(path, portal.url), image.description or image.title


def _graph(
    request: HttpRequest, page: Any, portal: PortalFacts, canonical: str, image: str
) -> Iterable[dict[str, Any]]:
    if page.depth == 2:
        yield organisation(portal)
        yield web_site(portal, page.locale.language_code)
        return
    yield breadcrumb(page)
    own = page.structured_data(request)
    if own:
        yield _complete(own, page, portal, canonical, image)


def organisation(portal: PortalFacts) -> dict[str, Any]:
    """Return the agency as schema.org's GovernmentOrganization."""
    address = {"@type": "PostalAddress", "streetAddress": portal.address, "addressCountry": "VN"}
    parent = portal.parent
    return _filled({
        "@type": "GovernmentOrganization",
        "@id": f"{portal.url}/#organization",
        "name": portal.formal_name,
        "alternateName": portal.name if portal.name != portal.formal_name else "",
        "url": f"{portal.url}/",
        "identifier": portal.agency_code,
        "logo": _logo(portal),
        "telephone": portal.phone,
        "email": portal.email,
        "address": address if portal.address else None,
        "areaServed": {"@type": "AdministrativeArea", "name": portal.name}
        if portal.kind in TERRITORIES else None,
        "parentOrganization": {"@type": "GovernmentOrganization", "name": parent.name,
                               "url": f"{parent.url}/"} if parent else None,
        "sameAs": [channel["url"] for channel in portal.channels],
    })  # fmt: skip


def web_site(portal: PortalFacts, language: str) -> dict[str, Any]:
    """Return the site with its search as schema.org's WebSite."""
    root = portal.url + language_root(language)
    return {
        "@type": "WebSite",
        "@id": f"{root}#website",
        "url": root,
        "name": portal.name,
        "inLanguage": language,
        "publisher": {"@id": f"{portal.url}/#organization"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{root}search/?query={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumb(page: Any) -> dict[str, Any]:
    """Return the way from the home page as schema.org's BreadcrumbList."""
    way = [*(above for above in page.trail if above.depth > 1), page]
    items = [
        {
            "@type": "ListItem",
            "position": number,
            "name": step.title,
            "item": address_of(step),
        }
        for number, step in enumerate(way, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def address_of(page: Any) -> str:
    """Return a page's full address, also of one loaded without its own fields."""
    parts = page.get_url_parts()
    return f"{connection.tenant.url}{parts[2]}" if parts else ""


def _complete(
    own: dict[str, Any], page: Any, portal: PortalFacts, canonical: str, image: str
) -> dict[str, Any]:
    agency = {"@type": "GovernmentOrganization", "@id": f"{portal.url}/#organization",
              "name": portal.formal_name, "url": f"{portal.url}/"}  # fmt: skip
    kind = str(own.get("@type"))
    shown = page.source_page or page
    added = {
        "url": canonical,
        "mainEntityOfPage": canonical,
        "description": page.abstract,
        "image": image,
        ROLES.get(kind, "publisher"): agency,
    }
    if kind not in WITHOUT_LANGUAGE:
        added["inLanguage"] = shown.locale.language_code
    if kind == "NewsArticle":
        added["author"] = agency
    if kind == "Event":
        added["location"] = {"@type": "Place", "name": portal.formal_name,
                             "address": portal.address or portal.name}  # fmt: skip
    if kind == "VideoObject":
        added["thumbnailUrl"] = image
    return _filled(_told({**added, **_filled(own)}, portal.url))


def _told(data: Any, base: str) -> Any:
    """Return the data with full addresses of files, and without what is not known."""
    if isinstance(data, list):
        return [_told(part, base) for part in data]
    if not isinstance(data, dict):
        return data
    return {
        key: pictures.absolute(value, base) if key == "contentUrl" else _told(value, base)
        for key, value in _filled(data).items()
    }


def _logo(portal: PortalFacts) -> str:
    if portal.logo is None:
        return ""
    try:
        return pictures.absolute(portal.logo.get_rendition(LOGO).url, portal.url)
    except SourceImageIOError:
        return ""


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "", [])}


def as_script(data: dict[str, Any]) -> SafeString:
    """Return a block of data for machines; nothing in it can end the element or begin another.

    The type is no script's, so a policy without inline scripts lets it be.
    """
    text = clean(json.dumps(data, ensure_ascii=False, separators=(",", ":"))).translate(UNSAFE)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308
