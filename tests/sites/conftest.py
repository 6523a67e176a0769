"""What tests of the sites' applications share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django_tenants.utils import tenant_context

from motcua.people import groups
from tenants.models import Tenant
from tests import factories


@pytest.fixture
def here(alpha: Tenant) -> Iterator[Tenant]:
    """Be in alpha for the test."""
    with tenant_context(alpha):
        yield alpha


@pytest.fixture
def administrator(main: Tenant) -> Any:
    """A person with the highest role on the main portal; no superuser."""
    with tenant_context(main):
        return factories.create_user(
            email="quan.tri@tinh.test", role=groups.PROVINCIAL_ADMINISTRATOR
        )
