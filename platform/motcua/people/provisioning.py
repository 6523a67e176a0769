"""What people lend to the birth of a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from motcua import audit
from tenants.models import Tenant

from . import actions, groups
from .models import User

if TYPE_CHECKING:
    from tenants.provisioning import NewSite


def invite_first_administrator(tenant: Tenant, spec: NewSite) -> None:
    """Prepare the roles of a newborn site and invite its first administrator, if one is named.

    A step of `SITE_STEPS`: runs in the site's context, inside the provisioning transaction.
    """
    if tenant.is_main:
        groups.ensure_main_groups()
    if spec.admin_email:
        actions.invite(
            email=spec.admin_email,
            name=spec.admin_name,
            role=highest_role(tenant),
            by="provisioning",
            language=next(iter(spec.languages), ""),
        )


@transaction.atomic
def create_administrator(*, email: str, password: str, name: str) -> User:
    """Give the current site an administrator with a known password, for a demo's first start.

    On the main portal this is a provincial administrator: not a superuser, but a person with
    the permission `people.manage_sites`, because a superuser escapes every rule we write.
    An existing account with this address gets the new password.
    """
    tenant = connection.tenant
    if tenant.is_main:
        groups.ensure_main_groups()
    user = actions.open_account(
        email=email, name=name, password=password, role=highest_role(tenant)
    )
    audit.record("people.administrator_created", by="provisioning", target=user.email)
    return user


def highest_role(tenant: Tenant) -> str:
    """Return the role of a site's first administrator."""
    return groups.PROVINCIAL_ADMINISTRATOR if tenant.is_main else groups.SITE_ADMINISTRATOR
