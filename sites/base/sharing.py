"""What the hub knows of a site's pages.

The rule is one function: read the page as it is stored, and decide whether the public may see
it. Whoever changes a page calls `share`; it never trusts an instance in memory, which may carry
a draft.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone
from django_tenants.utils import get_public_schema_name
from wagtail.images.models import SourceImageIOError
from wagtail.models import Locale, Page, PageViewRestriction, Site, get_page_models

from motcua.hub import actions
from tenants.models import TEMPLATE_SCHEMA

from . import mirroring
from .settings import SiteSettings

if TYPE_CHECKING:
    from .media import SiteImage
    from .pages import SitePage

MODEL = "wagtailcore.page"
LEAD_IMAGE = "fill-1200x750"
CARD_FIELDS = ("address", "address_en", "phone", "email", "working_hours", "working_hours_en")


def share(*page_ids: int) -> None:
    """Bring the hub's items of these pages to what is stored now, in the caller's transaction.

    The template schema is no site and shares nothing; a newborn site shares its starter pages
    with `share_all`. The number of queries grows with the types of pages, not with the pages.
    """
    if connection.schema_name == TEMPLATE_SCHEMA or not page_ids:
        return
    packages = _packages(page_ids)
    shared = {package.object_id for package in packages}
    gone = [str(page_id) for page_id in page_ids if str(page_id) not in shared]
    if packages:
        actions.put(packages)
    if gone:
        actions.remove(MODEL, gone)


def share_subtree(page: Page) -> None:
    """Do what `share` does for a page and everything below it."""
    subtree = Page.objects.filter(path__startswith=page.path)
    share(*subtree.values_list("pk", flat=True))


def share_all() -> None:
    """Do what `share` does for every page of the current site.

    The types are looked up at once: a process forgets them whenever it turns to another site.
    """
    ContentType.objects.get_for_models(*get_page_models())
    share(*Page.objects.filter(live=True).values_list("pk", flat=True))


def share_card() -> None:
    """Bring the agency's card in the province's directory to what the settings say now."""
    if connection.schema_name in {TEMPLATE_SCHEMA, get_public_schema_name()}:
        return
    own = SiteSettings.objects.first()
    if own is not None:
        contacts: dict[str, Any] = {field: getattr(own, field) for field in CARD_FIELDS}
        channels = [dict(block.value) for block in own.channels]
        actions.put_card(**contacts, channels=channels)


def withdraw(page_ids: Iterable[int]) -> None:
    """Take the items of deleted pages out of the hub."""
    actions.remove(MODEL, [str(page_id) for page_id in page_ids])


def pages_led_by(image_id: int) -> list[int]:
    """Return the pages whose lead image this is."""
    leads = [model for model in get_page_models() if hasattr(model, "hub_kind")]
    found = [
        model.objects.filter(lead_image=image_id).values_list("pk", flat=True) for model in leads
    ]
    return [page_id for page_ids in found for page_id in page_ids]


def _packages(page_ids: Iterable[int]) -> list[actions.Package]:
    if not Site.objects.exists():
        return []
    live = Page.objects.filter(pk__in=page_ids, live=True)
    flagged = live.annotate(is_stand_in=mirroring.standing_in_flag())
    pages = list(flagged.specific())
    _fill_in_languages(pages)
    hidden = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    shown = [page for page in pages if not page.is_stand_in and not page.path.startswith(hidden)]
    return [package for page in shown if (package := _package(page)) is not None]


def _fill_in_languages(pages: Iterable[Page]) -> None:
    """Give each page its language; `select_related` does not reach pages of their own types."""
    locales = Locale.objects.in_bulk()
    for page in pages:
        page.locale = locales[page.locale_id]


def _package(page: Page | SitePage) -> actions.Package | None:
    kind = getattr(page, "hub_kind", None)
    parts = page.get_url_parts() if kind else None
    path = parts[2] if parts else None
    if not kind or path is None:
        return None
    image_path, image_alt = _picture(page.lead_image)
    now = timezone.now()  # for a page that code has put on air without publishing it
    return actions.Package(
        model=MODEL,
        object_id=str(page.pk),
        translation_key=page.translation_key,
        language=page.locale.language_code,
        kind=kind,
        title=page.title,
        abstract=page.abstract,
        path=path,
        image_path=image_path,
        image_alt=image_alt,
        published_at=page.hub_published_at or now,
        updated_at=page.last_published_at or now,
        version=page.live_revision_id or 0,
        starts_at=page.hub_starts_at,
        ends_at=page.hub_ends_at,
        featured=page.hub_featured,
        details=page.hub_details,
    )


def _picture(image: SiteImage | None) -> tuple[str, str]:
    """Return a lead image's path and text; a picture whose file is gone stops no publication."""
    if image is None:
        return "", ""
    try:
        path: str = image.get_rendition(LEAD_IMAGE).url
    except SourceImageIOError:
        return "", ""
    return path, image.default_alt_text
