"""A form that is sent twice does its work once.

The form carries a token. Two requests with the same token run one after the other (an advisory
lock until the first one's transaction ends), and what the first one made is found by the token in
the audit log, which is written in the same transaction.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import connection
from django_tenants.utils import get_public_schema_name, schema_context

from motcua import audit
from motcua.audit.models import AuditEvent
from tenants.models import Tenant

ACTION = "site.form_sent"


def new_token() -> str:
    """Return a token for a form that is shown."""
    return uuid.uuid4().hex


def made_before(token: str, *, by: Any) -> Tenant | None:
    """Return the site that this person's form with this token has made, if it has.

    Waits for another request with the same token. Must run in a transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"{ACTION}:{token}"])
    mine = AuditEvent.objects.filter(action=ACTION, actor_id=str(by.pk), actor=by.email)
    schema_name = mine.filter(detail__token=token).values_list("site", flat=True).first()
    return Tenant.objects.filter(schema_name=schema_name).first() if schema_name else None


def remember(token: str, *, tenant: Tenant, by: Any) -> None:
    """Write down, in the transaction that made the site, which form made it."""
    with schema_context(get_public_schema_name()):
        audit.record(ACTION, by=by, target=tenant.name_vi, site=tenant.schema_name, token=token)
