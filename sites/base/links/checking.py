"""Which links lead nowhere, as far as the site and the registry know: no network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.urls import Resolver404, resolve
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.views import serve

from sites.base.media import SiteDocument, SiteImage
from tenants.lifecycle import Status
from tenants.models import MAIN_SCHEMA, Domain

from .finding import ADDRESS, DOCUMENT, IMAGE, PAGE, Found
from .models import Reason

# Schemes that lead out of the web, and marks within the page.
NO_PLACE = ("mailto:", "tel:", "sms:", "geo:", "#")


@dataclass
class Province:
    """Who has which host: `states` by domain; all sites lie under `suffix`."""

    own: set[str] = field(default_factory=set)
    states: dict[str, str] = field(default_factory=dict)
    suffix: str = ""

    @classmethod
    def now(cls) -> Province:
        """Return what the registry says, in one query."""
        rows = Domain.objects.values_list(
            "domain", "tenant__status", "tenant__schema_name", "is_primary"
        )
        province = cls()
        for domain, status, schema, is_primary in rows:
            province.states[domain] = status
            if schema == connection.schema_name:
                province.own.add(domain)
            if schema == MAIN_SCHEMA and is_primary:
                province.suffix = f".{domain}"
        return province

    def problem_with(self, host: str) -> str:
        """Return what is wrong with a host of the province; nothing for other hosts."""
        state = self.states.get(host)
        if state is None:
            return Reason.NO_SITE if self.suffix and host.endswith(self.suffix) else ""
        # A merged site sends its visitors on to its successor.
        return "" if state in {Status.ACTIVE, Status.MERGED} else Reason.SITE_CLOSED

    def has(self, host: str) -> bool:
        """Tell whether a host is the province's own affair."""
        return host in self.states or bool(self.suffix and host.endswith(self.suffix))


def problems(found: Iterable[Found]) -> dict[Found, str]:
    """Return the reason of each link that leads nowhere; a few queries, however many links."""
    links = list(found)
    province = Province.now()
    paths = {one: _own_path(one, province) for one in links}
    broken = {one: _of_host(one, province) for one in links if paths[one] is None}
    broken |= _of_keys(links) | _of_paths({one: path for one, path in paths.items() if path})
    return {one: reason for one, reason in broken.items() if reason}


def host_of(address: str) -> str:
    """Return the host of an address, in small letters; empty if it has none or is no address."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def _own_path(link: Found, province: Province) -> str | None:
    """Return the path of an address on this site, else nothing."""
    if link.kind != ADDRESS or link.target.lower().startswith(NO_PLACE):
        return None
    try:
        parts = urlsplit(link.target)
    except ValueError:
        return None
    if parts.scheme not in {"", "http", "https"}:
        return None
    is_own = (parts.hostname or "").lower() in province.own if parts.netloc else True
    return unquote(parts.path) or "/" if is_own else None


def _of_host(link: Found, province: Province) -> str:
    host = host_of(link.target) if link.kind == ADDRESS else ""
    return province.problem_with(host) if host else ""


def _of_keys(links: list[Found]) -> dict[Found, str]:
    """Judge links by key: to pages, documents and images."""
    keys: dict[str, set[str]] = {PAGE: set(), DOCUMENT: set(), IMAGE: set()}
    for one in links:
        if one.kind in keys:
            keys[one.kind].add(one.target)
    live = _existing_pages(keys[PAGE])
    there = {DOCUMENT: _existing(SiteDocument, keys[DOCUMENT]),
             IMAGE: _existing(SiteImage, keys[IMAGE])}  # fmt: skip
    found: dict[Found, str] = {}
    for one in links:
        if one.kind == PAGE:
            found[one] = _judged(live.get(one.target))
        elif one.kind in there and one.target not in there[one.kind]:
            found[one] = Reason.MISSING
    return found


def _judged(is_live: bool | None) -> str:
    if is_live is None:
        return Reason.MISSING
    return "" if is_live else Reason.UNPUBLISHED


def _existing_pages(keys: set[str]) -> dict[str, bool]:
    numbers = [key for key in keys if key.isdecimal()]
    rows = Page.objects.filter(pk__in=numbers).values_list("pk", "live") if numbers else []
    return {str(pk): live for pk, live in rows}


def _existing(model: type[SiteDocument] | type[SiteImage], keys: set[str]) -> set[str]:
    numbers = [key for key in keys if key.isdecimal()]
    if not numbers:
        return set()
    return {str(pk) for pk in model.objects.filter(pk__in=numbers).values_list("pk", flat=True)}


def _of_paths(paths: Mapping[Found, str]) -> dict[Found, str]:
    """Judge addresses of this site."""
    pages = {one: _page_path(path) for one, path in paths.items()}
    wanted = {place for place in pages.values() if place}
    live = dict(Page.objects.filter(url_path__in=wanted).values_list("url_path", "live"))
    lost = [one for one, place in pages.items() if place and place not in live]
    moved = _redirected({paths[one] for one in lost})
    found = {one: _judged(live.get(place)) for one, place in pages.items() if place}
    found |= {one: "" for one in lost if paths[one] in moved}
    files = {one: path for one, path in paths.items() if not pages[one]}
    found |= {one: _routed(paths[one]) for one in lost if paths[one] not in moved}
    return found | _of_files(files)


def _routed(path: str) -> str:
    """Ask the tree itself: a page may answer for more addresses than its own."""
    language, rest = _split_language(path)
    root = Page.objects.filter(url_path=_root_paths().get(language, "")).first()
    if root is None:
        return Reason.MISSING
    try:
        root.specific.route(RequestFactory().get(path), [part for part in rest.split("/") if part])
    except Http404:
        return Reason.MISSING
    return ""


def _page_path(path: str) -> str:
    """Return the path in the tree that an address would show a page of; empty if another view
    answers there."""
    if path.startswith((settings.STATIC_URL, settings.MEDIA_URL, "/admin/")):
        return ""
    slashed = path if path.endswith("/") else f"{path}/"
    prefix, rest = _split_language(slashed)
    with translation.override(prefix):
        if not _is_shown_by_wagtail(path) and not _is_shown_by_wagtail(slashed):
            return ""
    root = _root_paths().get(prefix)
    return f"{root}{rest}" if root else ""


def _is_shown_by_wagtail(path: str) -> bool:
    try:
        return resolve(path).func is serve
    except Resolver404:
        return False


def _split_language(path: str) -> tuple[str, str]:
    first, _slash, rest = path.lstrip("/").partition("/")
    codes = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
    return (first, rest) if first in codes else (settings.LANGUAGE_CODE, path.lstrip("/"))


def _root_paths() -> dict[str, str]:
    return {root.language_code: root.root_path for root in Site.get_site_root_paths()}


def _redirected(paths: set[str]) -> set[str]:
    by_old = {Redirect.normalise_path(path): path for path in paths}
    rows = Redirect.objects.filter(old_path__in=by_old) if by_old else Redirect.objects.none()
    return {by_old[old] for old in rows.values_list("old_path", flat=True)}


def _of_files(paths: Mapping[Found, str]) -> dict[Found, str]:
    """Judge addresses that another view than Wagtail's answers: a document has its key in it."""
    keys: dict[Found, str] = {}
    for one, path in paths.items():
        try:
            match = resolve(path)
        except Resolver404:
            continue
        if match.url_name == "wagtaildocs_serve":
            keys[one] = str(match.args[0])
    there = _existing(SiteDocument, set(keys.values()))
    return {one: Reason.MISSING for one, key in keys.items() if key not in there}
