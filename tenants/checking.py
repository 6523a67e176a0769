"""Is the registry true? Compared with schemas, domains, media and what the sites say themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from psycopg2 import sql

from . import site_facts
from .fleet.comparing import lacking
from .fleet.querying import across
from .lifecycle import Status
from .migrating import Name
from .models import MAIN_SCHEMA, TEMPLATE_SCHEMA, Domain, SpareSchema, TemplateDump, Tenant
from .problems import InvalidError, in_both_languages

# One statement, so that a site that is born meanwhile is seen with its schema or not at all.
WHO_IS_THERE = """
    SELECT 'schema', nspname::text FROM pg_catalog.pg_namespace
     WHERE nspname ~ '^s_[a-z0-9]{12}$' OR nspname IN (%(main)s, %(template)s)
    UNION ALL SELECT 'site', schema_name FROM public.tenants_tenant
    UNION ALL SELECT 'spare', schema_name FROM public.tenants_spareschema
"""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: with what (a site, schema, domain or folder), and what it is."""

    subject: str
    message: StrOrPromise

    def both(self) -> str:
        """Return the finding in Vietnamese and English, for a terminal or a log."""
        return f"{self.subject}: {' / '.join(in_both_languages(self.message).values())}"


@dataclass(frozen=True)
class Facts:
    """What is there: read once, judged by the rules."""

    schemas: frozenset[str]
    site_schemas: frozenset[str]
    spare_schemas: frozenset[str]
    tenants: list[Tenant]
    domains: dict[int, list[Domain]]
    """By the primary key of their site."""
    addresses: dict[str, list[str]]
    """By schema: the host names of its Wagtail sites."""
    behind: dict[str, frozenset[Name]]
    media: list[str]
    """Folders of uploaded files."""
    has_dump: bool

    @property
    def orphans(self) -> list[str]:
        """Schemas that look like a site's and belong to no site, nor wait for one."""
        known = {*self.site_schemas, *self.spare_schemas, MAIN_SCHEMA, TEMPLATE_SCHEMA}
        return sorted(self.schemas - known)


def check() -> list[Finding]:
    """Return everything that is wrong, site by site; an empty list is a healthy province."""
    return judge(gather())


def judge(facts: Facts) -> list[Finding]:
    """Return what is wrong with what was gathered, rule by rule."""
    return [finding for rule in RULES for finding in rule(facts)]


def gather() -> Facts:
    """Read what the rules judge: a dozen queries for any number of sites."""
    there = _who_is_there()
    domains = defaultdict(list)
    for domain in Domain.objects.order_by("pk"):
        domains[domain.tenant_id].append(domain)
    dump = TemplateDump.objects.only("pk").order_by("pk").last()
    fresh = SpareSchema.objects.filter(dump=dump).values_list("schema_name", flat=True)
    return Facts(
        schemas=there["schema"],
        site_schemas=there["site"],
        spare_schemas=there["spare"],
        tenants=list(Tenant.objects.select_related("successor").order_by("pk")),
        domains=domains,
        addresses=_addresses(sorted(there["site"])),
        behind=lacking(sorted({*there["site"], *fresh, TEMPLATE_SCHEMA} & there["schema"])),
        media=_media_folders(),
        has_dump=dump is not None,
    )


def _who_is_there() -> dict[str, frozenset[str]]:
    names: dict[str, set[str]] = {"schema": set(), "site": set(), "spare": set()}
    with connection.cursor() as cursor:
        cursor.execute(WHO_IS_THERE, {"main": MAIN_SCHEMA, "template": TEMPLATE_SCHEMA})
        for what, name in cursor.fetchall():
            names[what].add(name)
    return {what: frozenset(found) for what, found in names.items()}


def _addresses(schema_names: list[str]) -> dict[str, list[str]]:
    hosts = sql.SQL("SELECT {name}, array_agg(hostname) FROM {table}")
    return {name: found or [] for name, found in across(schema_names, "wagtailcore_site", hosts)}


def _media_folders() -> list[str]:
    root = Path(settings.MEDIA_ROOT)
    if not root.is_dir():
        return []
    return sorted(p.name for p in root.iterdir() if p.is_dir() and not p.name.startswith("."))


def _schemas(facts: Facts) -> Iterator[Finding]:
    for tenant in facts.tenants:
        if tenant.schema_name not in facts.schemas:
            yield _finding(tenant, _("The schema {schema} is missing."), schema=tenant.schema_name)
    for name in facts.orphans:
        yield Finding(name, _("This schema belongs to no site and waits for none."))
    for name in sorted(facts.spare_schemas - facts.schemas):
        yield Finding(name, _("A spare schema in the registry does not exist."))
    for name in sorted(facts.spare_schemas & facts.site_schemas):
        yield Finding(name, _("This schema belongs to a site and counts as spare as well."))


