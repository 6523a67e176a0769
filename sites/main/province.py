"""Lists of the whole province: news, documents, events. They come from the hub's items."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count
from django.db.models.fields.json import KT
from django.db.models.functions import ExtractYear
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.hub.models import Item, ItemKind, ItemQuerySet
from sites.base.listing import Facet, facet, page_of
from sites.news import calendars
from tenants.models import Tenant

from .calendar_file import calendar
from .languages import in_other_languages

NEWS_PER_PAGE = 18
DOCUMENTS_PER_PAGE = 20
EVENTS_AT_MOST = 200
EARLIEST = 1945  # the oldest year that a list offers


@dataclass(frozen=True)
class Source:
    """An agency that has published something, for the choice of one."""

    label: str
    name: str
    count: int
    chosen: bool


@dataclass
class Month:
    """The events that begin in one month; those that began before stand in the current one."""

    first: date
    events: list[Item] = field(default_factory=list)


def news(request: HttpRequest) -> HttpResponse:
    """List news and notices of every agency; ``?kind=``, ``?agency=``, ``?year=``, ``?q=``."""
    in_other_languages(request, "province_news")
    every = _items(ItemKind.NEWS, ItemKind.NOTICE)
    found = _narrowed(every, request)
    kind = request.GET.get("kind", "")
    shown = found.of_kind(kind) if kind in {ItemKind.NEWS, ItemKind.NOTICE} else found
    context = {
        "items": page_of(request, shown.newest(), NEWS_PER_PAGE),
        "facets": [
            facet(request, "kind", _("Kind"), _by_kind(found)),
            _years(request, every),
        ],
        "sources": _sources(every, request),
        "query": _words(request),
    }
    return _list(request, "pages/province_news.html", context)


def documents(request: HttpRequest) -> HttpResponse:
    """List legal documents of every agency; ``?q=`` is a number in any writing, or words."""
    in_other_languages(request, "province_documents")
    every = _items(ItemKind.DOCUMENT)
    found = _narrowed(every, request)
    type_, issuer = request.GET.get("type", ""), request.GET.get("issuer", "")
    shown = found.filter(details__type=type_) if type_ else found
    shown = shown.filter(details__issuer=issuer) if issuer else shown
    context = {
        "items": page_of(request, shown.newest(), DOCUMENTS_PER_PAGE),
        "facets": [
            facet(request, "type", _("Type"), _by_detail(found, "type")),
            facet(request, "issuer", _("Issuer"), _by_detail(found, "issuer")),
            _years(request, every),
        ],
        "sources": _sources(every, request),
        "query": _words(request),
    }
    return _list(request, "pages/province_documents.html", context)


def events(request: HttpRequest) -> HttpResponse:
    """List what is to come in the province by month; ``?agency=``."""
    in_other_languages(request, "province_events")
    every = _upcoming()
    shown = _narrowed(every, request).with_source()[:EVENTS_AT_MOST]
    context = {"months": _months(shown), "sources": _sources(every, request)}
    return render(request, "pages/province_events.html", context)


def events_calendar(request: HttpRequest) -> HttpResponse:
    """Send what is to come as a calendar that phones subscribe to (RFC 5545)."""
    items = _upcoming().with_source()[:EVENTS_AT_MOST]
    content = calendar(_("Events of the province"), items)
    return calendars.respond(request, content, "su-kien-toan-tinh.ics")


def _list(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render a list; its filters stand open on a phone as long as one is in force."""
    narrowed = any(one.active for one in context["facets"])
    return render(request, template, {**context, "narrowed": narrowed})


def _items(*kinds: str) -> ItemQuerySet:
    return Item.objects.public().in_language(get_language() or "vi").of_kind(*kinds)


def _upcoming() -> ItemQuerySet:
    return _items(ItemKind.EVENT).ending_after(timezone.now())


def _words(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:200]


def _narrowed(items: ItemQuerySet, request: HttpRequest) -> ItemQuerySet:
    """Apply what all lists have in common: words or number, agency, year."""
    words, agency = _words(request), request.GET.get("agency", "")
    if words:
        items = items.found_by(words)
    if agency:
        items = items.filter(site__label=agency)
    start = _year(request)
    return items.published_between(*start) if start else items


def _year(request: HttpRequest) -> tuple[datetime, datetime] | None:
    text = request.GET.get("year", "")
    if not (text.isascii() and text.isdigit() and EARLIEST <= int(text) <= 2200):
        return None
    first, next_first = (datetime(int(text) + plus, 1, 1) for plus in (0, 1))  # noqa: DTZ001
    return timezone.make_aware(first), timezone.make_aware(next_first)


def _years(request: HttpRequest, items: ItemQuerySet) -> Facet:
    years = items.annotate(year=ExtractYear("published_at")).values_list("year")
    rows = years.annotate(n=Count("pk")).order_by("-year")
    return facet(request, "year", _("Year"), [(year, year, n) for year, n in rows])


def _by_kind(items: ItemQuerySet) -> Iterable[tuple[str, str, int]]:
    rows = items.values_list("kind").annotate(n=Count("pk")).order_by("kind")
    return [(kind, str(ItemKind(kind).label), n) for kind, n in rows]


def _by_detail(items: ItemQuerySet, name: str) -> Iterable[tuple[str, str, int]]:
    values = items.annotate(value=KT(f"details__{name}")).exclude(value=None).exclude(value="")
    rows = values.values_list("value").annotate(n=Count("pk")).order_by("-n", "value")
    return [(value, value, n) for value, n in rows[:20]]


def _sources(items: ItemQuerySet, request: HttpRequest) -> list[Source]:
    """Return the agencies that have something in a list, in alphabetical order (two queries)."""
    chosen = request.GET.get("agency", "")
    numbers = dict(items.order_by().values_list("site").annotate(n=Count("pk")))
    sites = Tenant.objects.filter(schema_name__in=numbers).in_order().select_related("parent")
    return [
        Source(site.label, site.full_name, numbers[site.schema_name], site.label == chosen)
        for site in sites
    ]


def _months(items: Iterable[Item]) -> list[Month]:
    today = timezone.localdate()
    months: dict[date, Month] = {}
    for item in items:
        begins = timezone.localtime(item.starts_at).date() if item.starts_at else today
        first = max(begins, today).replace(day=1)
        months.setdefault(first, Month(first)).events.append(item)
    return [months[first] for first in sorted(months)]
