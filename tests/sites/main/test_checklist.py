"""The launch checklist: what is open, what is done, and how one gets there."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tenants.utils import tenant_context
from wagtail.models import Site

from motcua.audit.models import AuditEvent
from motcua.people import groups
from motcua.people.models import Invitation, User
from sites.base.models import SectionPage, SiteSettings
from sites.main import domain_names
from tenants.lifecycle import Status
from tenants.models import Tenant
from tests import factories


@pytest.fixture
def newborn(db: Any) -> Tenant:
    """A commune's site in preparation."""
    connection.set_schema_to_public()
    return factories.create_tenant("moi", name_vi="Xã Mới", launch=False)


def states(answer: Any) -> dict[str, str]:
    return {item.key: item.state for item in answer.context["items"]}


def test_a_newborn_site_has_everything_before_it_but_its_domain(
    newborn: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    found = states(registry.get(address("site", newborn.pk)))
    assert found == {
        "domain": "done",
        "invited": "open",
        "accepted": "open",
        "about": "open",
        "contacts": "open",
        "responsible": "open",
        "launched": "open",
    }


def test_open_items_lead_to_where_they_are_done(
    newborn: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    items = registry.get(address("site", newborn.pk)).context["items"]
    links = {item.key: item.url for item in items}
    with tenant_context(newborn):
        about = SectionPage.objects.get(slug="gioi-thieu")
    assert links["about"] == f"http://moi.tinh.test/admin/pages/{about.pk}/edit/"
    assert links["contacts"] == "http://moi.tinh.test/admin/settings/base/sitesettings/"


def test_done_work_is_ticked(
    newborn: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    with tenant_context(newborn):
        factories.create_user(role=groups.SITE_ADMINISTRATOR)
        about = SectionPage.objects.get(slug="gioi-thieu")
        about.body = [("heading", "Xã có từ năm 1908")]
        about.save_revision().publish()
        SiteSettings.objects.update(
            address="Ấp 1", phone="0273 3872 582", responsible_person="Lê Văn Tám"
        )
    registry.post(address("step", newborn.pk, "launch"))
    assert set(states(registry.get(address("site", newborn.pk))).values()) == {"done"}


def test_contacts_name_what_is_missing(
    newborn: Tenant, registry: Client, address: Callable[..., str], english: None
) -> None:
    with tenant_context(newborn):
        SiteSettings.objects.update(address="Ấp 1")
    items = registry.get(address("site", newborn.pk))
    contacts = next(item for item in items.context["items"] if item.key == "contacts")
    assert "Missing: the telephone number." in items.content.decode()
    assert contacts.state == "open"


def test_an_unpublished_about_page_is_missing(
    newborn: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    with tenant_context(newborn):
        SectionPage.objects.get(slug="gioi-thieu").unpublish()
    assert states(registry.get(address("site", newborn.pk)))["about"] == "open"


def test_an_invitation_goes_to_the_members_own_people(
    newborn: Tenant, registry: Client, administrator: User, address: Callable[..., str]
) -> None:
    answer = registry.post(
        address("site", newborn.pk), {"name": "Lê Văn Tám", "email": "tam@moi.test"}
    )
    assert answer.url == address("site", newborn.pk)
    with tenant_context(newborn):
        invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role) == ("tam@moi.test", groups.SITE_ADMINISTRATOR)
    assert invitation.invited_by_id is None
    event = AuditEvent.objects.get(action="people.invited", site=newborn.schema_name)
    assert (event.actor, event.actor_id) == (administrator.email, "")
    assert states(registry.get(address("site", newborn.pk)))["invited"] == "done"


def test_the_inviting_id_means_nothing_on_the_other_site(
    newborn: Tenant, registry: Client, administrator: User, address: Callable[..., str]
) -> None:
    """On the member site the same id is somebody without any right; that must not matter."""
    with tenant_context(newborn):
        User(pk=administrator.pk, email="ai.do@moi.test").save()
    registry.post(address("site", newborn.pk), {"email": "tam@moi.test"})
    with tenant_context(newborn):
        assert Invitation.objects.get().invited_by_id is None


def test_a_wrong_address_is_named_and_nobody_invited(
    newborn: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    answer = registry.post(address("site", newborn.pk), {"name": "Tám", "email": "không"})
    assert list(answer.context["administrator_form"].errors) == ["email"]
    with tenant_context(newborn):
        assert not Invitation.objects.exists()


def test_an_expired_invitation_is_open_again(
    newborn: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    registry.post(address("site", newborn.pk), {"email": "tam@moi.test"})
    with tenant_context(newborn):
        Invitation.objects.update(expires_at=timezone.now())
    assert states(registry.get(address("site", newborn.pk)))["invited"] == "open"


def test_the_screen_returns_to_the_main_portal(
    newborn: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    registry.get(address("site", newborn.pk))
    answer = registry.get("/")
    assert "Tỉnh Thử" in answer.content.decode()
    with tenant_context(newborn):
        assert Site.objects.get().site_name == "Xã Mới"


def test_a_site_whose_schema_is_damaged_still_has_its_screen(
    newborn: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {newborn.schema_name}.people_invitation RENAME TO away")
    found = states(registry.get(address("site", newborn.pk)))
    assert found == {"domain": "done", "inside": "open", "launched": "open"}
    assert registry.get(address("index")).status_code == 200


def test_a_failed_upgrade_is_explained(
    newborn: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    Tenant.objects.filter(pk=newborn.pk).update(maintenance_error="column does not exist")
    answer = registry.get(address("site", newborn.pk))
    assert "column does not exist" in answer.content.decode()
    assert states(answer)["domain"] == "open"
    assert newborn.status == Status.PREPARING


def test_names_for_one_machine_are_not_looked_up() -> None:
    for name in ["moi.tinh.test", "tiengiang.localhost", "localhost"]:
        assert domain_names.ask(name) is domain_names.Answer.LOCAL


def test_a_silent_resolver_costs_a_second_at_most(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: time.sleep(3))
    begin = time.monotonic()
    assert domain_names.ask("cham.tinh.gov.vn") is domain_names.Answer.SILENT
    assert domain_names.ask("cham.tinh.gov.vn") is domain_names.Answer.SILENT
    assert time.monotonic() - begin < 2


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (None, domain_names.Answer.FOUND),
        (socket.gaierror(socket.EAI_NONAME, "unknown"), domain_names.Answer.MISSING),
        (socket.gaierror(socket.EAI_AGAIN, "try again"), domain_names.Answer.SILENT),
    ],
)
def test_what_the_resolver_says_is_told_apart(
    db: None, monkeypatch: pytest.MonkeyPatch, error: Exception | None, expected: Any
) -> None:
    def resolve(*args: Any, **kwargs: Any) -> list[Any]:
        if error is not None:
            raise error
        return []

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert domain_names.ask("soyte.tinh.gov.vn") is expected
