from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django_tenants.utils import tenant_context

from motcua.audit.models import AuditEvent
from motcua.people import actions
from motcua.people.groups import EDITOR, PROVINCIAL_ADMINISTRATOR, SITE_ADMINISTRATOR, UnknownRole
from motcua.people.models import Invitation, User
from tenants.models import Tenant
from tests.motcua.people.factories import (
    PASSWORD,
    create_client,
    create_user,
    link_in,
    queued_mails,
)

ANSWER = {"name": "Lê Bình", "password1": PASSWORD, "password2": PASSWORD}


def create_invitation(*, email: str = "binh@xa.test", role: str = EDITOR) -> tuple[Invitation, str]:
    """Invite into the current site; returns the invitation and the path of its link."""
    invitation, token = actions.open_invitation(email=email, role=role, by="test", name="Lê Bình")
    return invitation, f"/invitation/{token}/"


def test_invited_person_chooses_a_password_and_works_on_the_site(alpha: Tenant) -> None:
    with tenant_context(alpha):
        actions.invite(email="Binh@xa.test", name="Lê Bình", role=EDITOR, by="test")
        [mail] = queued_mails()
    assert (mail["to"], mail["site"]) == (["binh@xa.test"], alpha.schema_name)
    browser = create_client(alpha)
    page = browser.get(link_in(mail))
    assert page.status_code == 200
    assert "Lê Bình" in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"
    answer = browser.post(link_in(mail), ANSWER)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert browser.get("/admin/").status_code == 200
    with tenant_context(alpha):
        user = User.objects.get(email="binh@xa.test")
        assert user.check_password(PASSWORD)
        assert list(user.groups.values_list("name", flat=True)) == [EDITOR]
        assert EmailAddress.objects.get(user=user).verified


def test_database_keeps_only_a_digest_of_the_token_and_the_queue_nothing_readable(
    alpha: Tenant,
) -> None:
    with tenant_context(alpha):
        actions.invite(email="binh@xa.test", role=EDITOR, by="test")
        token = link_in(queued_mails()[0]).split("/")[-2]
        invitation = Invitation.objects.get()
    from motcua.jobs.models import Job

    assert token not in str(vars(invitation))
    queued = [job.kwargs for job in Job.objects.all()]
    assert queued
    assert token not in str(queued)
    assert "binh@xa.test" not in str(queued)


def test_link_works_once(alpha: Tenant) -> None:
    with tenant_context(alpha):
        _invitation, path = create_invitation()
    assert create_client(alpha).post(path, ANSWER).status_code == 302
    again = create_client(alpha)
    assert again.get(path).status_code == 410
    assert again.post(path, {**ANSWER, "password1": "another-one-1"}).status_code == 410
    with tenant_context(alpha):
        assert User.objects.get(email="binh@xa.test").check_password(PASSWORD)


def test_second_of_two_simultaneous_answers_is_refused(alpha: Tenant) -> None:
    with tenant_context(alpha):
        _invitation, path = create_invitation()
        token = path.split("/")[-2]
        actions.accept_invitation(token=token, password=PASSWORD, name="Lê Bình")
        with pytest.raises(actions.ClosedInvitation):
            actions.accept_invitation(token=token, password="another-one-1", name="X")


@pytest.mark.parametrize("field", ["expires_at", "revoked_at"])
def test_expired_or_withdrawn_link_opens_nothing(alpha: Tenant, field: str) -> None:
    with tenant_context(alpha):
        invitation, path = create_invitation()
        setattr(invitation, field, timezone.now() - timedelta(seconds=1))
        invitation.save()
    assert create_client(alpha).get(path).status_code == 410
    assert create_client(alpha).post(path, ANSWER).status_code == 410
    with tenant_context(alpha):
        assert not User.objects.filter(email="binh@xa.test").exists()


def test_link_of_another_site_opens_nothing(alpha: Tenant, beta: Tenant) -> None:
    with tenant_context(alpha):
        invitation, path = create_invitation()
        copy = {"token_digest": invitation.token_digest, "expires_at": invitation.expires_at}
    with tenant_context(beta):
        # Even if the row itself reached the other site, the signature is not that site's.
        Invitation.objects.create(email="binh@xa.test", role=SITE_ADMINISTRATOR, **copy)
    assert create_client(beta).get(path).status_code == 404
    assert create_client(beta).post(path, ANSWER).status_code == 404
    assert create_client(alpha).get(path).status_code == 200


