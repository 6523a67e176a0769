"""What the registry holds, read once and asked often.

Checking 5,000 rows against the database one by one would take as many queries; a snapshot takes
two, whatever is checked. The database's constraints have the last word when sites are created.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.conf import settings

from .lifecycle import Status
from .models import Domain, Tenant

_CLOSED = frozenset({Status.ARCHIVED, Status.MERGED})


@dataclass(frozen=True)
class KnownSite:
    """A site as others refer to it; `pk` is nothing for one that is only in a file."""

    label: str
    kind: str
    parent: str = ""
    domain: str = ""
    agency_code: str = ""
    status: str = Status.ACTIVE
    is_main: bool = False
    pk: int | None = None

    @property
    def is_closed(self) -> bool:
        """Whether the agency is history: archived or merged into another."""
        return self.status in _CLOSED


@dataclass(frozen=True)
class Registry:
    """A snapshot: sites by label, labels by domain (all in small letters), names of themes."""

    sites: dict[str, KnownSite] = field(default_factory=dict)
    domains: dict[str, str] = field(default_factory=dict)
    themes: frozenset[str] = frozenset()

    @classmethod
    def load(cls) -> Registry:
        """Read the registry (two queries) and the themes' folders."""
        domains = list(
            Domain.objects.order_by("pk").values_list("domain", "tenant__label", "is_primary")
        )
        primary = {label: domain for domain, label, is_primary in domains if is_primary}
        return cls(
            sites={site.label.lower(): site for site in _known_sites(primary)},
            domains={domain.lower(): label.lower() for domain, label, _primary in domains},
            themes=theme_names(),
        )

    @cached_property
    def main(self) -> KnownSite | None:
        """The main portal, if there is one."""
        return next((site for site in self.sites.values() if site.is_main), None)

    def find(self, text: str) -> KnownSite | None:
        """Return the site with this label or domain, ignoring case."""
        wanted = text.strip().lower()
        return self.sites.get(wanted) or self.sites.get(self.domains.get(wanted, ""))

    def with_code(self, agency_code: str) -> list[KnownSite]:
        """Return the agencies in office that have this code."""
        return [site for site in self._by_code.get(agency_code, []) if not site.is_closed]

    @cached_property
    def _by_code(self) -> dict[str, list[KnownSite]]:
        by_code: dict[str, list[KnownSite]] = {}
        for site in self.sites.values():
            by_code.setdefault(site.agency_code, []).append(site)
        return by_code

    def including(self, sites: Iterable[KnownSite]) -> Registry:
        """Return a registry that also knows these; whoever had a label first keeps it."""
        merged = dict(self.sites)
        for site in sites:
            merged.setdefault(site.label, site)
        return replace(self, sites=merged)

    def above(self, label: str) -> Iterator[KnownSite]:
        """Yield the superior agencies of a site from the nearest up; ends even in a circle."""
        seen = {label}
        site = self.sites.get(label)
        while site is not None and site.parent and site.parent not in seen:
            seen.add(site.parent)
            site = self.sites.get(site.parent)
            if site is not None:
                yield site


def theme_names() -> frozenset[str]:
    """Return the names of the themes a site can have: the folders with a ``theme.toml``."""
    return frozenset(file.parent.name for file in settings.THEMES_DIR.glob("*/theme.toml"))


def _known_sites(primary: dict[str, str]) -> Iterator[KnownSite]:
    for tenant in Tenant.objects.select_related("parent").defer("maintenance_error"):
        yield KnownSite(
            label=tenant.label.lower(),
            kind=tenant.kind,
            parent=tenant.parent.label.lower() if tenant.parent else "",
            domain=primary.get(tenant.label, ""),
            agency_code=tenant.agency_code,
            status=tenant.status,
            is_main=tenant.is_main,
            pk=tenant.pk,
        )
