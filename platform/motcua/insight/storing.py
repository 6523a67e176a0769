"""Adding what a process has counted to the tables: one statement for all sites and pages."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django_tenants.utils import get_public_schema_name, schema_context

from .models import DailySalt

VISIT_ENDS_AFTER = timedelta(minutes=30)
MOST_VISITORS = 20_000  # that a process remembers between two flushes; further ones are not new

# Who made the request, as the web server knows it: address and browser. Never stored.
Visitor = tuple[str, str, str]  # schema of the site, address, user agent


@dataclass
class Counts:
    """What one process saw since its last flush."""

    views: Counter[tuple[str, bool]] = field(default_factory=Counter)  # site, signed in
    pages: Counter[tuple[str, int]] = field(default_factory=Counter)  # site, page
    visitors: dict[Visitor, bool] = field(default_factory=dict)  # signed in

    def __bool__(self) -> bool:
        return bool(self.views)

    def add(self, visitor: Visitor, *, member: bool, page_id: int | None) -> None:
        """Count one page that somebody was shown."""
        site = visitor[0]
        self.views[site, member] += 1
        if page_id is not None:
            self.pages[site, page_id] += 1
        if visitor in self.visitors or len(self.visitors) < MOST_VISITORS:
            self.visitors[visitor] = member

    def merge(self, later: Counts) -> None:
        """Add what was counted since; the later state of a visitor holds."""
        self.views += later.views
        self.pages += later.pages
        self.visitors = dict([*self.visitors.items(), *later.visitors.items()][-MOST_VISITORS:])


def store(counts: Counts, now: datetime | None = None) -> None:
    """Add the counts to the tables, as of `now` (default: this moment)."""
    now = now or timezone.now()
    with schema_context(get_public_schema_name()), transaction.atomic():
        values = _values(counts, now)
        with connection.cursor() as cursor:
            cursor.execute(STATEMENT, values)


def visitor_number(salt: bytes, address: str, agent: str) -> bytes:
    """Return a number for a visitor that nobody can turn back once the day's salt is gone."""
    text = f"{address}\0{agent}".encode(errors="replace")
    return hashlib.blake2b(text, key=salt, digest_size=16).digest()


def salt_of(day: date) -> bytes:
    """Return the day's salt, the same in every process; made when first needed."""
    found = DailySalt.objects.filter(day=day).first()
    if found is None:
        made = DailySalt(day=day, salt=secrets.token_bytes(32))
        DailySalt.objects.bulk_create([made], ignore_conflicts=True)
        found = DailySalt.objects.get(day=day)
    return bytes(found.salt)


def _values(counts: Counts, now: datetime) -> dict[str, object]:
    today = timezone.localdate(now)
    salt = salt_of(today)
    here = {(site, visitor_number(salt, address, agent)): member
            for (site, address, agent), member in counts.visitors.items()}  # fmt: skip
    sites = sorted({site for site, _member in counts.views})
    pages = sorted(counts.pages)
    return {
        "now": now,
        "today": today,
        "visit_ends": VISIT_ENDS_AFTER,
        "visitor_sites": [site for site, _number in here],
        "visitors": [number for _site, number in here],
        "members": list(here.values()),
        "sites": sites,
        "guest_views": [counts.views[site, False] for site in sites],
        "member_views": [counts.views[site, True] for site in sites],
        "page_sites": [site for site, _page in pages],
        "pages": [page for _site, page in pages],
        "page_views": [counts.pages[key] for key in pages],
    }


# Every INSERT is in the order of its key, so that two processes never wait for each other.
# A row of `presence` whose visit begins now is a new visit.
STATEMENT = """
WITH seen AS (
    INSERT INTO public.insight_presence AS known (site, visitor, member, began_at, seen_at)
    SELECT site, visitor, member, %(now)s, %(now)s
    FROM unnest(%(visitor_sites)s::text[], %(visitors)s::bytea[], %(members)s::boolean[])
         AS here (site, visitor, member)
    ORDER BY site, visitor
    ON CONFLICT (site, visitor) DO UPDATE SET
        member = EXCLUDED.member,
        began_at = CASE WHEN known.seen_at < EXCLUDED.seen_at - %(visit_ends)s::interval
                        THEN EXCLUDED.began_at ELSE known.began_at END,
        seen_at = GREATEST(known.seen_at, EXCLUDED.seen_at)
    RETURNING site, member, began_at = %(now)s AS is_new
), visits AS (
    SELECT site,
           COUNT(*) FILTER (WHERE is_new AND NOT member) AS guests,
           COUNT(*) FILTER (WHERE is_new AND member) AS members
    FROM seen GROUP BY site
), sums AS (
    SELECT viewed.site, viewed.guests AS guest_views, viewed.members AS member_views,
           COALESCE(visits.guests, 0) AS guest_visits, COALESCE(visits.members, 0) AS member_visits
    FROM unnest(%(sites)s::text[], %(guest_views)s::bigint[], %(member_views)s::bigint[])
         AS viewed (site, guests, members)
    LEFT JOIN visits ON visits.site = viewed.site
    ORDER BY viewed.site
), of_day AS (
    INSERT INTO public.insight_siteday AS known
        (site, day, guest_views, member_views, guest_visits, member_visits)
    SELECT site, %(today)s, guest_views, member_views, guest_visits, member_visits FROM sums
    ON CONFLICT (site, day) DO UPDATE SET
        guest_views = known.guest_views + EXCLUDED.guest_views,
        member_views = known.member_views + EXCLUDED.member_views,
        guest_visits = known.guest_visits + EXCLUDED.guest_visits,
        member_visits = known.member_visits + EXCLUDED.member_visits
), in_all AS (
    INSERT INTO public.insight_sitetotal AS known
        (site, since, guest_views, member_views, guest_visits, member_visits)
    SELECT site, %(today)s, guest_views, member_views, guest_visits, member_visits FROM sums
    ON CONFLICT (site) DO UPDATE SET
        guest_views = known.guest_views + EXCLUDED.guest_views,
        member_views = known.member_views + EXCLUDED.member_views,
        guest_visits = known.guest_visits + EXCLUDED.guest_visits,
        member_visits = known.member_visits + EXCLUDED.member_visits
), page_day AS (
    INSERT INTO public.insight_pageday AS known (site, page_id, day, views)
    SELECT site, page, %(today)s, views
    FROM unnest(%(page_sites)s::text[], %(pages)s::bigint[], %(page_views)s::bigint[])
         AS viewed (site, page, views)
    ON CONFLICT (site, page_id, day) DO UPDATE SET views = known.views + EXCLUDED.views
)
INSERT INTO public.insight_pagetotal AS known (site, page_id, views)
SELECT site, page, views
FROM unnest(%(page_sites)s::text[], %(pages)s::bigint[], %(page_views)s::bigint[])
     AS viewed (site, page, views)
ON CONFLICT (site, page_id) DO UPDATE SET views = known.views + EXCLUDED.views
"""
