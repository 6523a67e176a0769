"""Background work on a site's pages."""

from __future__ import annotations

from django.core.management import call_command
from django.db import transaction
from django_tasks import task

from . import reconciling


@task()
def publish_due_pages() -> None:
    """Publish and take down what is due on the current site, in one transaction with the hub."""
    with transaction.atomic():
        call_command("publish_scheduled", verbosity=0)


@task()
def reconcile_hub() -> list[str]:
    """Compare the current site with the hub and correct the hub; returns what was wrong."""
    return reconciling.reconcile()
