from __future__ import annotations

from django.core import mail as outbox
from django.db import transaction
from django_tenants.utils import tenant_context
from pytest_django import Settings

from motcua.jobs.models import Job
from motcua.people import actions, mail
from motcua.people.groups import EDITOR
from tenants.models import Tenant
from tests.motcua.people.factories import queued_mails


class Interrupted(Exception):
    pass


def test_mail_is_a_job_and_goes_with_its_transaction(alpha: Tenant) -> None:
    try:
        with tenant_context(alpha), transaction.atomic():
            actions.invite(email="binh@xa.test", role=EDITOR, by="test")
            assert len(queued_mails()) == 1
            raise Interrupted
    except Interrupted:
        pass
    assert queued_mails() == []
    assert outbox.outbox == []


def test_job_delivers_text_and_html_in_the_name_of_the_site(
    alpha: Tenant, settings: Settings
) -> None:
    settings.DEFAULT_FROM_EMAIL = "cong@tinh.test"
    with tenant_context(alpha):
        actions.invite(email="binh@xa.test", name="Lê Bình", role=EDITOR, by="test")
        mail.deliver_mail.func(**Job.objects.get().kwargs)
    [message] = outbox.outbox
    assert message.to == ["binh@xa.test"]
    assert message.from_email.endswith("<cong@tinh.test>")
    assert "/invitation/" in message.body
    assert message.alternatives[0][1] == "text/html"
    assert alpha.name_vi in message.subject


def test_mail_speaks_the_language_of_its_recipient(alpha: Tenant) -> None:
    with tenant_context(alpha):
        actions.invite(email="binh@xa.test", role=EDITOR, by="test", language="en")
        [message] = queued_mails()
    assert message["subject"] == f"Invitation to work on {alpha.name_vi}"
    assert "/en/invitation/" in message["text"]


def test_name_cannot_smuggle_a_header_into_a_mail(alpha: Tenant) -> None:
    with tenant_context(alpha):
        mail.enqueue(kind="x", subject="Hello\nBcc: all@x.test", text="x", to=["a@x.test"])
        mail.deliver_mail.func(**Job.objects.get().kwargs)
    assert outbox.outbox[0].subject == "Hello Bcc: all@x.test"
    assert outbox.outbox[0].recipients() == ["a@x.test"]


def test_waiting_mail_survives_a_change_of_the_secret_key(
    alpha: Tenant, settings: Settings
) -> None:
    with tenant_context(alpha):
        mail.enqueue(kind="x", subject="x", text="x", to=["a@x.test"])
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another"
        mail.deliver_mail.func(**Job.objects.get().kwargs)
    assert len(outbox.outbox) == 1
