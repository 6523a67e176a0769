from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django_tenants.utils import schema_context, tenant_context
from wagtail.models import GroupPagePermission, Page

from motcua.people import groups, provisioning
from motcua.people.groups import (
    EDITOR,
    PROVINCIAL_ADMINISTRATOR,
    SITE_ADMINISTRATOR,
    may_manage,
    rank_of,
)
from motcua.people.models import User
from tenants.models import TEMPLATE_SCHEMA, Tenant
from tests.motcua.people.factories import create_client, create_user


def test_member_site_has_the_roles_of_a_site_and_nothing_of_wagtails(alpha: Tenant) -> None:
    with tenant_context(alpha):
        names = set(Group.objects.values_list("name", flat=True))
    assert {EDITOR, SITE_ADMINISTRATOR} <= names
    assert not names & {PROVINCIAL_ADMINISTRATOR, "Editors", "Moderators"}


def test_main_portal_has_provincial_administrators(main: Tenant) -> None:
    with tenant_context(main):
        holders = Group.objects.filter(permissions__codename="manage_sites")
        assert [group.name for group in holders] == [PROVINCIAL_ADMINISTRATOR]


def test_nobody_on_a_member_site_may_manage_sites(alpha: Tenant) -> None:
    with tenant_context(alpha):
        assert not Group.objects.filter(permissions__codename="manage_sites").exists()


def test_filling_the_template_again_changes_nothing(db: None) -> None:
    def state() -> tuple[int, ...]:
        through = Group.permissions.through.objects.count()
        return Group.objects.count(), through, GroupPagePermission.objects.count()

    with schema_context(TEMPLATE_SCHEMA):
        before = state()
        groups.fill_template()
        assert state() == before


def test_editor_writes_and_publishes_everywhere_and_administers_nothing(alpha: Tenant) -> None:
    with tenant_context(alpha):
        editor = create_user(role=EDITOR)
        tester = Page.objects.filter(depth__gt=1).first().permissions_for_user(editor)
        assert tester.can_edit()
        assert tester.can_publish()
        assert tester.can_lock()
        assert tester.can_add_subpage()
        for permission in ["people.change_user", "people.add_user", "wagtailcore.change_site",
                           "wagtailcore.add_locale", "auth.change_group", "people.manage_sites",
                           "wagtailcore.change_collection"]:  # fmt: skip
            assert not editor.has_perm(permission)


REFUSED_TO_SITE_ADMINISTRATORS = [
    "/admin/sites/", "/admin/sites/new/", "/admin/locales/", "/admin/locales/new/",
    "/admin/groups/", "/admin/groups/new/",
]  # fmt: skip


@pytest.mark.parametrize("path", REFUSED_TO_SITE_ADMINISTRATORS)
def test_site_administrator_cannot_reach_what_could_break_the_site(
    alpha: Tenant, path: str
) -> None:
    with tenant_context(alpha):
        user = create_user(role=SITE_ADMINISTRATOR)
    answer = create_client(alpha, user).get(path)
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/admin/")


@pytest.mark.parametrize(
    "path",
    ["/admin/", "/admin/pages/", "/admin/images/", "/admin/documents/", "/admin/users/",
     "/admin/users/new/", "/admin/collections/", "/admin/redirects/", "/admin/reports/locked/",
     "/admin/account/"],
)  # fmt: skip
def test_site_administrator_reaches_the_daily_work(alpha: Tenant, path: str) -> None:
    with tenant_context(alpha):
        user = create_user(role=SITE_ADMINISTRATOR)
    assert create_client(alpha, user).get(path).status_code == 200


@pytest.mark.parametrize("path", ["/admin/users/", "/admin/users/new/", "/admin/collections/"])
def test_editor_does_not_reach_administration(alpha: Tenant, path: str) -> None:
    with tenant_context(alpha):
        user = create_user(role=EDITOR)
    answer = create_client(alpha, user).get(path)
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/admin/")


def test_administrator_of_the_demo_is_no_superuser(main: Tenant, alpha: Tenant) -> None:
    with tenant_context(main):
        user = provisioning.create_administrator(
            email="quan.tri@tinh.test", password="một-hai-ba-bốn", name="Quản trị"
        )
        assert not user.is_superuser
        assert user.has_perm("people.manage_sites")
        assert user.has_perm("people.change_user")
    with tenant_context(alpha):
        user = provisioning.create_administrator(
            email="quan.tri@tinh.test", password="một-hai-ba-bốn", name="Quản trị"
        )
        assert not user.has_perm("people.manage_sites")
        assert list(user.groups.values_list("name", flat=True)) == [SITE_ADMINISTRATOR]


def test_ranks_order_people(main: Tenant) -> None:
    with tenant_context(main):
        root = User.objects.create_superuser("root@x.test", "x", name="Root")
        province = create_user(email="1@x.test", role=PROVINCIAL_ADMINISTRATOR)
        site = create_user(email="2@x.test", role=SITE_ADMINISTRATOR)
        editor = create_user(email="3@x.test", role=EDITOR)
        nobody = create_user(email="4@x.test")
        people = [root, province, site, editor, nobody]
        assert [rank_of(person) for person in people] == sorted(map(rank_of, people))[::-1]
        assert may_manage(site, site)
        assert not may_manage(site, province)
        assert not may_manage(province, root)


def test_group_outside_the_table_is_out_of_a_site_administrators_reach(alpha: Tenant) -> None:
    with tenant_context(alpha):
        site = create_user(role=SITE_ADMINISTRATOR)
        Group.objects.create(name="Khác").permissions.set(Permission.objects.all())
        assert "Khác" not in groups.assignable_groups(site).values_list("name", flat=True)
