from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did what, append-only."""

    name = "motcua.audit"
    label = "audit"
