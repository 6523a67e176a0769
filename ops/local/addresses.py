"""The sites' own addresses after the demo moved to another port."""

from __future__ import annotations


def refresh() -> None:
    """Run every site's ``SITE_CHANGED_STEPS``, which write its address anew. Needs Django."""
    from django.conf import settings
    from django.utils.module_loading import import_string
    from django_tenants.utils import tenant_context

    from tenants.models import Tenant

    steps = [import_string(path) for path in settings.SITE_CHANGED_STEPS]
    for tenant in Tenant.objects.all():
        with tenant_context(tenant):
            for step in steps:
                step(tenant)
