"""What the registry's screens do that touches more than the registry."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from motcua import audit
from motcua.jobs.models import Job
from motcua.jobs.states import WAITING
from motcua.people.actions import invite
from motcua.people.provisioning import highest_role
from tenants.jobs import run_import
from tenants.models import SiteImport, Tenant


@transaction.atomic
def invite_administrator(*, tenant: Tenant, email: str, name: str, by: Any) -> None:
    """Invite somebody to a site's highest role; earlier open invitations to the address end.

    The actor is named by address, not by account: accounts of the main portal mean nothing in
    another site, where the same id is another person. `invite` writes the audit event.
    """
    with tenant_context(tenant):
        invite(email=email, name=name, role=highest_role(tenant), by=str(by.email))


@transaction.atomic
def start_import(*, upload: SiteImport, by: Any) -> None:
    """Hand an import to a job; without effect on one that is being worked on or is complete.

    An import that was interrupted, or has failed rows, goes on with what is missing.
    """
    locked = SiteImport.objects.select_for_update().get(pk=upload.pk)
    if is_worked_on(locked) or is_complete(locked):
        return
    locked.status = SiteImport.Status.RUNNING
    locked.started_at, locked.finished_at = timezone.now(), None
    locked.save(update_fields=["status", "started_at", "finished_at"])
    audit.record("site_import.started", by=by, target=locked.file_name, rows=len(locked.rows))
    with schema_context(get_public_schema_name()):
        run_import.enqueue(import_id=locked.pk)


def is_complete(upload: SiteImport) -> bool:
    """Tell whether every row has its site."""
    return upload.status == SiteImport.Status.FINISHED and not upload.failures


def is_worked_on(upload: SiteImport) -> bool:
    """Tell whether a job for this import waits or runs."""
    with schema_context(get_public_schema_name()):
        jobs = Job.objects.filter(task_path=run_import.module_path, status__in=WAITING)
        return jobs.filter(kwargs={"import_id": upload.pk}).exists()
