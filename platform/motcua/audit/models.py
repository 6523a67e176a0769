"""The audit log: one table in ``public`` that the application can only add to."""

from __future__ import annotations

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditEventManager(models.Manager["AuditEvent"]):
    """Writing events."""

    def record(
        self, action: str, *, by: Any, target: str, site: str | None, detail: dict[str, Any]
    ) -> AuditEvent:
        """Add one event; see `motcua.audit.record`."""
        return self.create(
            action=action,
            actor=_name(by),
            actor_id=str(getattr(by, "pk", "") or ""),
            target=target[:255],
            site=site or connection.schema_name,
            detail=detail,
        )


class AuditEvent(models.Model):
    """One act: by whom, where, on what, when."""

    at = models.DateTimeField(_("time"), default=timezone.now, editable=False)
    site = models.CharField(_("site"), max_length=63, help_text=_("Schema of the site."))
    action = models.CharField(_("action"), max_length=64)
    actor = models.CharField(_("actor"), max_length=254)
    actor_id = models.CharField(max_length=40, blank=True)
    target = models.CharField(_("target"), max_length=255, blank=True)
    detail = models.JSONField(_("detail"), default=dict, encoder=DjangoJSONEncoder)

    objects = AuditEventManager()

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["site", "-at"], name="audit_event_site_at"),
            models.Index(fields=["action", "-at"], name="audit_event_action_at"),
        ]
        db_table = "audit_event"

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.actor} {self.action} {self.target}"


def _name(by: Any) -> str:
    if by is None:
        return "system"
    return str(by if isinstance(by, str) else getattr(by, "email", by))[:254]
