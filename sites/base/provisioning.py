"""What `sites.base` does for a newborn site and after its registration changed."""

from __future__ import annotations

from django.conf import settings
from wagtail.models import Site

from tenants.models import Tenant
from tenants.provisioning import NewSite

from . import sharing
from .models import SiteSettings


def write_facts(tenant: Tenant, spec: NewSite) -> None:
    """Write address and contacts into the newborn site's one `Site` and its settings."""
    refresh_address(tenant)
    SiteSettings.objects.update(address=spec.address, phone=spec.phone, email=spec.email)
    sharing.share_card()


def share_starter_pages(_tenant: Tenant, _spec: NewSite) -> None:
    """Tell the hub of the pages that the site is born with."""
    sharing.share_all()


def refresh_address(tenant: Tenant) -> None:
    """Let Wagtail's `Site` name the primary domain, so that full addresses are right."""
    site = Site.objects.get()
    site.hostname = tenant.primary_domain
    site.port = settings.PUBLIC_PORT
    site.site_name = tenant.name_vi
    site.save()
