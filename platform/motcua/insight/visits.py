"""How many people came, come and are here. Everything is about the current site.

On the main portal `of_province` tells the same of all sites together; elsewhere row-level
security shows it nothing but the site's own rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from .models import PageTotal

ONLINE_FOR = timedelta(minutes=5)


@dataclass(frozen=True)
class Online:
    """People who asked for a page in the last five minutes; `members` are signed in."""

    guests: int = 0
    members: int = 0

    @property
    def people(self) -> int:
        """All of them."""
        return self.guests + self.members


@dataclass(frozen=True)
class Figures:
    """Visits at one moment. A visit ends when half an hour passes without a page."""

    online: Online = Online()
    today: int = 0
    total: int = 0
    since: date | None = None


def page_views(page_id: int) -> int:
    """Return how often a page of the current site was shown; some seconds may be missing."""
    return page_views_of([page_id]).get(page_id, 0)


def page_views_of(page_ids: Iterable[int]) -> dict[int, int]:
    """Return the views of several pages of the current site; those never shown are left out."""
    totals = PageTotal.objects.filter(site=connection.schema_name, page_id__in=list(page_ids))
    return dict(totals.values_list("page_id", "views"))


def online() -> Online:
    """Return who is on the current site."""
    return of_site().online


def today() -> int:
    """Return the current site's visits since midnight."""
    return of_site().today


def total() -> int:
    """Return the current site's visits since it began to count."""
    return of_site().total


def of_site() -> Figures:
    """Return all figures of the current site: one query."""
    return _figures("site = %(site)s")


def of_province() -> Figures:
    """Return all figures of all sites; somebody on two of them is one person. One query."""
    return _figures("TRUE")


FIGURES = """
SELECT here.guests, here.members, COALESCE(today.visits, 0), COALESCE(sums.visits, 0), sums.since
FROM (SELECT COUNT(DISTINCT visitor) FILTER (WHERE NOT member) AS guests,
             COUNT(DISTINCT visitor) FILTER (WHERE member) AS members
      FROM public.insight_presence WHERE {where} AND seen_at > %(now)s - %(online)s) AS here,
     (SELECT SUM(guest_visits + member_visits)::bigint AS visits
      FROM public.insight_siteday WHERE {where} AND day = %(today)s) AS today,
     (SELECT SUM(guest_visits + member_visits)::bigint AS visits, MIN(since) AS since
      FROM public.insight_sitetotal WHERE {where}) AS sums
"""


def _figures(where: str) -> Figures:
    now = timezone.now()
    values = {
        "site": connection.schema_name,
        "now": now,
        "online": ONLINE_FOR,
        "today": timezone.localdate(now),
    }
    with connection.cursor() as cursor:
        cursor.execute(FIGURES.format(where=where), values)
        guests, members, visits_today, visits, since = cursor.fetchone()
    return Figures(Online(guests, members), visits_today, visits, since)
