"""What is not kept: who was here, yesterday's salts, the days of pages long ago."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django_tenants.utils import get_public_schema_name, schema_context

from .models import DailySalt, PageDay, Presence
from .storing import VISIT_ENDS_AFTER


def forget_visitors(now: datetime | None = None) -> int:
    """Delete who has been away for half an hour, and the salts of days that are over.

    Returns:
        The number of visitors forgotten.
    """
    now = now or timezone.now()
    with schema_context(get_public_schema_name()):
        DailySalt.objects.filter(day__lt=timezone.localdate(now)).delete()
        gone = Presence.objects.filter(seen_at__lt=now - VISIT_ENDS_AFTER)
        return gone.delete()[0]


def prune_page_days(now: datetime | None = None) -> int:
    """Delete the pages' days older than `VISITS_PAGE_DAYS`; their sums stay. Returns how many."""
    now = now or timezone.now()
    oldest = timezone.localdate(now) - timedelta(days=settings.VISITS_PAGE_DAYS)
    with schema_context(get_public_schema_name()):
        return PageDay.objects.filter(day__lt=oldest).delete()[0]
