"""The load balancer gets its answer before any site is looked up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from motcua.hub.models import Card, Item
from tenants.models import Tenant

HOSTS = ["alpha.tinh.test", "la.tinh.test", "10.0.0.7:8000", "", "không.hợp lệ"]


@pytest.mark.parametrize("host", HOSTS)
def test_process_is_alive_whatever_the_host(host: str, db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = Client(HTTP_HOST=host).get("/-/live")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert len(queries) == 0


@pytest.mark.parametrize("host", HOSTS)
def test_platform_is_ready_whatever_the_host(host: str, db: None) -> None:
    response = Client(HTTP_HOST=host).get("/-/ready")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_platform_without_a_main_portal_is_not_ready(main: Tenant) -> None:
    with tenant_context(main):
        Item.objects.filter(site="main").delete()
        Card.objects.filter(site="main").delete()
    Tenant.objects.filter(pk=main.pk).update(schema_name="nowhere")
    response = Client().get("/-/ready")
    assert response.status_code == 503


@pytest.fixture
def no_database(committed: Any) -> Iterator[None]:
    """Nothing answers under the database's address."""
    port = connection.settings_dict["PORT"]
    connection.close()
    connection.settings_dict["PORT"] = "1"
    try:
        yield
    finally:
        connection.settings_dict["PORT"] = port
        connection.close()


def test_without_a_database_the_process_lives_and_is_not_ready(no_database: None) -> None:
    client = Client(HTTP_HOST="alpha.tinh.test")
    assert client.get("/-/live").status_code == 200
    response = client.get("/-/ready")
    assert response.status_code == 503
    assert response.json() == {"status": "database unreachable"}


def test_without_a_database_a_page_is_a_plain_error(no_database: None) -> None:
    client = Client(HTTP_HOST="alpha.tinh.test", raise_request_exception=False)
    response = client.get("/")
    assert response.status_code == 500
    assert "<h1" in response.content.decode()


def test_lost_session_is_noticed_and_replaced(committed: Any, alpha: Tenant) -> None:
    connection.ensure_connection()
    connection.connection.close()  # as when the server was restarted
    assert Client().get("/-/ready").status_code in {200, 503}
    assert Client().get("/-/ready").status_code == 200


def test_health_is_not_a_page_of_a_site(alpha: Tenant) -> None:
    assert Client(HTTP_HOST="alpha.tinh.test").get("/-/other/").status_code == 404
