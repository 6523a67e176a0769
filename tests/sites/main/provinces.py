"""Items and agencies for the main portal's pages, without the content types behind them."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django_tenants.utils import tenant_context

from motcua.hub import actions
from tenants.models import Tenant


def share(tenant: Tenant, title: str, kind: str = "news", **fields: Any) -> None:
    """Put one thing of a site into the hub."""
    now = timezone.now()
    given = {"model": "test.thing", "object_id": str(uuid.uuid4())[:30],
             "translation_key": uuid.uuid4(), "language": "vi", "kind": kind, "title": title,
             "path": f"/{uuid.uuid4()}/", "published_at": now, "updated_at": now,
             **fields}  # fmt: skip
    with tenant_context(tenant):
        actions.put([actions.Package(**given)])


def in_days(days: float) -> Any:
    """Return the moment some days from now."""
    return timezone.now() + timedelta(days=days)
