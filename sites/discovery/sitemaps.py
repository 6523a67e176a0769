"""XML sitemaps as https://www.sitemaps.org/protocol.html has them, and the tree for people.

A site lists its own host only: the protocol lets one host speak for another only where the
other's robots.txt names the file, and every site has a sitemap of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Locale, Page, Site, get_page_models

from motcua.hub.models import ItemKind
from sites.base import mirroring

from .addresses import language_root

PER_FILE = 50_000  # the protocol's limit
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)
FALLBACK = "vi"
TREE_DEPTH = 4  # levels below the home page


@dataclass(frozen=True)
class Place:
    """A page's address in one language, and when it was published last."""

    language: str
    path: str
    changed: datetime | None


@dataclass
class Branch:
    """A page in the tree for people, with those below it."""

    title: str
    path: str
    foreign: bool
    children: list[Branch] = field(default_factory=list)


def public_pages(**conditions: Any) -> Any:
    """Return what everybody may read under an address of its own, without what stands in for a
    missing translation."""
    pages = Page.objects.live().public().filter(depth__gt=1, **conditions)
    return pages.exclude(mirroring.standing_in()).exclude(content_type__in=_parts())


def count_files() -> dict[str, int]:
    """Return how many files each language's sitemap has; a language without pages has none."""
    counts = {
        locale.language_code: public_pages(locale=locale).count() for locale in Locale.objects.all()
    }
    return {code: -(-count // PER_FILE) for code, count in counts.items() if count}


def index() -> Iterator[str]:
    """Write the index: one file per language and 50,000 pages."""
    base = connection.tenant.url
    yield f'{HEAD}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    for language, files in sorted(count_files().items(), reverse=True):
        for number in range(1, files + 1):
            part = f"-{number}" if number > 1 else ""
            yield f"<sitemap><loc>{base}/sitemap-{language}{part}.xml</loc></sitemap>\n"
    yield "</sitemapindex>\n"


def url_set(language: str, number: int) -> Iterator[str]:
    """Write one file of a language's pages, each with its real translations.

    Args:
        language: code of a locale of the site.
        number: which file, from 1 on.
    """
    base = connection.tenant.url
    yield f"{HEAD}<urlset {NAMESPACES}>\n"
    for place, others in _places(language, number):
        yield _url(base, place, others)
    yield "</urlset>\n"


def _places(language: str, number: int) -> Iterator[tuple[Place, list[Place]]]:
    """Yield the pages of a file with all languages of each, itself among them; three queries."""
    roots = _roots()
    first = (number - 1) * PER_FILE
    rows = list(
        public_pages(locale__language_code=language)
        .order_by("path")
        .values_list("translation_key", "url_path", "last_published_at")[first : first + PER_FILE]
    )
    others = _elsewhere(language, roots)
    for key, url_path, changed in rows:
        place = _place(language, url_path, changed, roots)
        if place is not None:
            yield place, [place, *others.get(key, [])]


def _elsewhere(language: str, roots: dict[str, str]) -> dict[UUID, list[Place]]:
    """Return the pages of all other languages by translation key."""
    found: dict[UUID, list[Place]] = defaultdict(list)
    rows = public_pages().exclude(locale__language_code=language)
    for key, code, url_path in rows.values_list(
        "translation_key", "locale__language_code", "url_path"
    ):
        place = _place(code, url_path, None, roots)
        if place is not None:
            found[key].append(place)
    return found


def _roots() -> dict[str, str]:
    """Return where each language's home page stands in the tree, by language."""
    return {root.language_code: root.root_path for root in Site.get_site_root_paths()}


def _place(
    language: str, url_path: str, changed: datetime | None, roots: dict[str, str]
) -> Place | None:
    root = roots.get(language, "")
    if not root or not url_path.startswith(root):
        return None
    return Place(language, language_root(language) + url_path[len(root) :], changed)


def _url(base: str, place: Place, places: list[Place]) -> str:
    changed = place.changed
    lastmod = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
    links = "".join(_link(base, other.language, other.path) for other in places)
    default = next((other for other in places if other.language == FALLBACK), None)
    if len(places) < 2:
        links = ""
    elif default is not None:
        links += _link(base, "x-default", default.path)
    return f"<url><loc>{escape(base + place.path)}</loc>{lastmod}{links}</url>\n"


def _link(base: str, language: str, path: str) -> str:
    return f'<xhtml:link rel="alternate" hreflang="{language}" href={quoteattr(base + path)}/>'


def tree(language: str) -> list[Branch]:
    """Return the pages below a language's home page for people to read, in the tree's order.

    What has a list of its own (news, events, documents) is left to its list.
    """
    root = _roots().get(language)
    if root is None:
        return []
    home = Page.objects.get(url_path=root)
    pages = (
        Page.objects.live()
        .public()
        .descendant_of(home)
        .filter(depth__lte=home.depth + TREE_DEPTH)
        .exclude(content_type__in=_leaves())
        .annotate(foreign=mirroring.standing_in_flag())
        .order_by("path")
    )
    return _grow(pages, language_root(language), len(root))


def _grow(pages: Iterable[Any], prefix: str, skip: int) -> list[Branch]:
    top: list[Branch] = []
    known: dict[str, Branch] = {}
    for page in pages:
        branch = Branch(page.title, prefix + page.url_path[skip:], page.foreign)
        known[page.path] = branch
        parent = known.get(page.path[: -Page.steplen])
        (parent.children if parent else top).append(branch)
    return top


def _leaves() -> list[ContentType]:
    models = [model for model in get_page_models() if _has_a_list(model)]
    return [*ContentType.objects.get_for_models(*models).values(), *_parts()]


def _parts() -> list[ContentType]:
    """Return the types of pages that only lead to their parent, which shows them."""
    models = [model for model in get_page_models() if getattr(model, "is_shown_by_parent", False)]
    return list(ContentType.objects.get_for_models(*models).values())


def _has_a_list(model: Any) -> bool:
    """Tell whether pages of a type are entries of a list; the kind may differ from page to page."""
    return getattr(model, "hub_kind", None) not in {None, ItemKind.PAGE}
