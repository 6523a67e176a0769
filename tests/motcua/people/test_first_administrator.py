from __future__ import annotations

import contextlib

from django.db import transaction
from django_tenants.utils import tenant_context

from motcua.jobs.models import Job
from motcua.people.groups import SITE_ADMINISTRATOR
from motcua.people.models import Invitation
from tenants.models import Tenant
from tenants.provisioning import NewSite, create_site
from tests.motcua.people.factories import PASSWORD, create_client, link_in, queued_mails


class Interrupted(Exception):
    pass


def create_gamma(**fields: str) -> Tenant:
    return create_site(
        NewSite(label="gamma", domain="gamma.tinh.test", name_vi="Xã Gamma", **fields)
    )


def test_new_site_invites_its_first_administrator(main: Tenant) -> None:
    site = create_gamma(admin_email="chu.tich@gamma.test", admin_name="Võ Chủ")
    [mail] = queued_mails()
    assert (mail["to"], mail["site"]) == (["chu.tich@gamma.test"], site.schema_name)
    assert "http://gamma.tinh.test/invitation/" in mail["text"]
    answer = {"name": "Võ Chủ", "password1": PASSWORD, "password2": PASSWORD}
    browser = create_client(site)
    assert browser.post(link_in(mail), answer)["Location"] == "/admin/"
    assert browser.get("/admin/users/").status_code == 200
    with tenant_context(site):
        assert Invitation.objects.get().role == SITE_ADMINISTRATOR


def test_site_without_a_named_administrator_invites_nobody(main: Tenant) -> None:
    site = create_gamma()
    with tenant_context(site):
        assert not Invitation.objects.exists()
    assert queued_mails() == []


def test_mail_of_a_site_that_never_came_to_be_is_not_sent(main: Tenant) -> None:
    with contextlib.suppress(Interrupted), transaction.atomic():
        create_gamma(admin_email="chu.tich@gamma.test")
        raise Interrupted
    assert not Job.objects.filter(task_path__contains="mail").exists()
