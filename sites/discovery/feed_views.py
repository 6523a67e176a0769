"""Feeds of list pages and of the province, and the page that names them all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page, get_page_models

from motcua.hub.models import ItemKind
from tenants.models import Tenant

from . import feed_sources
from .addresses import in_language
from .answers import FRESH_FOR, dated, kept_for
from .feeds import FORMATS, Channel, Entry, build
from .sitemaps import public_pages

FILES = {"rss.xml": "rss", "atom.xml": "atom", "feed.json": "json"}
EXTENSIONS = {"xml": "rss", "atom": "atom", "json": "json"}
EVERYTHING = "all"
AGENCY = "agency"


@dataclass(frozen=True)
class Listed:
    """A feed as the page for people names it: where it is in each format."""

    title: str
    page_url: str
    rss: str
    atom: str
    json: str
    level: int = 0


@require_safe
@kept_for(FRESH_FOR)
def page_feed(request: HttpRequest, place: str, name: str) -> HttpResponse:
    """Answer with the newest entries of a list page, ``?category=`` as the list has it.

    Raises:
        Http404: no such page, no list, or one that not everybody may read.
    """
    route = Page.route_for_request(request, place)
    page: Any = route.page.specific if route else None
    if page is None or not feed_sources.has_feeds(page) or page.get_view_restrictions().exists():
        raise Http404
    entries = feed_sources.section_entries(page, request)
    return _answer(FILES[name], feed_sources.section_channel(page, request), entries)


@require_safe
@kept_for(FRESH_FOR)
def province_feed(request: HttpRequest, kind: str, extension: str) -> HttpResponse:
    """Answer with the province's newest, of one kind or ``all``, of one ``?agency=`` if given.

    Raises:
        Http404: this is not the main portal, or there is no such kind or agency.
    """
    if not request.tenant.is_main or kind not in {EVERYTHING, *ItemKind.values}:
        raise Http404
    label = request.GET.get(AGENCY, "")
    agency = get_object_or_404(Tenant.objects.active(), label=label) if label else None
    wanted = "" if kind == EVERYTHING else kind
    home = in_language("wagtail_serve", get_language() or "vi", "")
    channel = feed_sources.province_channel(wanted, agency, request.get_full_path(), home)
    return _answer(EXTENSIONS[extension], channel, feed_sources.province_entries(wanted, label))


def _answer(form: str, channel: Channel, entries: list[Entry]) -> HttpResponse:
    feed = build(form, channel, entries)
    response = HttpResponse(content_type=FORMATS[form].content_type)
    feed.write(response, "utf-8")
    response["Access-Control-Allow-Origin"] = "*"  # public, and readers run in browsers too
    return dated(response, feed.latest_post_date())


@require_safe
def feed_list(request: HttpRequest) -> HttpResponse:
    """Name all feeds of the site for people."""
    request.language_addresses = {code: in_language("feed_list", code) for code in ("vi", "en")}
    context = {"sections": section_feeds(request), "province": province_feeds(request)}
    return render(request, "pages/feed_list.html", context)


def section_feeds(request: HttpRequest) -> list[Listed]:
    """Return the feeds of the site's own lists in the reader's language, in the tree's order.

    After a list come the feeds of its categories.
    """
    models = [model for model in get_page_models() if feed_sources.has_feeds(model)]
    kinds = ContentType.objects.get_for_models(*models).values()
    pages = public_pages(locale__language_code=get_language()).filter(content_type__in=kinds)
    return [
        feed
        for page in pages.order_by("path").specific()
        for feed in _of_list(page, page.get_url(request) or "")
    ]


def _of_list(page: Any, url: str) -> Iterator[Listed]:
    yield _listed(page.title, url)
    for slug, name in feed_sources.categories(page):
        query = urlencode({feed_sources.CATEGORY: slug})
        yield _listed(feed_sources.titled(page, name), url, f"?{query}", level=1)


def _listed(title: str, url: str, query: str = "", level: int = 0) -> Listed:
    rss, atom, json = (f"{url}{name}{query}" for name in FILES)
    return Listed(title, f"{url}{query}", rss, atom, json, level)


def province_feeds(request: HttpRequest) -> list[Listed]:
    """Return the feeds of the whole province; only the main portal has them."""
    if not request.tenant.is_main:
        return []
    kinds = [("", EVERYTHING), *((kind, kind) for kind in PROVINCE_KINDS)]
    return [_of_province(feed_sources.kind_name(kind), name) for kind, name in kinds]


PROVINCE_KINDS = (ItemKind.NEWS, ItemKind.NOTICE, ItemKind.EVENT, ItemKind.DOCUMENT)


def _of_province(title: str, kind: str) -> Listed:
    rss, atom, json = (reverse("province_feed", args=(kind, extension)) for extension in EXTENSIONS)
    return Listed(title, reverse("wagtail_serve", args=("",)), rss, atom, json)
