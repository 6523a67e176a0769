"""Rules of the house that no other check sees."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from tenants.models import Tenant

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("folder", ["platform", "locale", "themes", "tests"])
def test_folder_is_no_package(folder: str) -> None:
    """``platform`` and ``locale`` would hide modules of the standard library."""
    assert not (ROOT / folder / "__init__.py").exists()


@pytest.mark.smoke
def test_every_site_shows_its_own_home(
    main: Tenant, alpha: Tenant, beta: Tenant, browse: Callable[..., Client]
) -> None:
    for tenant in (main, alpha, beta):
        response = browse(tenant).get("/")
        assert response.status_code == 200
        assert tenant.name_vi in response.content.decode()


@pytest.mark.smoke
@pytest.mark.usefixtures("db")
def test_unknown_host_is_not_found() -> None:
    assert Client(HTTP_HOST="la.tinh.test").get("/").status_code == 404