def _template(facts: Facts) -> Iterator[Finding]:
    if TEMPLATE_SCHEMA not in facts.schemas:
        yield Finding(TEMPLATE_SCHEMA, _("The template schema is missing. Run: manage.py deploy"))
    if not facts.has_dump:
        yield Finding(TEMPLATE_SCHEMA, _("There is no dump of the template. Run: manage.py deploy"))


def _primary_domains(facts: Facts) -> Iterator[Finding]:
    for tenant in facts.tenants:
        primary = [domain for domain in facts.domains[tenant.pk] if domain.is_primary]
        if not primary:
            yield _finding(tenant, _("It has no primary domain, so nobody reaches it."))
        if len(primary) > 1:
            names = ", ".join(domain.domain for domain in primary)
            yield _finding(tenant, _("It has several primary domains: {domains}."), domains=names)


def _domain_names(facts: Facts) -> Iterator[Finding]:
    for tenant in facts.tenants:
        for domain in facts.domains[tenant.pk]:
            # Whoever runs the main portal may show it under any name of the machine.
            if not (tenant.is_main and domain.serves):
                yield from _judge_domain(domain)


def _judge_domain(domain: Domain) -> Iterator[Finding]:
    try:
        stored = site_facts.domain(domain.domain)
    except InvalidError as error:
        yield Finding(domain.domain, error.message)
        return
    if stored != domain.domain:
        yield Finding(domain.domain, _("The domain is not in small letters."))


def _labels(facts: Facts) -> Iterator[Finding]:
    for tenant in facts.tenants:
        domains = facts.domains[tenant.pk]
        if domains and all(d.domain.split(".")[0] != tenant.label for d in domains):
            yield _finding(
                tenant, _("None of its domains begins with its label “{label}”."),
                label=tenant.label,
            )  # fmt: skip


def _own_addresses(facts: Facts) -> Iterator[Finding]:
    for tenant in facts.tenants:
        if tenant.schema_name not in facts.addresses:
            continue
        hosts = facts.addresses[tenant.schema_name]
        primary = next((d.domain for d in facts.domains[tenant.pk] if d.is_primary), "")
        if len(hosts) != 1:
            yield _finding(
                tenant, _("Inside it are {count} Wagtail sites instead of one."), count=len(hosts)
            )
        elif primary and hosts != [primary]:
            yield _finding(
                tenant, _("Inside it takes itself for {host}; its primary domain is {domain}."),
                host=hosts[0], domain=primary,
            )  # fmt: skip


def _upgrades(facts: Facts) -> Iterator[Finding]:
    names = {tenant.schema_name: tenant.name_vi for tenant in facts.tenants}
    for schema_name, missing in facts.behind.items():
        text = _("{count} migrations are missing. Run: manage.py migrate_sites")
        subject = _named(names.get(schema_name, ""), schema_name)
        yield Finding(subject, format_lazy(text, count=len(missing)))
    for tenant in facts.tenants:
        if tenant.maintenance_error:
            text = _("It shows the maintenance page since an upgrade failed: {error}")
            yield _finding(tenant, text, error=tenant.maintenance_error)


def _successors(facts: Facts) -> Iterator[Finding]:
    for tenant in facts.tenants:
        if tenant.status == Status.MERGED and tenant.successor is None:
            yield _finding(tenant, _("It is merged, but nobody knows into which site."))


def _media(facts: Facts) -> Iterator[Finding]:
    for folder in facts.media:
        if folder not in facts.site_schemas | {TEMPLATE_SCHEMA}:
            path = str(Path(settings.MEDIA_ROOT) / folder)
            yield Finding(path, _("This folder of uploaded files belongs to no site."))


RULES: tuple[Callable[[Facts], Iterator[Finding]], ...] = (
    _template,
    _schemas,
    _primary_domains,
    _domain_names,
    _labels,
    _own_addresses,
    _upgrades,
    _successors,
    _media,
)


def _finding(tenant: Tenant, message: StrOrPromise, **values: Any) -> Finding:
    text: str | Promise = format_lazy(message, **values) if values else message
    return Finding(_named(tenant.name_vi, tenant.schema_name), text)


def _named(name: str, schema_name: str) -> str:
    return f"{name} ({schema_name})" if name else schema_name
