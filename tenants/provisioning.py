"""Bringing a new site into the world: whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django_tenants.utils import schema_context, tenant_context

from motcua import audit

from . import pool, schemas
from .lifecycle import Status
from .models import MAIN_SCHEMA, Domain, Kind, TemplateDump, Tenant, default_languages
from .problems import InvalidError


@dataclass(frozen=True, kw_only=True)
class NewSite:
    """What has to be known to make a site; `tenants.validation` says whether it may be made.

    `domain` is the full primary domain; `parent` the superior agency's row (the main portal, if
    not given). An empty `admin_email` invites nobody. `launch` opens the site to the public at
    once, otherwise it is in preparation.
    """

    label: str
    domain: str
    name_vi: str
    name_en: str = ""
    kind: str = Kind.COMMUNE
    division_type: str = ""
    agency_code: str = ""
    parent: Tenant | None = None
    languages: list[str] = field(default_factory=default_languages)
    theme: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    admin_email: str = ""
    admin_name: str = ""
    launch: bool = True


class NoTemplateError(InvalidError):
    """There is nothing yet of which a site could be born."""

    def __init__(self) -> None:
        super().__init__(_("There is no dump of the template. Run: manage.py deploy"))


class SiteExistsError(Exception):
    """Somebody else made a site with this label or domain in the meantime."""


Step = Callable[[Tenant, NewSite], None]


def create_site(spec: NewSite, *, by: Any = None, from_pool: bool = True) -> Tenant:
    """Make a site in one transaction: schema, registry row, domain, facts, invitation, audit.

    A spare schema is claimed if one waits, otherwise the template's dump is replayed. Until the
    transaction ends, no host answers for the site; if it does not end, nothing was.

    Args:
        spec: what to make, already validated.
        by: who makes it, for the audit log.
        from_pool: claim a spare schema if one waits. Whoever makes many sites leaves the pool to
            those who wait for one: refilling it costs what a replay costs.

    Returns:
        The site's row.

    Raises:
        SiteExistsError: label or domain were taken by a simultaneous request.
        NoTemplateError: nothing has been deployed yet.
    """
    try:
        with schema_context("public"), transaction.atomic():
            dump = _newest_dump()
            spare = pool.claim(dump) if from_pool else None
            return _create(spec, spare, dump, by)
    except IntegrityError as error:
        if "tenants_tenant_label_unique" in str(error) or "tenants_domain_domain" in str(error):
            raise SiteExistsError(spec.label) from error
        raise


def create_main(spec: NewSite, *, by: Any = None) -> Tenant:
    """Make the main portal in the schema ``main``, or return the one there is.

    Raises:
        NoTemplateError: nothing has been deployed yet.
    """
    existing = Tenant.objects.filter(schema_name=MAIN_SCHEMA).first()
    if existing is not None:
        return existing
    with schema_context("public"), transaction.atomic():
        return _create(spec, None, _newest_dump(), by, schema_name=MAIN_SCHEMA)


def _newest_dump() -> TemplateDump:
    try:
        return TemplateDump.objects.latest()
    except TemplateDump.DoesNotExist:
        raise NoTemplateError from None


def _create(
    spec: NewSite, spare: str | None, dump: TemplateDump, by: Any, *, schema_name: str = ""
) -> Tenant:
    tenant = _register(spec, spare or schema_name or schemas.new_schema_name())
    if spare is None:
        schemas.replay(dump, tenant.schema_name)
    with tenant_context(tenant):
        for step in _steps():
            step(tenant, spec)
    audit.record("site.created", by=by, target=tenant.name_vi, site=tenant.schema_name,
                 domain=spec.domain, kind=spec.kind)  # fmt: skip
    return tenant


def _register(spec: NewSite, schema_name: str) -> Tenant:
    tenant = Tenant.objects.create(
        schema_name=schema_name,
        label=spec.label,
        name_vi=spec.name_vi,
        name_en=spec.name_en,
        kind=spec.kind,
        division_type=spec.division_type,
        agency_code=spec.agency_code,
        parent=spec.parent,
        languages=spec.languages,
        theme=spec.theme,
        status=Status.ACTIVE if spec.launch else Status.PREPARING,
    )
    Domain.objects.create(domain=spec.domain, tenant=tenant, is_primary=True)
    return tenant


def _steps() -> list[Step]:
    return [import_string(path) for path in settings.SITE_STEPS]
