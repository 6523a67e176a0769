"""One site's facts in lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.text.dates import format_date

from .models import Domain
from .overview import SiteFacts


def lines_about(facts: SiteFacts) -> list[str]:
    """Return what is to say of one site, a line each, the labels aligned."""
    pairs = list(_pairs(facts))
    width = max(len(label) for label, _value in pairs)
    return [f"{label:<{width}}  {value}" for label, value in pairs]


def _pairs(facts: SiteFacts) -> Iterator[tuple[str, str]]:
    tenant = facts.tenant
    yield _("Name"), " / ".join(filter(None, [tenant.name_vi, tenant.name_en]))
    yield _("Address"), tenant.url
    for domain in facts.domains:
        yield _("Domain"), f"{domain.domain} ({_part_of(domain)})"
    yield _("Kind"), str(tenant.get_kind_display())
    yield _("Status"), str(tenant.get_status_display())
    if tenant.parent:
        yield _("Superior agency"), tenant.parent.name
    if tenant.agency_code:
        yield _("Agency code"), tenant.agency_code
    yield _("Languages"), ", ".join(tenant.languages)
    yield _("Created on"), format_date(timezone.localtime(tenant.created_at))
    yield from _state(facts)


def _state(facts: SiteFacts) -> Iterator[tuple[str, str]]:
    exists = _("exists") if facts.has_schema else _("is missing")
    yield _("Schema"), f"{facts.tenant.schema_name} ({exists})"
    yield _("Migrations"), _migrations(facts)
    if facts.tenant.maintenance_error:
        yield _("Failed upgrade"), facts.tenant.maintenance_error
    yield (
        _("Page count"),
        _("%(pages)s, %(live)s of them published")
        % {
            "pages": facts.pages,
            "live": facts.live_pages,
        },
    )
    yield _("Last publication"), _moment(facts)
    yield _("Users"), str(facts.users)


def _part_of(domain: Domain) -> str:
    if domain.is_primary:
        return _("primary")
    return _("redirects") if domain.redirects else _("answers itself")


def _migrations(facts: SiteFacts) -> str:
    if facts.missing_migrations:
        return _("missing: %(names)s") % {"names": ", ".join(facts.missing_migrations)}
    return _("up to date") if facts.has_schema else "–"


def _moment(facts: SiteFacts) -> str:
    if facts.last_published_at is None:
        return "–"
    local = timezone.localtime(facts.last_published_at)
    return f"{format_date(local)} {local:%H:%M}"
