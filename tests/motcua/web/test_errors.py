"""Error pages look like the site they happen on, and need nothing where all is broken."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django_tenants.utils import tenant_context

from motcua import urls
from sites.base.models import SiteSettings
from tenants.models import Tenant


def refuse(_request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def break_down(_request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("bí mật")


def suspect(_request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def miss(_request: HttpRequest) -> HttpResponse:
    raise Http404("bí mật")


def lose_database(_request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM bảng_không_có")
    return HttpResponse()


urlpatterns = [
    path("loi/403/", refuse),
    path("loi/500/", break_down),
    path("loi/400/", suspect),
    path("loi/404/", miss),
    path("loi/database/", lose_database),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


@pytest.fixture
def client(alpha: Tenant) -> Any:
    """A client of alpha whose server has paths that fail."""
    with tenant_context(alpha):
        SiteSettings.objects.update(phone="0273 3872 184")
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(HTTP_HOST=alpha.primary_domain, raise_request_exception=False)


@pytest.mark.parametrize("status", [400, 403, 404])
def test_error_page_is_the_sites(status: int, client: Client, alpha: Tenant) -> None:
    response = client.get(f"/loi/{status}/")
    text = response.content.decode()
    assert response.status_code == status
    assert alpha.name_vi in text
    assert "bí mật" not in text


def test_missing_page_offers_the_sites_menu_and_search(client: Client) -> None:
    text = client.get("/khong-co/").content.decode()
    assert 'href="/tin-tuc/"' in text
    assert "/search/" in text


def test_missing_page_speaks_the_addresss_language(client: Client) -> None:
    assert 'lang="en"' in client.get("/en/nothing/").content.decode()
    assert 'lang="vi"' in client.get("/khong-co/").content.decode()


@pytest.mark.parametrize("path_", ["/loi/500/", "/loi/database/"])
def test_fault_of_ours_tells_no_secrets_and_asks_no_database(path_: str, client: Client) -> None:
    response = client.get(path_)
    text = response.content.decode()
    assert response.status_code == 500
    assert "<h1" in text
    assert "bí mật" not in text
    assert "Traceback" not in text


def test_form_from_elsewhere_is_refused_in_the_sites_clothes(alpha: Tenant) -> None:
    client = Client(HTTP_HOST=alpha.primary_domain, enforce_csrf_checks=True)
    response = client.post("/accounts/login/", {"login": "a@b.test", "password": "x"})
    assert response.status_code == 403
    assert alpha.name_vi in response.content.decode()


def test_error_page_is_in_the_language_that_was_asked_not_the_last_visitors(
    alpha: Tenant, beta: Tenant
) -> None:
    """A thread remembers the language of its last request; refusals come before it is set."""
    Tenant.objects.filter(pk=beta.pk).update(status="suspended")
    at_beta = Client(HTTP_HOST=beta.primary_domain)
    before = at_beta.get("/").content
    Client(HTTP_HOST=alpha.primary_domain).get("/en/")
    assert at_beta.get("/").content == before


@pytest.mark.parametrize(
    "address", ["/tin-tuc/?category=%00", "/en/news/?page=1%00", "/tin-tuc/%00/"]
)
def test_address_with_a_nul_is_a_bad_request(address: str, client: Client) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert b"<h1" in answer.content
