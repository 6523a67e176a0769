"""What tests of the sites' applications share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django_tenants.utils import tenant_context

from tenants.models import Tenant


@pytest.fixture
def here(alpha: Tenant) -> Iterator[Tenant]:
    """Be in alpha for the test."""
    with tenant_context(alpha):
        yield alpha
