"""The first site of an install."""

from __future__ import annotations

from django.conf import settings
from django.utils.module_loading import import_string
from django_tenants.utils import tenant_context

from .models import Domain, Tenant
from .provisioning import NewSite, create_main


def ensure(
    spec: NewSite,
    *,
    serve_also: list[str],
    admin_email: str = "",
    admin_password: str = "",
) -> Tenant:
    """Make the main portal, its further domains and its administrator, as far as missing.

    Args:
        spec: name and primary domain.
        serve_also: domains that show the portal without redirecting.
        admin_email: the provincial administrator's; without a password nobody is made.
        admin_password: in clear, from the operator's environment.

    Returns:
        The main portal.
    """
    tenant = create_main(spec, by="create_main")
    for domain in serve_also:
        Domain.objects.get_or_create(
            domain=domain, defaults={"tenant": tenant, "is_primary": False, "serves": True}
        )
    if admin_email and admin_password:
        with tenant_context(tenant):
            make = import_string(settings.MAKE_ADMINISTRATOR)
            make(email=admin_email, password=admin_password, name="")
    return tenant
