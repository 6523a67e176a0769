"""Bringing every site to the code's migrations: template, canaries, the others, the pool."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from motcua import audit
from tenants import pool, template
from tenants.migrating import Name
from tenants.models import MAIN_SCHEMA, TEMPLATE_SCHEMA, SpareSchema, TemplateDump, Tenant

from . import workers
from .comparing import lacking, refuse_stubborn
from .progress import Progress

ACTOR = "migrate_sites"


class NotReadyError(Exception):
    """``public`` or the template has to be brought up first, by `deploying.deploy`."""


@dataclass(frozen=True)
class Survey:
    """Who lags behind the code: each schema with the migrations it lacks.

    ``sites`` are in the order in which they should be migrated: the main portal last, so that
    it is no canary while a member can be one.
    """

    public: frozenset[Name]
    template: frozenset[Name]
    dump_outdated: bool
    sites: dict[Tenant, frozenset[Name]]
    spares: int
    recovered: list[Tenant]
    """Sites that are up to date, but still in maintenance after a failure."""

    @property
    def lags(self) -> bool:
        """Whether there is anything to do."""
        return bool(
            self.public or self.template or self.dump_outdated or self.sites or self.spares
            or self.recovered
        )  # fmt: skip


@dataclass
class Outcome:
    """What an upgrade did: schema names of migrated sites, failed sites with their errors."""

    migrated: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    untouched: int = 0
    """Sites that were left alone because a canary failed."""
    spares: int = 0

    @property
    def ok(self) -> bool:
        """Whether every site is up to date."""
        return not self.failed


def survey() -> Survey:
    """Compare ``public``, the template, all sites and the pool with the code."""
    tenants = {tenant.schema_name: tenant for tenant in _tenants()}
    behind = lacking(["public", TEMPLATE_SCHEMA, *tenants])
    dump = TemplateDump.objects.only("migrations").order_by("pk").last()
    return Survey(
        public=behind.get("public", frozenset()),
        template=behind.get(TEMPLATE_SCHEMA, frozenset()),
        dump_outdated=dump is None or _dump_outdated(dump),
        sites={site: behind[name] for name, site in tenants.items() if name in behind},
        spares=SpareSchema.objects.exclude(dump=dump).count(),
        recovered=[
            site for name, site in tenants.items() if site.maintenance_error and name not in behind
        ],
    )


def _tenants() -> list[Tenant]:
    fields = ("schema_name", "name_vi", "name_en", "maintenance_error")
    every = Tenant.objects.only(*fields).order_by("pk")
    return sorted(every, key=lambda tenant: tenant.schema_name == MAIN_SCHEMA)


def _dump_outdated(dump: TemplateDump) -> bool:
    """Whether the template was migrated, but a crash came before its dump."""
    return dump.migrations != template.applied_fingerprint(TEMPLATE_SCHEMA)


def upgrade(*, jobs: int = 0, canary: int = 0, progress: Progress) -> Outcome:
    """Migrate the sites that differ, several at once, each whole or not at all.

    A site that fails keeps its old schema and answers with the maintenance page, until a later
    run succeeds; the others go on. Repeatable.

    Args:
        jobs: how many at once; as many as there are processors if 0.
        canary: migrate so many sites first, and stop if one of them fails.
        progress: is told of each site.

    Returns:
        What was done, for each site.

    Raises:
        NotAtomicError: a pending migration has ``atomic = False``; nothing was touched.
        NotReadyError: ``public`` is behind, or the template could not be brought up.
    """
    found = survey()
    if found.public:
        raise NotReadyError(_("The registry itself is behind the code. Run: manage.py deploy"))
    refuse_stubborn([found.template, *found.sites.values()])
    rebuilt = bool(found.template or found.dump_outdated)
    if rebuilt:
        build_template()
    _release(found.recovered)
    outcome = Outcome()
    try:
        _upgrade_sites(found, outcome, jobs or workers.processors(), canary, progress)
    finally:
        progress.end()
    if found.spares or rebuilt:
        outcome.spares = pool.refill()
    if outcome.migrated or outcome.failed:
        audit.record("fleet.upgraded", by=ACTOR, migrated=len(outcome.migrated),
                     failed=sorted(outcome.failed))  # fmt: skip
    return outcome


def build_template() -> TemplateDump:
    """Bring the template up; raises `NotReadyError` with the reason where that fails."""
    try:
        return template.build()
    except Exception as error:
        raise NotReadyError(
            _("The template could not be brought up, so no site was touched: %(error)s")
            % {"error": workers.describe(error)}
        ) from error


def _upgrade_sites(
    found: Survey, outcome: Outcome, jobs: int, canary: int, progress: Progress
) -> None:
    waiting = list(found.sites)
    if canary:
        _run(waiting[:canary], outcome, jobs, progress)
        waiting = waiting[canary:]
        if outcome.failed:
            outcome.untouched = len(waiting)
            return
    while waiting:
        _run(waiting, outcome, jobs, progress)
        # Sites born of the old template while we were busy: their transaction was open.
        handled = {*outcome.migrated, *outcome.failed}
        waiting = [site for site in survey().sites if site.schema_name not in handled]


def _run(sites: list[Tenant], outcome: Outcome, jobs: int, progress: Progress) -> None:
    by_schema = {site.schema_name: site for site in sites}
    progress.begin(len(sites))
    for result in workers.migrate_all(by_schema, jobs):
        site = by_schema[result.schema_name]
        if result.error:
            outcome.failed[result.schema_name] = result.error
            _into_maintenance(site, result.error)
            progress.step(f"✗ {site.name} ({site.schema_name}): {result.error}")
        else:
            outcome.migrated.append(result.schema_name)
            _release([site])
            progress.step()


def _into_maintenance(site: Tenant, error: str) -> None:
    Tenant.objects.filter(pk=site.pk).update(maintenance_error=error)
    audit.record("site.upgrade_failed", by=ACTOR, target=site.name_vi, site=site.schema_name,
                 error=error)  # fmt: skip


def _release(sites: Iterable[Tenant]) -> None:
    for site in sites:
        if site.maintenance_error:
            Tenant.objects.filter(pk=site.pk).update(maintenance_error="")
            audit.record("site.upgrade_recovered", by=ACTOR, target=site.name_vi,
                         site=site.schema_name)  # fmt: skip
