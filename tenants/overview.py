"""What the registry tells an operator of one site or of all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Max, Q
from django_tenants.utils import tenant_context
from wagtail.models import Page

from . import schemas
from .fleet.comparing import lacking
from .models import Domain, Tenant


@dataclass(frozen=True, kw_only=True)
class SiteFacts:
    """One site, as far as it can be told; the counts are 0 where there is no schema."""

    tenant: Tenant
    domains: list[Domain]
    has_schema: bool
    missing_migrations: list[str]
    pages: int = 0
    live_pages: int = 0
    last_published_at: datetime | None = None
    users: int = 0

    @property
    def is_well(self) -> bool:
        """Whether nothing that can be seen here keeps the site from answering."""
        return (
            self.has_schema
            and not self.missing_migrations
            and not self.tenant.maintenance_error
            and any(domain.is_primary for domain in self.domains)
        )


def list_sites(*, kind: str = "", status: str = "", search: str = "") -> list[Tenant]:
    """Return sites in the order of the Vietnamese alphabet, with domains and parents at hand.

    Args:
        kind: a value of `Kind`; all if empty.
        status: a value of `Status`; all if empty.
        search: part of a name, label, code or domain, diacritics aside.
    """
    sites = Tenant.objects.in_order().select_related("parent").prefetch_related("domains")
    if kind:
        sites = sites.filter(kind=kind)
    if status:
        sites = sites.filter(status=status)
    return list(sites.search(search) if search else sites)


def find(label_or_domain: str) -> Tenant | None:
    """Return the site with this label or domain, ignoring case."""
    wanted = label_or_domain.strip().lower().rstrip(".")
    by_label = Tenant.objects.filter(label__iexact=wanted).first()
    return by_label or Tenant.objects.filter(domains__domain=wanted).first()


def as_json(tenant: Tenant) -> dict[str, Any]:
    """Return a site's registration as plain values."""
    return {
        "label": tenant.label,
        "name_vi": tenant.name_vi,
        "name_en": tenant.name_en,
        "kind": tenant.kind,
        "division_type": tenant.division_type,
        "agency_code": tenant.agency_code,
        "parent": tenant.parent.label if tenant.parent else "",
        "status": tenant.status,
        "languages": tenant.languages,
        "theme": tenant.theme,
        "url": tenant.url,
        "domains": [domain.domain for domain in tenant.domains.all()],
        "schema": tenant.schema_name,
        "created_at": tenant.created_at.isoformat(),
    }


def facts_of(tenant: Tenant) -> SiteFacts:
    """Look into one site; a handful of queries."""
    has_schema = tenant.schema_name in schemas.existing()
    missing = lacking([tenant.schema_name]).get(tenant.schema_name, frozenset())
    counts = _counts(tenant) if has_schema and not missing else {}
    return SiteFacts(
        tenant=tenant,
        domains=list(tenant.domains.all()),
        has_schema=has_schema,
        missing_migrations=sorted(".".join(name) for name in missing),
        **counts,
    )


def _counts(tenant: Tenant) -> dict[str, Any]:
    with tenant_context(tenant):
        pages = Page.objects.filter(depth__gt=1).aggregate(
            pages=Count("pk"),
            live_pages=Count("pk", filter=Q(live=True)),
            last_published_at=Max("last_published_at"),
        )
        return {**pages, "users": get_user_model().objects.count()}
