"""Documents must be online within two working days of their signing.

Decree 43/2011/NĐ-CP on what portals publish, and its successor. An imported document, issued
before the agency had this portal, has no deadline.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motcua.text.dates import format_date
from motcua.text.working_days import add_working_days, working_days_between

if TYPE_CHECKING:
    from .pages import LegalDocumentPage
    from .querysets import DocumentQuerySet

WORKING_DAYS = 2


class Standing(TextChoices):
    """How a document stands to its deadline."""

    KEPT = "kept", gettext_lazy("Online in time")
    MISSED = "missed", gettext_lazy("Online late")
    OPEN = "open", gettext_lazy("In time")
    TODAY = "today", gettext_lazy("Due today")
    OVERDUE = "overdue", gettext_lazy("Overdue")


# Wagtail's classes of a status tag: green, orange, red.
TONES = {
    Standing.KEPT: "green",
    Standing.OPEN: "green",
    Standing.TODAY: "orange",
    Standing.MISSED: "red",
    Standing.OVERDUE: "red",
}


@dataclass(frozen=True)
class Deadline:
    """A document's deadline: the last day, and by how many working days it was or is missed."""

    standing: Standing
    due: date
    late_by: int = 0

    @property
    def tone(self) -> str:
        """Green, orange or red."""
        return TONES[self.standing]

    @property
    def text(self) -> str:
        """The standing in words, with days or the last day."""
        if self.late_by:
            days = ngettext("%(count)s working day", "%(count)s working days", self.late_by)
            days = days % {"count": localize(self.late_by)}
            return f"{self.standing.label}: {days}"
        if self.standing is Standing.OPEN:
            return _("Until %(day)s") % {"day": format_date(self.due)}
        return str(self.standing.label)


def days_off() -> frozenset[date]:
    """Return the days off that the setting ``EXTRA_DAYS_OFF`` adds, each ``yyyy-mm-dd``."""
    return frozenset(date.fromisoformat(day) for day in getattr(settings, "EXTRA_DAYS_OFF", ()))


def due_day(issued: date) -> date:
    """Return the last day on which a document issued then is published in time."""
    return add_working_days(issued, WORKING_DAYS, days_off())


def deadline_of(document: LegalDocumentPage, today: date | None = None) -> Deadline | None:
    """Return a document's deadline; none for an imported one or one without a day of issue."""
    if document.issued is None or document.imported_id:
        return None
    due = due_day(document.issued)
    online = document.first_published_at
    day = timezone.localdate(online) if online else today or timezone.localdate()
    late_by = working_days_between(due, day, days_off())
    if online:
        return Deadline(Standing.MISSED if late_by else Standing.KEPT, due, late_by)
    if day > due:
        return Deadline(Standing.OVERDUE, due, late_by)
    return Deadline(Standing.TODAY if day == due else Standing.OPEN, due)


def overdue(today: date | None = None) -> DocumentQuerySet:
    """Return the drafts that should be online by now, the oldest first."""
    from .pages import LegalDocumentPage

    last = _last_overdue_issue(today or timezone.localdate())
    drafts = LegalDocumentPage.objects.drafts().filter(imported=None, issued__lte=last)
    return drafts.order_by("issued", "pk")


def _last_overdue_issue(today: date) -> date:
    """Return the latest day of issue whose deadline has passed."""
    day = today - timedelta(days=WORKING_DAYS)
    while due_day(day) >= today:
        day -= timedelta(days=1)
    return day
