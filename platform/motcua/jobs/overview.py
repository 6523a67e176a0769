"""The state of the queue in numbers, for health checks, metrics and the administrators' screen."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, Min, Q
from django.utils import timezone
from django_tenants.utils import get_public_schema_name, schema_context

from .models import Job


@dataclass(frozen=True)
class JobsOverview:
    """Numbers of jobs by state. ``due`` are ready ones whose time has come.

    ``oldest_due_seconds``: how long the longest-waiting of them has waited; when it grows, no
    worker works. ``dead_by_site``: schema name to number of dead jobs.
    """

    ready: int = 0
    due: int = 0
    running: int = 0
    dead: int = 0
    oldest_due_seconds: float = 0.0
    dead_by_site: dict[str, int] = field(default_factory=dict)


def jobs_overview() -> JobsOverview:
    """Count the jobs of all sites; may be called in any site's context, costs two queries."""
    with schema_context(get_public_schema_name()):
        now = timezone.now()
        is_due = Q(status="ready", run_after__lte=now)
        numbers = Job.objects.filter(status__in=["ready", "running"]).aggregate(
            ready=Count("pk", filter=Q(status="ready")),
            due=Count("pk", filter=is_due),
            running=Count("pk", filter=Q(status="running")),
            oldest=Min("run_after", filter=is_due),
        )
        dead = Job.objects.dead().values_list("site").annotate(Count("pk")).order_by("site")
        by_site = dict(dead)
    oldest = numbers.pop("oldest")
    return JobsOverview(
        **numbers,
        dead=sum(by_site.values()),
        oldest_due_seconds=(now - oldest).total_seconds() if oldest else 0.0,
        dead_by_site=by_site,
    )
