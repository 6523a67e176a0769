"""Which sites may run jobs, and how a worker enters one."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django_tenants.utils import (
    get_public_schema_name,
    get_tenant_model,
    schema_context,
    tenant_context,
)

# States of a site (its ``status``) in which its jobs run: one in preparation sends invitations.
RUNNING_STATES = ("active", "preparing")
# States in which they wait for better days. In any other, such as archived, they never run again.
WAITING_STATES = ("suspended",)


class SiteGone(Exception):
    """The site of a job does not exist any more, or will never run jobs again."""


class SiteNotReady(Exception):
    """The site of a job cannot run it now, but may later."""


def enter_site(schema_name: str) -> AbstractContextManager[None]:
    """The context of a site (or of ``public``) in which its jobs run.

    Raises ``SiteGone`` or ``SiteNotReady``. Call it in the context of ``public``.
    """
    if schema_name == get_public_schema_name():
        return schema_context(schema_name)
    site = get_tenant_model().objects.filter(schema_name=schema_name).first()
    if site is None:
        raise SiteGone(f"Site {schema_name} is not in the registry.")
    _check_state(site)
    return tenant_context(site)


def _check_state(site: Any) -> None:
    state = str(getattr(site, "status", "active"))
    if state in WAITING_STATES:
        raise SiteNotReady(f"Site {site.schema_name} is {state}.")
    if state not in RUNNING_STATES:
        raise SiteGone(f"Site {site.schema_name} is {state}.")
    if getattr(site, "maintenance_error", ""):
        raise SiteNotReady(f"Site {site.schema_name} is in maintenance.")


def active_sites() -> Sequence[str]:
    """Schema names of the sites that periodic jobs of scope "site" run for: active and healthy.

    The setting ``JOB_SITES`` (dotted path of a function without arguments) replaces it.
    """
    if path := getattr(settings, "JOB_SITES", None):
        return list(import_string(path)())
    sites = get_tenant_model().objects.filter(status="active", maintenance_error="")
    return list(sites.order_by("schema_name").values_list("schema_name", flat=True))
