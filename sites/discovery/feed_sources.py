"""Where feeds take their entries from: a section of the site, or the province's hub."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from motcua.hub.models import Item, ItemKind
from sites.base import facts, mirroring, sharing
from tenants.models import Tenant

from . import pictures
from .feeds import LIMIT, Channel, Entry

CATEGORY = "category"  # the parameter of a list that narrows it down
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def has_feeds(page: Any) -> bool:
    """Tell whether a page is a list that answers as a feed."""
    return hasattr(page, "feed_entries")


def categories(page: Any) -> list[tuple[str, str]]:
    """Return slug and name of the categories by which a list has lists and feeds of their own."""
    named: list[tuple[str, str]] = (
        page.feed_categories() if hasattr(page, "feed_categories") else []
    )
    return named


def chosen_category(page: Any, request: HttpRequest) -> tuple[str, str]:
    """Return slug and name of the category that an address asks for; empty without such a one."""
    slug = request.GET.get(CATEGORY, "")
    known = dict(categories(page)) if slug else {}
    return (slug, known[slug]) if slug in known else ("", "")


def titled(page: Any, category: str) -> str:
    """Return the title of a list, narrowed down to the category of this name if there is one."""
    return f"{page.title}: {category}" if category else str(page.title)


def section_entries(page: Any, request: HttpRequest) -> list[Entry]:
    """Return the newest entries of a list page, narrowed down as ``request`` asks.

    Only what everybody may read, and nothing that merely stands in for a missing translation.
    """
    found = page.feed_entries(request).live().public().exclude(mirroring.standing_in())
    pages: list[Page] = list(found[:LIMIT])
    images = pictures.lead_images(pages)
    author = facts.formal_name(connection.tenant)
    return [_of_page(entry, images, author) for entry in pages]


def _of_page(page: Any, images: dict[int, Any], author: str) -> Entry:
    base = connection.tenant.url
    lead = images.get(page.lead_image_id)
    image = pictures.picture_path(lead)
    published = page.hub_published_at or page.last_published_at or LONG_AGO
    return Entry(
        site=connection.schema_name,
        model=sharing.MODEL,
        number=str(page.pk),
        title=page.title,
        url=page.full_url or base,
        abstract=page.abstract,
        published=published,
        updated=page.last_published_at or published,
        author=getattr(page, "author", "") or author,
        author_url=base,
        image_url=pictures.absolute(image, base),
        image_type=pictures.kind_of_file(image),
        image_length=pictures.length(lead) if lead and image else 0,
    )


def section_channel(page: Any, request: HttpRequest) -> Channel:
    """Return what the feed of a list page says of itself, or of the ``?category=`` asked for."""
    tenant = connection.tenant
    slug, category = chosen_category(page, request)
    url = page.full_url or tenant.url
    return Channel(
        title=f"{titled(page, category)} – {tenant.name}",
        description=page.abstract,
        url=f"{url}?{urlencode({CATEGORY: slug})}" if slug else url,
        feed_url=tenant.url + request.get_full_path(),
        language=get_language() or "vi",
        publisher=facts.formal_name(tenant),
        publisher_url=tenant.url,
        updated=page.last_published_at or LONG_AGO,
    )


def province_entries(kind: str, agency: str) -> list[Entry]:
    """Return the newest of the whole province in the reader's language.

    Args:
        kind: one of `ItemKind`, empty for all.
        agency: label of a site, empty for all.
    """
    items = Item.objects.public().filter(language=get_language())
    if kind:
        items = items.filter(kind=kind)
    if agency:
        items = items.filter(site__label=agency)
    return list(_of_items(items.newest()[:LIMIT]))


def _of_items(items: Iterable[Item]) -> Iterable[Entry]:
    for item in items:
        yield Entry(
            site=item.site_id,
            model=item.model,
            number=item.object_id,
            title=item.title,
            url=item.url,
            abstract=item.abstract,
            published=item.published_at,
            updated=item.updated_at,
            author=item.source_name,
            author_url=item.source_url,
            image_url=pictures.absolute(item.image_path, item.site.url),
            image_type=pictures.kind_of_file(item.image_path),
            categories=(str(item.get_kind_display()),),
        )


def province_channel(kind: str, agency: Tenant | None, path: str, home: str) -> Channel:
    """Return what a feed of the province says of itself.

    Args:
        kind: one of `ItemKind`, empty for all.
        agency: whose items it has, if only one's.
        path: the feed's own address from the slash on.
        home: the page it belongs to, from the slash on.
    """
    main = connection.tenant
    whole = agency.full_name if agency else main.name
    return Channel(
        title=f"{kind_name(kind)} – {whole}",
        description=_("What the agencies of the province publish, newest first."),
        url=main.url + home,
        feed_url=main.url + path,
        language=get_language() or "vi",
        publisher=facts.formal_name(main),
        publisher_url=main.url,
        updated=LONG_AGO,
    )


def kind_name(kind: str) -> str:
    """Return a kind of item as a feed's title names it."""
    return str(ItemKind(kind).label) if kind else _("Everything new")
