"""A provincial administrator on the main portal, and the address of the registry's screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_tenants.utils import tenant_context
from wagtail.users.models import UserProfile

from motcua.people.models import User
from tenants.models import Tenant


@pytest.fixture
def registry(main: Tenant, administrator: Any, browse: Callable[..., Client]) -> Client:
    """A browser in which the provincial administrator is signed in."""
    return browse(main, user=administrator)


@pytest.fixture
def address() -> Callable[..., str]:
    """Return the path of a screen: ``address("site", alpha.pk)``."""

    def address_of(name: str, *args: Any) -> str:
        return reverse(f"member_sites:{name}", args=args)

    return address_of


@pytest.fixture
def english(main: Tenant, administrator: User) -> None:
    """The provincial administrator reads the administration in English."""
    with tenant_context(main):
        UserProfile.objects.create(user=administrator, preferred_language="en")