@pytest.mark.parametrize("token", ["x", "a~b", "~", "..%2F..%2Fetc", "đ" * 20, "x" * 3000])
def test_garbled_link_is_not_found(alpha: Tenant, token: str) -> None:
    assert create_client(alpha).get(f"/invitation/{token}/").status_code == 404


def test_altered_link_is_not_found(alpha: Tenant) -> None:
    with tenant_context(alpha):
        _invitation, path = create_invitation()
    assert create_client(alpha).get(path[:-3] + "xx/").status_code == 404


def test_weak_or_differing_passwords_are_refused(alpha: Tenant) -> None:
    with tenant_context(alpha):
        _invitation, path = create_invitation()
    browser = create_client(alpha)
    for one, two in [("short", "short"), ("1234567890", "1234567890"), (PASSWORD, "else")]:
        answer = browser.post(path, {**ANSWER, "password1": one, "password2": two})
        assert answer.status_code == 200
    with tenant_context(alpha):
        assert not User.objects.filter(email="binh@xa.test").exists()


def test_new_invitation_replaces_the_open_one(alpha: Tenant) -> None:
    with tenant_context(alpha):
        _old, path = create_invitation()
        actions.invite(email="binh@xa.test", role=EDITOR, by="test")
        assert Invitation.objects.open().count() == 1
    assert create_client(alpha).get(path).status_code == 410


def test_closed_account_is_opened_again_by_an_invitation(alpha: Tenant) -> None:
    with tenant_context(alpha):
        create_user(email="binh@xa.test", is_active=False)
        _invitation, path = create_invitation()
    assert create_client(alpha).post(path, ANSWER).status_code == 302
    with tenant_context(alpha):
        user = User.objects.get(email="binh@xa.test")
        assert user.is_active
        assert user.groups.filter(name=EDITOR).exists()


def test_closing_an_account_withdraws_the_invitations_to_it(alpha: Tenant) -> None:
    with tenant_context(alpha):
        _invitation, path = create_invitation()
        closed = create_user(email="binh@xa.test", is_active=False)
        actions.record_activity(person=closed, by="test")
    assert create_client(alpha).get(path).status_code == 410


def test_signed_in_person_becomes_the_invited_one(alpha: Tenant) -> None:
    with tenant_context(alpha):
        other = create_user(email="khac@xa.test", role=EDITOR)
        _invitation, path = create_invitation()
    browser = create_client(alpha, other)
    browser.post(path, ANSWER)
    with tenant_context(alpha):
        invited = User.objects.get(email="binh@xa.test")
        assert browser.session["_auth_user_id"] == str(invited.pk)


def test_nobody_invites_above_the_own_role(main: Tenant) -> None:
    with tenant_context(main):
        administrator = create_user(role=SITE_ADMINISTRATOR)
        editor = create_user(email="2@xa.test", role=EDITOR)
        actions.invite(email="1@x.test", role=SITE_ADMINISTRATOR, by=administrator)
        for by, role in [(administrator, PROVINCIAL_ADMINISTRATOR), (editor, EDITOR)]:
            with pytest.raises(PermissionDenied):
                actions.invite(email="2@x.test", role=role, by=by)


def test_role_that_the_site_lacks_is_refused(alpha: Tenant) -> None:
    with tenant_context(alpha), pytest.raises(UnknownRole):
        actions.invite(email="1@x.test", role=PROVINCIAL_ADMINISTRATOR, by="test")


def test_life_of_an_invitation_is_in_the_audit_log(alpha: Tenant) -> None:
    with tenant_context(alpha):
        first = actions.invite(email="binh@xa.test", role=EDITOR, by="test")
        actions.revoke(invitation=first, by="test")
        actions.revoke(invitation=first, by="test")
        _invitation, path = create_invitation()
    create_client(alpha).post(path, ANSWER)
    events = AuditEvent.objects.filter(site=alpha.schema_name, action__startswith="people.")
    assert list(events.order_by("pk").values_list("action", flat=True)) == [
        "people.invited",
        "people.invitation_withdrawn",
        "people.invitation_accepted",
    ]
