"""Sessions, cookies and rights end at the border of a site."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.test import Client
from django_tenants.utils import tenant_context

from motcua.people.models import User
from tenants.models import Tenant
from tests.factories import create_user

PASSWORD = "mat-khau-thu-nghiem"


def sign_in(tenant: Tenant, email: str) -> Client:
    """Sign in as a person does, through the form."""
    with tenant_context(tenant):
        person = User.objects.get(email=email)
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    client = Client(HTTP_HOST=tenant.primary_domain)
    answer = client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    assert answer["Location"] == "/admin/"
    return client


def test_cookies_belong_to_one_host(alpha: Tenant) -> None:
    with tenant_context(alpha):
        create_user(email="an@alpha.test", superuser=True)
    client = Client(HTTP_HOST=alpha.primary_domain)
    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": "an@alpha.test", "password": PASSWORD})
    session, csrf = client.cookies["sessionid"], client.cookies["csrftoken"]
    for cookie in (session, csrf):
        assert cookie["domain"] == ""
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
    assert session["httponly"]


def test_cookies_travel_over_tls_only_in_production() -> None:
    from motcua.settings import base

    source = (base.BASE_DIR / "platform/motcua/settings/production.py").read_text()
    assert "SESSION_COOKIE_SECURE = True" in source
    assert "CSRF_COOKIE_SECURE = True" in source


def test_session_of_a_site_is_anonymous_on_every_other(
    main: Tenant, alpha: Tenant, beta: Tenant, outsider: Any
) -> None:
    at_beta = sign_in(beta, outsider.email)
    assert at_beta.get("/admin/").status_code == 200
    for tenant in (main, alpha):
        stranger = Client(HTTP_HOST=tenant.primary_domain)
        stranger.cookies = at_beta.cookies
        assert stranger.get("/admin/").status_code == 302
        assert stranger.get("/accounts/login/").status_code == 200


def test_session_key_copied_into_another_sites_cookie_opens_nothing(
    alpha: Tenant, beta: Tenant, outsider: Any
) -> None:
    """Equal user numbers and hashes do not help: the session row is in beta's schema."""
    with tenant_context(alpha):
        twin = User(pk=outsider.pk, email=outsider.email, name="Khác", password=outsider.password)
        twin.is_superuser = True
        twin.save()
    at_beta = sign_in(beta, outsider.email)
    stranger = Client(HTTP_HOST=alpha.primary_domain)
    stranger.cookies["sessionid"] = at_beta.cookies["sessionid"].value
    assert stranger.get("/admin/").status_code == 302
    with tenant_context(alpha):
        assert not Session.objects.exists()
    with tenant_context(beta):
        assert Session.objects.count() == 1


def test_signing_out_of_a_site_leaves_the_others_signed_in(alpha: Tenant, beta: Tenant) -> None:
    clients = {}
    for tenant in (alpha, beta):
        with tenant_context(tenant):
            create_user(email="hai.noi@tinh.test", superuser=True)
        clients[tenant.label] = sign_in(tenant, "hai.noi@tinh.test")
    clients["alpha"].post("/accounts/logout/")
    assert clients["alpha"].get("/admin/").status_code == 302
    assert clients["beta"].get("/admin/").status_code == 200


def test_form_token_of_a_site_is_refused_from_another_origin(
    alpha: Tenant, beta: Tenant, outsider: Any
) -> None:
    client = Client(HTTP_HOST=beta.primary_domain, enforce_csrf_checks=True)
    token = client.get("/accounts/login/").cookies["csrftoken"].value
    form = {"login": outsider.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    foreign = client.post("/accounts/login/", form, headers={"Origin": alpha.url})
    assert foreign.status_code == 403
    assert client.post("/accounts/login/", form, headers={"Origin": beta.url}).status_code == 302


def test_outsiders_rights_are_not_asked_for_elsewhere(
    alpha: Tenant, beta: Tenant, outsider: Any
) -> None:
    """A user object of beta carried into alpha finds alpha's rows, not beta's, under its number."""
    with tenant_context(alpha):
        person = create_user(email="khach@alpha.test")
        assert person.pk == outsider.pk
        assert not User.objects.get(pk=outsider.pk).is_superuser
    with tenant_context(beta):
        assert User.objects.get(pk=outsider.pk).is_superuser
