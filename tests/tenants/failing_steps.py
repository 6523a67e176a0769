"""Steps of provisioning that go wrong, for tests."""

from __future__ import annotations

from django.db import OperationalError

from tenants.models import Tenant
from tenants.provisioning import NewSite


def fail_for_mot(tenant: Tenant, _spec: NewSite) -> None:
    """Refuse one site."""
    if tenant.label == "mot":
        raise RuntimeError("mot cannot be")


def lose_the_database(_tenant: Tenant, _spec: NewSite) -> None:
    """Behave as the driver does when the server is gone."""
    raise OperationalError("server closed the connection unexpectedly")
