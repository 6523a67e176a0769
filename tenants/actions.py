"""What may be done with a site that exists. Every act writes its audit event itself.

Acts stand in `public` for their duration, wherever they are called: the database lets a site, the
main portal too, write audit events of its own only (ADR 0003).
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from motcua import audit

from .lifecycle import TRANSITIONS
from .models import Domain, Tenant

P = ParamSpec("P")
R = TypeVar("R")


def in_registry(act: Callable[P, R]) -> Callable[P, R]:
    """Let a function run in `public`, in one transaction."""

    @functools.wraps(act)
    def inside(*args: P.args, **kwargs: P.kwargs) -> R:
        with schema_context(get_public_schema_name()), transaction.atomic():
            return act(*args, **kwargs)

    return inside


@in_registry
def transition(*, tenant: Tenant, name: str, by: Any, successor: Tenant | None = None) -> None:
    """Take a site from one state to another.

    Args:
        tenant: the site.
        name: a name in `tenants.lifecycle.TRANSITIONS`.
        by: who does it.
        successor: into which site it is merged, for ``merge`` only.

    Raises:
        ValidationError: the site's state does not allow it, or the successor is missing.
    """
    step = TRANSITIONS[name]
    locked = Tenant.objects.select_for_update().get(pk=tenant.pk)
    if step not in locked.transitions:
        raise ValidationError(
            _("“%(site)s” is %(status)s; it cannot take the step “%(step)s”.")
            % {"site": locked.name, "status": locked.get_status_display(), "step": step.label}
        )
    if name == "merge":
        _check_successor(locked, successor)
        locked.successor = successor
    locked.status = step.target
    locked.save()
    tenant.status, tenant.successor = locked.status, locked.successor
    audit.record(f"site.{name}", by=by, target=locked.name_vi, site=locked.schema_name)


def _check_successor(tenant: Tenant, successor: Tenant | None) -> None:
    if successor is None or successor == tenant:
        raise ValidationError(_("Choose the site into which this one is merged."))
    seen = successor
    while seen.successor is not None:
        seen = seen.successor
        if seen == tenant:
            raise ValidationError(_("A site cannot be its own successor."))


@in_registry
def add_domain(*, tenant: Tenant, domain: str, by: Any, primary: bool = False) -> Domain:
    """Let a site answer under one more (validated) domain, or redirect from it."""
    row = Domain(tenant=tenant, domain=domain, is_primary=False)
    row.save()
    if primary:
        row.make_primary()
        _run_changed_steps(tenant)
    audit.record("site.domain_added", by=by, target=domain, site=tenant.schema_name)
    return row


@in_registry
def make_primary(*, domain: Domain, by: Any) -> None:
    """Make a domain the one under which its site answers; the others redirect."""
    domain.make_primary()
    _run_changed_steps(domain.tenant)
    audit.record("site.primary_domain", by=by, target=domain.domain, site=domain.tenant.schema_name)


@in_registry
def remove_domain(*, domain: Domain, by: Any) -> None:
    """Take a domain from its site; the primary one cannot go."""
    if domain.is_primary:
        raise ValidationError(_("The primary domain cannot be removed. Make another one primary."))
    audit.record("site.domain_removed", by=by, target=domain.domain, site=domain.tenant.schema_name)
    domain.delete()


@in_registry
def update_registration(*, tenant: Tenant, by: Any, changed: list[str]) -> None:
    """Store a site's changed (validated) registration."""
    tenant.save()
    _run_changed_steps(tenant)
    audit.record("site.changed", by=by, target=tenant.name_vi, site=tenant.schema_name,
                 fields=changed)  # fmt: skip


def _run_changed_steps(tenant: Tenant) -> None:
    fresh = Tenant.objects.get(pk=tenant.pk)
    with tenant_context(fresh):
        for path in settings.SITE_CHANGED_STEPS:
            import_string(path)(fresh)
