"""Who did what, append-only."""

from __future__ import annotations

from typing import Any


def record(
    action: str, *, by: Any = None, target: str = "", site: str | None = None, **detail: Any
) -> None:
    """Write one event in the caller's transaction.

    Args:
        action: what happened, dotted and lower-case: ``site.created``.
        by: the acting user, the name of a command or job, or nothing for the platform itself.
        target: what it happened to, in words a person recognises.
        site: the schema it belongs to; the current one if not given.
        detail: further facts, JSON-serialisable, without personal data beyond need.
    """
    from .models import AuditEvent

    AuditEvent.objects.record(action, by=by, target=target, site=site, detail=detail)


__all__ = ["record"]
