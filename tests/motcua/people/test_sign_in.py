from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django_tenants.utils import tenant_context

from motcua.people.groups import EDITOR
from motcua.people.models import User
from motcua.people.tokens import SiteTokenGenerator
from tenants.models import Tenant
from tests.motcua.people.factories import (
    PASSWORD,
    create_client,
    create_user,
    link_in,
    queued_mails,
)

SAME_HASH = make_password(PASSWORD, salt="equal")


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def create_twins(*sites: Tenant) -> None:
    """Give each site an account that equals the others' in id, address, hash and times."""
    for site in sites:
        with tenant_context(site):
            user = create_user(id=90_001, email="an@xa.test", role=EDITOR)
            User.objects.filter(pk=user.pk).update(password=SAME_HASH, last_login=None)


def test_editor_signs_in_and_lands_in_the_admin(alpha: Tenant) -> None:
    with tenant_context(alpha):
        create_user(role=EDITOR)
    answer = create_client(alpha).post(
        "/accounts/login/", {"login": "AN@xa.test", "password": PASSWORD}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


def test_person_without_a_role_lands_on_the_home_page(alpha: Tenant) -> None:
    with tenant_context(alpha):
        create_user()
    answer = create_client(alpha).post(
        "/accounts/login/", {"login": "an@xa.test", "password": PASSWORD}
    )
    assert answer["Location"] == "/"


def test_password_of_one_site_opens_no_other(alpha: Tenant, beta: Tenant) -> None:
    with tenant_context(alpha):
        create_user()
    answer = create_client(beta).post(
        "/accounts/login/", {"login": "an@xa.test", "password": PASSWORD}
    )
    assert answer.status_code == 200
    assert "_auth_user_id" not in create_client(beta).session


@pytest.mark.parametrize(
    "target",
    ["https://evil.test/", "//evil.test/", "http://beta.tinh.test/admin/", "javascript:alert(1)",
     "/\\evil.test"],
)  # fmt: skip
def test_signing_in_leads_to_no_other_host(alpha: Tenant, beta: Tenant, target: str) -> None:
    with tenant_context(alpha):
        create_user(role=EDITOR)
    answer = create_client(alpha).post(
        "/accounts/login/", {"login": "an@xa.test", "password": PASSWORD, "next": target}
    )
    assert answer["Location"] == "/admin/"


def test_visitor_of_the_admin_is_sent_to_sign_in_and_back(alpha: Tenant) -> None:
    answer = create_client(alpha).get("/admin/pages/")
    assert answer["Location"] == "/accounts/login/?next=/admin/pages/"


@pytest.mark.parametrize(
    ("asked", "next_"),
    [("", "/admin/"), ("?next=/admin/pages/", "/admin/pages/"), ("?next=//evil.test", "/admin/")],
)
def test_wagtails_sign_in_page_gives_way(alpha: Tenant, asked: str, next_: str) -> None:
    answer = create_client(alpha).get(f"/admin/login/{asked}")
    assert answer["Location"] == f"/accounts/login/?next={next_}"


def test_wagtails_password_pages_give_way(alpha: Tenant) -> None:
    answer = create_client(alpha).get("/admin/password_reset/")
    assert answer["Location"] == "/accounts/password/reset/"


def test_signed_in_person_without_a_role_is_refused_instead_of_sent_in_circles(
    alpha: Tenant,
) -> None:
    with tenant_context(alpha):
        user = create_user()
    answer = create_client(alpha, user).get("/admin/", follow=True)
    assert answer.status_code == 403


def test_sign_up_is_closed(alpha: Tenant, main: Tenant) -> None:
    for site in (alpha, main):
        browser = create_client(site)
        data = {"email": "x@x.test", "password1": PASSWORD, "password2": PASSWORD}
        for answer in (browser.get("/accounts/signup/"), browser.post("/accounts/signup/", data)):
            assert "account/signup_closed.html" in [t.name for t in answer.templates]
        with tenant_context(site):
            assert not User.objects.exists()


def test_closed_account_cannot_sign_in(alpha: Tenant) -> None:
    with tenant_context(alpha):
        create_user(is_active=False)
    browser = create_client(alpha)
    browser.post("/accounts/login/", {"login": "an@xa.test", "password": PASSWORD})
    assert "_auth_user_id" not in browser.session


def test_guessing_is_stopped_whatever_the_host_and_only_on_that_site(
    alpha: Tenant, beta: Tenant
) -> None:
    create_twins(alpha, beta)
    wrong = {"login": "an@xa.test", "password": "wrong"}
    for _attempt in range(5):
        create_client(alpha).post("/accounts/login/", wrong)
    right = {**wrong, "password": PASSWORD}
    assert create_client(alpha).post("/accounts/login/", right).status_code == 200
    assert create_client(beta).post("/accounts/login/", right).status_code == 302


def test_guessing_stays_stopped_while_others_fill_the_cache(alpha: Tenant) -> None:
    """A page of each of 200 sites leaves two entries in the process's cache."""
    with tenant_context(alpha):
        create_user()
    wrong = {"login": "an@xa.test", "password": "wrong"}
    for _attempt in range(5):
        create_client(alpha).post("/accounts/login/", wrong)
    for number in range(2000):
        cache.set(f"page-of-another-site-{number}", number)
    right = {**wrong, "password": PASSWORD}
    assert create_client(alpha).post("/accounts/login/", right).status_code == 200


def test_answer_to_a_reset_does_not_tell_whether_the_account_exists(alpha: Tenant) -> None:
    with tenant_context(alpha):
        create_user()
    answers = [
        create_client(alpha).post("/accounts/password/reset/", {"email": email})
        for email in ("an@xa.test", "nobody@xa.test")
    ]
    assert {(a.status_code, a["Location"]) for a in answers} == {
        (302, "/accounts/password/reset/done/")
    }
    assert [mail["to"] for mail in queued_mails()] == [["an@xa.test"], ["nobody@xa.test"]]


def test_forgotten_password_is_replaced_through_the_mailed_link(alpha: Tenant) -> None:
    with tenant_context(alpha):
        create_user()
    browser = create_client(alpha)
    browser.post("/accounts/password/reset/", {"email": "an@xa.test"})
    [mail] = queued_mails()
    assert mail["site"] == alpha.schema_name
    form = browser.get(link_in(mail), follow=True)
    new = {"password1": "gà-cùng-một-mẹ", "password2": "gà-cùng-một-mẹ"}
    browser.post(form.request["PATH_INFO"], new)
    with tenant_context(alpha):
        assert User.objects.get().check_password("gà-cùng-một-mẹ")
    again = create_client(alpha).get(link_in(mail), follow=True)
    assert again.context["token_fail"]


@pytest.mark.parametrize("port", [":31337", "..", ".:81"])
def test_mailed_link_has_the_sites_address_whatever_the_request_says(
    alpha: Tenant, port: str
) -> None:
    with tenant_context(alpha):
        create_user()
    browser = create_client(alpha)
    browser.defaults["HTTP_HOST"] = f"{alpha.primary_domain}{port}"
    browser.post("/accounts/password/reset/", {"email": "an@xa.test"})
    [mail] = queued_mails()
    assert f"{alpha.url}/accounts/password/reset/key/" in mail["text"]
    assert f"{alpha.primary_domain}{port}" not in mail["text"]


def test_reset_token_of_a_site_is_worthless_on_another(alpha: Tenant, beta: Tenant) -> None:
    create_twins(alpha, beta)
    with tenant_context(alpha):
        token = SiteTokenGenerator().make_token(User.objects.get())
        assert SiteTokenGenerator().check_token(User.objects.get(), token)
    with tenant_context(beta):
        assert not SiteTokenGenerator().check_token(User.objects.get(), token)


def test_reset_link_of_a_site_is_worthless_on_another(alpha: Tenant, beta: Tenant) -> None:
    create_twins(alpha, beta)
    create_client(alpha).post("/accounts/password/reset/", {"email": "an@xa.test"})
    path = link_in(queued_mails()[0])
    stranger = create_client(beta)
    page = stranger.get(path, follow=True)
    assert page.context["token_fail"]
    new = {"password1": "gà-cùng-một-mẹ", "password2": "gà-cùng-một-mẹ"}
    stranger.post(path, new)
    stranger.post(re.sub(r"-[^-/]+-[^-/]+/$", "-set-password/", path), new)
    with tenant_context(beta):
        assert User.objects.get().password == SAME_HASH


def test_reset_token_dies_with_an_address_of_the_account(alpha: Tenant) -> None:
    create_twins(alpha)
    with tenant_context(alpha):
        user = User.objects.get()
        other = EmailAddress.objects.create(user=user, email="cu@xa.test", verified=True)
        token = SiteTokenGenerator().make_token(user)
        other.delete()
        assert not SiteTokenGenerator().check_token(user, token)


def test_confirmation_key_of_a_site_is_worthless_on_another(alpha: Tenant, beta: Tenant) -> None:
    create_twins(alpha, beta)
    for site in (alpha, beta):
        with tenant_context(site):
            EmailAddress.objects.update(verified=False)
    with tenant_context(alpha):
        address = EmailAddress.objects.get()
        key = EmailConfirmation.create(address)
        key.sent = key.created
        key.save()
    path = f"/accounts/confirm-email/{key.key}/"
    create_client(beta).post(path)
    with tenant_context(beta):
        assert not EmailAddress.objects.get().verified
    create_client(alpha).post(path)
    with tenant_context(alpha):
        assert EmailAddress.objects.get().verified


def test_account_with_an_unproven_address_must_prove_it_first(alpha: Tenant) -> None:
    with tenant_context(alpha):
        create_user(role=EDITOR)
        EmailAddress.objects.update(verified=False)
    browser = create_client(alpha)
    browser.post("/accounts/login/", {"login": "an@xa.test", "password": PASSWORD})
    assert "_auth_user_id" not in browser.session
    browser.post(link_in(queued_mails()[0]))
    with tenant_context(alpha):
        assert EmailAddress.objects.get().verified


def test_session_of_a_site_is_worthless_on_another(alpha: Tenant, beta: Tenant) -> None:
    create_twins(alpha, beta)
    with tenant_context(alpha):
        at_alpha = create_client(alpha, User.objects.get())
    at_beta = create_client(beta)
    at_beta.cookies = at_alpha.cookies
    assert at_alpha.get("/admin/").status_code == 200
    assert at_beta.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    "path",
    ["login/", "password/reset/", "password/reset/done/", "confirm-email/", "inactive/",
     "password/reset/key/done/", "password/reset/key/x-y/", "confirm-email/unknown/"],
)  # fmt: skip
def test_account_pages_of_visitors_are_shown(alpha: Tenant, path: str) -> None:
    answer = create_client(alpha).get(f"/accounts/{path}")
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["email/", "password/change/", "logout/", "reauthenticate/"])
def test_account_pages_of_people_are_shown(alpha: Tenant, path: str) -> None:
    with tenant_context(alpha):
        create_user(role=EDITOR)
    browser = create_client(alpha)
    browser.post("/accounts/login/", {"login": "an@xa.test", "password": PASSWORD})
    assert browser.get(f"/accounts/{path}").status_code == 200


