"""The accounts of a site in its admin, by real requests."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django_tenants.utils import tenant_context

from motcua.audit.models import AuditEvent
from motcua.people import actions
from motcua.people.groups import EDITOR, PROVINCIAL_ADMINISTRATOR, SITE_ADMINISTRATOR
from motcua.people.models import Invitation, User
from tenants.models import Tenant
from tests.motcua.people.factories import create_client, create_user, queued_mails

CITIZEN_ID = "082300012345"


def create_people(site: Tenant) -> tuple[User, User]:
    """Return an administrator of the site and an editor."""
    with tenant_context(site):
        administrator = create_user(email="qt@xa.test", name="Trần Quản", role=SITE_ADMINISTRATOR)
        editor = create_user(email="bt@xa.test", name="Lê Biên", role=EDITOR, citizen_id=CITIZEN_ID)
    return administrator, editor


def group_id(site: Tenant, name: str) -> int:
    with tenant_context(site):
        return Group.objects.get(name=name).pk


def test_list_shows_only_the_sites_own_people_and_no_citizen_id(
    alpha: Tenant, beta: Tenant
) -> None:
    administrator, _editor = create_people(alpha)
    with tenant_context(beta):
        create_user(email="xa@beta.test", name="Người Beta")
    page = create_client(alpha, administrator).get("/admin/users/").content.decode()
    assert "Lê Biên" in page
    assert "xa@beta.test" not in page
    assert CITIZEN_ID not in page
    assert CITIZEN_ID[-4:] not in page


def test_people_are_found_by_name(alpha: Tenant) -> None:
    administrator, _editor = create_people(alpha)
    page = create_client(alpha, administrator).get("/admin/users/?q=Biên").content.decode()
    assert "bt@xa.test" in page


def test_administrator_invites_instead_of_making_accounts(alpha: Tenant) -> None:
    administrator, _editor = create_people(alpha)
    browser = create_client(alpha, administrator)
    form = browser.get("/admin/users/new/").content.decode()
    assert "password" not in form
    assert PROVINCIAL_ADMINISTRATOR not in form
    answer = browser.post(
        "/admin/users/new/", {"email": "Moi@xa.test", "name": "Người Mới", "role": EDITOR}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/admin/users/")
    with tenant_context(alpha):
        invitation = Invitation.objects.get()
        assert (invitation.email, invitation.invited_by) == ("moi@xa.test", administrator)
        assert not User.objects.filter(email="moi@xa.test").exists()
    assert queued_mails()[0]["to"] == ["moi@xa.test"]


def test_person_with_an_account_is_not_invited_again(alpha: Tenant) -> None:
    administrator, _editor = create_people(alpha)
    data = {"email": "BT@xa.test", "name": "X", "role": EDITOR}
    answer = create_client(alpha, administrator).post("/admin/users/new/", data)
    assert answer.status_code == 200
    with tenant_context(alpha):
        assert not Invitation.objects.exists()


def test_administrator_changes_roles_and_the_log_says_so(alpha: Tenant) -> None:
    administrator, editor = create_people(alpha)
    browser = create_client(alpha, administrator)
    path = f"/admin/users/edit/{editor.pk}/"
    page = browser.get(path).content.decode()
    assert "is_superuser" not in page
    assert CITIZEN_ID not in page
    browser.post(
        path,
        {
            "email": "doi@xa.test", "name": "Lê Biên", "phone": "", "language": "",
            "is_active": "on", "is_superuser": "on", "groups": group_id(alpha, SITE_ADMINISTRATOR),
        },
    )  # fmt: skip
    with tenant_context(alpha):
        person = User.objects.get(pk=editor.pk)
        assert list(person.groups.values_list("name", flat=True)) == [SITE_ADMINISTRATOR]
        assert (person.email, person.is_superuser) == ("bt@xa.test", False)
        assert person.citizen_id == CITIZEN_ID
    event = AuditEvent.objects.get(action="people.roles_changed")
    assert event.detail == {"gained": [SITE_ADMINISTRATOR], "lost": [EDITOR]}
    assert event.actor == "qt@xa.test"


def test_nobody_raises_anybody_above_the_own_role(main: Tenant) -> None:
    administrator, editor = create_people(main)
    browser = create_client(main, administrator)
    province = group_id(main, PROVINCIAL_ADMINISTRATOR)
    data = {"name": "X", "is_active": "on", "groups": province}
    browser.post(f"/admin/users/edit/{editor.pk}/", data)
    browser.post(f"/admin/users/edit/{administrator.pk}/", data)
    for person in (editor, administrator):
        bulk = f"/admin/bulk/people/user/assign_role/?id={person.pk}"
        browser.post(bulk, {"role": province})
    with tenant_context(main):
        assert not User.objects.with_role(PROVINCIAL_ADMINISTRATOR).exists()


@pytest.mark.parametrize("superuser", [True, False])
def test_account_of_somebody_above_is_out_of_reach(main: Tenant, superuser: bool) -> None:
    administrator, _editor = create_people(main)
    with tenant_context(main):
        above = create_user(email="tren@tinh.test", is_superuser=superuser)
        if not superuser:
            above.groups.add(Group.objects.get(name=PROVINCIAL_ADMINISTRATOR))
    browser = create_client(main, administrator)
    for path in (f"/admin/users/edit/{above.pk}/", f"/admin/users/delete/{above.pk}/"):
        assert browser.get(path).status_code == 302
        assert browser.post(path, {"name": "X"}).status_code == 302
    bulk = "/admin/bulk/people/user"
    browser.post(f"{bulk}/set_active_state/?id={above.pk}", {"mark_as_active": "False"})
    browser.post(f"{bulk}/delete/?id={above.pk}")
    with tenant_context(main):
        person = User.objects.get(pk=above.pk)
        assert (person.is_active, person.name) == (True, "Nguyễn Văn An")


def test_bulk_actions_on_people_work_and_are_recorded(alpha: Tenant) -> None:
    administrator, editor = create_people(alpha)
    browser = create_client(alpha, administrator)
    bulk = "/admin/bulk/people/user"
    browser.post(
        f"{bulk}/assign_role/?id={editor.pk}", {"role": group_id(alpha, SITE_ADMINISTRATOR)}
    )
    browser.post(f"{bulk}/set_active_state/?id={editor.pk}", {"mark_as_active": "False"})
    with tenant_context(alpha):
        assert not User.objects.get(pk=editor.pk).is_active
    browser.post(f"{bulk}/delete/?id={editor.pk}")
    with tenant_context(alpha):
        assert not User.objects.filter(pk=editor.pk).exists()
    recorded = AuditEvent.objects.filter(action__startswith="people.").order_by("pk")
    assert list(recorded.values_list("action", flat=True)) == [
        "people.roles_changed",
        "people.account_closed",
        "people.account_deleted",
    ]


def test_people_edit_their_own_profile_but_not_their_role(alpha: Tenant) -> None:
    _administrator, editor = create_people(alpha)
    browser = create_client(alpha, editor)
    page = browser.get("/admin/account/")
    assert page.status_code == 200
    assert 'name="profile-name"' in page.content.decode()
    assert "first_name" not in page.content.decode()


def test_account_cannot_be_copied(alpha: Tenant) -> None:
    administrator, editor = create_people(alpha)
    assert create_client(alpha, administrator).get(
        f"/admin/users/copy/{editor.pk}/"
    ).status_code == 404  # fmt: skip


def test_administrator_sees_invitations_and_withdraws_one(alpha: Tenant) -> None:
    administrator, editor = create_people(alpha)
    with tenant_context(alpha):
        invitation = actions.invite(email="moi@xa.test", role=EDITOR, by=administrator)
    browser = create_client(alpha, administrator)
    assert "moi@xa.test" in browser.get("/admin/invitations/").content.decode()
    path = f"/admin/invitations/delete/{invitation.pk}/"
    assert create_client(alpha, editor).post(path).status_code == 302
    with tenant_context(alpha):
        assert Invitation.objects.open().exists()
    assert browser.get(path).status_code == 200
    browser.post(path)
    with tenant_context(alpha):
        assert Invitation.objects.get().state == "withdrawn"


def test_invitation_of_somebody_above_is_out_of_reach(main: Tenant) -> None:
    administrator, _editor = create_people(main)
    with tenant_context(main):
        invitation = actions.invite(
            email="tren@tinh.test", role=PROVINCIAL_ADMINISTRATOR, by="test"
        )
    create_client(main, administrator).post(f"/admin/invitations/delete/{invitation.pk}/")
    with tenant_context(main):
        assert Invitation.objects.get().state == "open"


@pytest.mark.parametrize("path", ["new/", "edit/1/", "history/1/"])
def test_invitation_cannot_be_edited(alpha: Tenant, path: str) -> None:
    with tenant_context(alpha):
        root = User.objects.create_superuser("root@xa.test", "x", name="Root")
    assert create_client(alpha, root).get(f"/admin/invitations/{path}").status_code == 404
    assert create_client(alpha, root).get("/admin/invitations/").status_code == 200
