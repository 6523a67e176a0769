"""People of the tests. Call them inside a site's context."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django_tenants.utils import tenant_context

from motcua.jobs.models import Job
from motcua.people.actions import verify_address
from motcua.people.ciphers import decrypt, mail_cipher
from motcua.people.models import User
from tenants.models import Tenant

PASSWORD = "con-trâu-đi-trước"


def create_user(
    *, email: str = "an@xa.test", password: str = PASSWORD, role: str = "", **fields: Any
) -> User:
    """Create an account with a verified address, in the group `role` if one is given."""
    fields.setdefault("name", "Nguyễn Văn An")
    user = User.objects.create_user(email, password, **fields)
    verify_address(user)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def create_client(site: Tenant, user: User | None = None) -> Client:
    """Return a browser on a site, signed in as `user` if one is given."""
    client = Client(SERVER_NAME=site.primary_domain)
    if user is not None:
        with tenant_context(site):
            client.force_login(user)
    return client


def queued_mails() -> list[dict[str, Any]]:
    """Return the messages that wait in the job queue, oldest first, unsealed."""
    jobs = Job.objects.filter(task_path="motcua.people.mail.deliver_mail").order_by("enqueued_at")
    opened = [decrypt(mail_cipher(), job.kwargs["sealed"], what="test") for job in jobs]
    return [{**json.loads(text), "site": job.site} for job, text in zip(jobs, opened, strict=True)]


def link_in(mail: dict[str, Any]) -> str:
    """Return the path of the link that stands on a line of its own in a message."""
    line = next(line for line in mail["text"].splitlines() if line.startswith("http"))
    return "/" + line.split("/", 3)[3]
