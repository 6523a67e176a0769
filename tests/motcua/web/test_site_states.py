"""What a site answers in each of its states."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django_tenants.utils import tenant_context

from tenants.lifecycle import Status
from tenants.models import Domain, Tenant
from tests.factories import create_article, create_document, create_image, create_user

PUBLIC = ("/", "/en/", "/tin-tuc/", "/search/?query=a", "/khong-co/")
STAFF = ("/admin/", "/accounts/login/", "/en/accounts/login/")


def put_into(tenant: Tenant, status: str, **fields: Any) -> Client:
    """Give a site a state and return a client that speaks to it."""
    Tenant.objects.filter(pk=tenant.pk).update(status=status, **fields)
    return Client(HTTP_HOST=tenant.primary_domain)


def test_site_in_preparation_is_not_found_by_the_public(alpha: Tenant) -> None:
    client = put_into(alpha, Status.PREPARING)
    for path in PUBLIC:
        response = client.get(path)
        assert response.status_code == 404, path
        assert alpha.name_vi not in response.content.decode()


def test_site_in_preparation_answers_its_staff(alpha: Tenant) -> None:
    client = put_into(alpha, Status.PREPARING)
    for path in STAFF[1:]:
        assert client.get(path).status_code == 200, path
    with tenant_context(alpha):
        client.force_login(create_user(superuser=True))
    assert client.get("/admin/").status_code == 200


def test_files_of_a_site_in_preparation_are_for_its_staff(alpha: Tenant) -> None:
    client = put_into(alpha, Status.PREPARING)
    with tenant_context(alpha):
        image, document = create_image(), create_document()
        addresses = [image.file.url, document.url]
        staff = create_user(superuser=True)
    for address in addresses:
        assert client.get(address).status_code == 404, address
    with tenant_context(alpha):
        client.force_login(staff)
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_staff_preview_pages_of_a_site_in_preparation(alpha: Tenant) -> None:
    client = put_into(alpha, Status.PREPARING)
    with tenant_context(alpha):
        client.force_login(create_user(superuser=True))
        draft = create_article("Bản nháp chưa ai thấy", publish=False)
    answer = client.get(f"/admin/pages/{draft.pk}/view_draft/")
    assert answer.status_code == 200
    assert "Bản nháp chưa ai thấy" in answer.content.decode()
    assert connection.tenant == alpha


@pytest.mark.parametrize("path", ["/invitation/x~y/", "/en/invitation/x~y/"])
def test_invitation_into_a_site_in_preparation_opens(path: str, alpha: Tenant) -> None:
    """A bad link gets the page about bad links, which is the site's own."""
    text = put_into(alpha, Status.PREPARING).get(path).content.decode()
    assert alpha.name_vi in text


def test_suspended_site_is_unavailable(alpha: Tenant) -> None:
    client = put_into(alpha, Status.SUSPENDED)
    for path in (*PUBLIC, *STAFF):
        assert client.get(path).status_code == 503, path


def test_suspended_site_hands_out_no_files(alpha: Tenant) -> None:
    with tenant_context(alpha):
        path = create_document().url
    client = put_into(alpha, Status.SUSPENDED)
    assert client.get(path).status_code == 503
    assert client.get("/media/images/x.png").status_code == 503


def test_archived_site_is_gone(alpha: Tenant) -> None:
    client = put_into(alpha, Status.ARCHIVED)
    for path in (*PUBLIC, *STAFF):
        assert client.get(path).status_code == 410, path


def test_merged_site_redirects_to_its_successor(alpha: Tenant, beta: Tenant) -> None:
    client = put_into(alpha, Status.MERGED, successor=beta)
    for path in (*PUBLIC, *STAFF):
        response = client.get(path)
        assert response.status_code == 301, path
        assert response["Location"] == f"{beta.url}/"


def test_former_domain_of_a_merged_site_leads_to_the_successor(alpha: Tenant, beta: Tenant) -> None:
    Domain.objects.create(domain="cu.tinh.test", tenant=alpha, is_primary=False)
    put_into(alpha, Status.MERGED, successor=beta)
    response = Client(HTTP_HOST="cu.tinh.test").get("/", follow=True)
    assert [address for address, _status in response.redirect_chain] == [
        f"{alpha.url}/", f"{beta.url}/"
    ]  # fmt: skip
    assert beta.name_vi in response.content.decode()


def test_merged_site_without_a_successor_is_gone(alpha: Tenant) -> None:
    assert put_into(alpha, Status.MERGED).get("/").status_code == 410


def test_site_whose_upgrade_failed_asks_for_patience(alpha: Tenant, beta: Tenant) -> None:
    client = put_into(alpha, Status.ACTIVE, maintenance_error="news.0002: boom")
    for path in (*PUBLIC, *STAFF):
        response = client.get(path)
        assert response.status_code == 503, path
        assert int(response["Retry-After"]) > 0
        assert "boom" not in response.content.decode()
    assert Client(HTTP_HOST=beta.primary_domain).get("/").status_code == 200


@pytest.mark.parametrize(
    ("status", "error"), [(Status.SUSPENDED, ""), (Status.ARCHIVED, ""), (Status.ACTIVE, "boom")]
)
def test_answer_of_a_closed_site_is_not_kept_by_caches(
    status: str, error: str, alpha: Tenant
) -> None:
    response = put_into(alpha, status, maintenance_error=error).get("/")
    assert response["Cache-Control"] == "no-store"
    assert "<h1" in response.content.decode()


def test_closed_site_asks_nothing_of_its_schema(
    alpha: Tenant, django_assert_max_num_queries: Any
) -> None:
    client = put_into(alpha, Status.SUSPENDED)
    client.get("/")
    with django_assert_max_num_queries(0):
        client.get("/")


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.ARCHIVED])
def test_closed_site_leads_to_the_main_portal(status: str, main: Tenant, alpha: Tenant) -> None:
    text = put_into(alpha, status).get("/").content.decode()
    assert f'href="{main.url}"' in text


@pytest.mark.parametrize("status", Status.values)
def test_every_state_has_its_answer(status: str, alpha: Tenant, beta: Tenant) -> None:
    response = put_into(alpha, status, successor=beta).get("/")
    expected = {"preparing": 404, "active": 200, "suspended": 503, "archived": 410, "merged": 301}
    assert response.status_code == expected[status]