def test_changed_password_is_confirmed_by_mail(alpha: Tenant) -> None:
    with tenant_context(alpha):
        create_user(role=EDITOR)
    browser = create_client(alpha)
    browser.post("/accounts/login/", {"login": "an@xa.test", "password": PASSWORD})
    new = {"password1": "gà-cùng-một-mẹ", "password2": "gà-cùng-một-mẹ"}
    browser.post("/accounts/password/change/", {"oldpassword": PASSWORD, **new})
    assert [mail["to"] for mail in queued_mails()] == [["an@xa.test"]]
    assert "127.0.0.1" in queued_mails()[0]["text"]


def test_new_address_counts_once_it_is_confirmed(alpha: Tenant) -> None:
    with tenant_context(alpha):
        create_user(role=EDITOR)
    browser = create_client(alpha)
    browser.post("/accounts/login/", {"login": "an@xa.test", "password": PASSWORD})
    change = {"email": "moi@xa.test", "action_add": ""}
    asked = browser.post("/accounts/email/", change)
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    browser.post("/accounts/email/", change)
    with tenant_context(alpha):
        assert User.objects.get().email == "an@xa.test"
    [mail] = [mail for mail in queued_mails() if mail["to"] == ["moi@xa.test"]]
    browser.post(link_in(mail))
    with tenant_context(alpha):
        assert User.objects.get().email == "moi@xa.test"
