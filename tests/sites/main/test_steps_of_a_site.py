"""Launch, suspend, resume, archive, restore, merge: buttons, questions, effects, audit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from motcua.audit.models import AuditEvent
from motcua.people.models import User
from motcua.web import hosts
from sites.main.transitions import WORDS
from tenants.lifecycle import TRANSITIONS, Status
from tenants.models import Tenant
from tests import factories


def status_of(tenant: Tenant) -> str:
    return Tenant.objects.get(pk=tenant.pk).status


def buttons(answer: Any) -> list[str]:
    return [step.transition.name for step in answer.context["steps"]]


def set_status(tenant: Tenant, status: str) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(status=status)
    hosts.cache.clear()


def test_every_step_has_its_words() -> None:
    assert WORDS.keys() == TRANSITIONS.keys()


@pytest.mark.parametrize("status", Status.values)
def test_buttons_are_the_steps_that_the_state_allows(
    beta: Tenant, registry: Client, address: Callable[..., str], status: str
) -> None:
    set_status(beta, status)
    beta.status = status
    answer = registry.get(address("site", beta.pk))
    assert buttons(answer) == [step.name for step in beta.transitions]


@pytest.mark.parametrize("name", ["suspend", "archive", "merge"])
def test_grave_steps_are_asked_for_before_they_are_taken(
    beta: Tenant, registry: Client, address: Callable[..., str], name: str
) -> None:
    question = registry.get(address("step", beta.pk, name))
    assert question.status_code == 200
    assert str(WORDS[name].consequence) in question.content.decode()
    assert status_of(beta) == Status.ACTIVE


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("launch", Status.PREPARING, Status.ACTIVE),
        ("suspend", Status.ACTIVE, Status.SUSPENDED),
        ("resume", Status.SUSPENDED, Status.ACTIVE),
        ("archive", Status.ACTIVE, Status.ARCHIVED),
        ("restore", Status.ARCHIVED, Status.ACTIVE),
    ],
)
def test_a_step_changes_the_state_and_is_written_down(
    beta: Tenant,
    registry: Client,
    administrator: User,
    address: Callable[..., str],
    name: str,
    before: str,
    after: str,
) -> None:
    set_status(beta, before)
    answer = registry.post(address("step", beta.pk, name), follow=True)
    assert status_of(beta) == after
    assert "messages" in answer.context
    event = AuditEvent.objects.get(action=f"site.{name}", site=beta.schema_name)
    assert event.actor == administrator.email


def test_a_step_that_the_state_forbids_is_refused(
    beta: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    answer = registry.post(address("step", beta.pk, "launch"))
    assert answer.status_code == 200
    assert not answer.context["allowed"]
    assert status_of(beta) == Status.ACTIVE
    assert not AuditEvent.objects.filter(action="site.launch", site=beta.schema_name).exists()


def test_an_unknown_step_is_not_found(
    beta: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    assert registry.get(address("step", beta.pk, "explode")).status_code == 404


def test_a_suspended_site_stops_answering_and_resumes(
    beta: Tenant, registry: Client, address: Callable[..., str], browse: Callable[..., Client]
) -> None:
    registry.post(address("step", beta.pk, "suspend"))
    hosts.cache.clear()
    assert browse(beta).get("/").status_code == 503
    registry.post(address("step", beta.pk, "resume"))
    hosts.cache.clear()
    assert browse(beta).get("/").status_code == 200


def test_this_process_forgets_the_old_state_when_the_change_is_committed(
    beta: Tenant,
    registry: Client,
    address: Callable[..., str],
    browse: Callable[..., Client],
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    assert browse(beta).get("/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        registry.post(address("step", beta.pk, "suspend"))
    assert browse(beta).get("/").status_code == 503


def test_a_merged_site_leads_to_its_successor(
    alpha: Tenant,
    beta: Tenant,
    registry: Client,
    address: Callable[..., str],
    browse: Callable[..., Client],
) -> None:
    path = address("step", beta.pk, "merge")
    assert list(registry.post(path).context["form"].errors) == ["successor"]
    assert list(registry.post(path, {"successor": beta.pk}).context["form"].errors) == ["successor"]
    registry.post(path, {"successor": alpha.pk})
    hosts.cache.clear()
    answer = browse(beta).get("/tin-tuc/")
    assert (answer.status_code, answer.url) == (301, "http://alpha.tinh.test/")
    assert "Huyện Alpha" in registry.get(address("site", beta.pk)).content.decode()


def test_successors_are_sites_that_are_not_history(
    alpha: Tenant, beta: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    connection.set_schema_to_public()
    archived = factories.create_tenant("cu", name_vi="Xã Cũ")
    set_status(archived, Status.ARCHIVED)
    form = registry.get(address("step", beta.pk, "merge")).context["form"]
    offered = [site.label for site in form.fields["successor"].queryset]
    assert offered == ["alpha", "tinh"]
