"""Whose site this is: the registry's facts and the site's settings, as templates need them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Site

from motcua.web.theme_folders import known
from tenants.models import MAIN_SCHEMA, Kind, Tenant

from . import appearance
from .seat import Place
from .settings import SiteSettings

SHORT = 5  # seconds for which another site's name may be out of date on a page


@dataclass(frozen=True)
class SiteLink:
    """Another site's name and address, and the district it lies in where that is not plain."""

    name: str
    url: str
    district: str = ""


@dataclass(frozen=True, kw_only=True)
class PortalFacts:
    """The current site, as every template knows it under the name ``portal``."""

    name: str
    formal_name: str
    kind: str
    kind_label: str
    division_type: str
    agency_code: str
    is_main: bool
    parent: SiteLink | None
    url: str
    theme: str
    accent: str
    hero_image: Any
    slogan: str
    logo: Any
    address: str
    phone: str
    email: str
    working_hours: str
    responsible_person: str
    responsible_role: str
    channels: list[dict[str, str]]
    seat_map: Any
    place: Place | None

    @property
    def latitude(self) -> Decimal | None:
        """Degrees north of the seat, if the webmaster has entered them."""
        return self.place.latitude if self.place else None

    @property
    def longitude(self) -> Decimal | None:
        """Degrees east of the seat, if the webmaster has entered them."""
        return self.place.longitude if self.place else None


def portal_facts(tenant: Tenant, site: Site | None) -> PortalFacts:
    """Gather the facts of a site.

    Args:
        tenant: the site's row in the registry.
        site: Wagtail's row, whose settings hold what the webmaster wrote.
    """
    own = appearance.current_settings() if site else SiteSettings()
    language = get_language() or settings.LANGUAGE_CODE
    return PortalFacts(
        name=tenant.name,
        formal_name=formal_name(tenant),
        kind=tenant.kind,
        kind_label=str(tenant.get_kind_display()),
        division_type=tenant.division_type,
        agency_code=tenant.agency_code,
        is_main=tenant.is_main,
        parent=parent_link(tenant),
        url=tenant.url,
        theme=appearance.chosen_theme(tenant) if site else known(tenant.theme),
        accent=appearance.chosen_accent(tenant) if site else "",
        slogan=own.slogan_en if language == "en" else own.slogan,
        logo=own.logo,
        address=own.localised("address", language),
        phone=own.phone,
        email=own.email,
        working_hours=own.localised("working_hours", language),
        responsible_person=own.responsible_person,
        responsible_role=own.localised("responsible_role", language),
        channels=[dict(block.value) for block in own.channels],
        # Every page knows the portal, few show these pictures: a query only for those.
        hero_image=SimpleLazyObject(lambda: own.hero_image) if own.hero_image_id else None,
        seat_map=SimpleLazyObject(lambda: own.seat_map) if own.seat_map_id else None,
        place=own.place,
    )


def formal_name(tenant: Tenant) -> str:
    """Return the agency's name as it signs: a territory is governed by its People's Committee."""
    if tenant.kind in {Kind.DISTRICT, Kind.COMMUNE, Kind.PROVINCE}:
        unit = tenant.name
        if get_language() != "en":
            unit = unit[:1].lower() + unit[1:]
        return _("People's Committee of %(unit)s") % {"unit": unit}
    return tenant.name


def parent_link(tenant: Tenant) -> SiteLink | None:
    """Return the superior agency's site, if there is one."""
    return _links().get(tenant.parent_id) if tenant.parent_id else None


def main_link() -> SiteLink | None:
    """Return the main portal's name and address."""
    return next((link for link in _links(main_only=True).values()), None)


def units_below() -> list[SiteLink]:
    """Return the active sites directly below the current one, in alphabetical order."""
    tenant = connection.tenant
    children = Tenant.objects.active().filter(parent__schema_name=tenant.schema_name)
    return [
        SiteLink(child.name, child.url) for child in children.in_order().prefetch_related("domains")
    ]


def neighbours(tenant: Tenant, limit: int = 12) -> list[SiteLink]:
    """Return active sites of the same kind below the same superior agency."""
    if tenant.parent_id is None:
        return []
    others = Tenant.objects.active().filter(parent_id=tenant.parent_id, kind=tenant.kind)
    ordered = others.exclude(pk=tenant.pk).in_order().prefetch_related("domains")
    return [SiteLink(other.name, other.url) for other in ordered[:limit]]


def _links(*, main_only: bool = False) -> dict[int, SiteLink]:
    """Return the sites that others link to: the main portal and every superior agency."""
    key = f"site-links:{get_language()}"
    cached: dict[int, tuple[str, str, bool]] | None = cache.get(key)
    if cached is None:
        superior = Tenant.objects.filter(children__isnull=False).distinct()
        rows = superior | Tenant.objects.filter(schema_name=MAIN_SCHEMA).distinct()
        cached = {
            row.pk: (row.name, row.url, row.is_main) for row in rows.prefetch_related("domains")
        }
        cache.set(key, cached, SHORT)
    return {
        pk: SiteLink(name, url) for pk, (name, url, main) in cached.items() if main or not main_only
    }
