"""How far an import has come, in numbers and in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenants.models import SiteImport

from .actions import is_worked_on

PATIENCE = 20  # seconds after which an import that has not moved has probably no worker


@dataclass(frozen=True, kw_only=True)
class Progress:
    """An import at one moment. `rate` is in sites per second, `remaining` in seconds.

    Both are nothing as long as they cannot be told.
    """

    total: int
    handled: int
    created: int
    skipped: int
    failed: int
    running: bool
    rate: float | None
    remaining: float | None
    waits_for_worker: bool
    interrupted: bool

    @property
    def percent(self) -> int:
        """How much is behind us, 0 to 100; 100 only when everything is."""
        return 100 * self.handled // self.total if self.total else 100

    def as_json(self) -> dict[str, Any]:
        """Return what the page's script shows."""
        running = self.running and not self.interrupted
        return {"running": running, "percent": self.percent, "texts": self.texts()}

    def texts(self) -> dict[str, str]:
        """Return the words of the page by the name of their place."""
        return {
            "percent": f"{self.percent}%",
            "handled": _("%(handled)s of %(total)s sites")
            % {"handled": number_format(self.handled), "total": number_format(self.total)},
            "created": number_format(self.created),
            "skipped": number_format(self.skipped),
            "failed": number_format(self.failed),
            "speed": self.speed(),
        }

    def speed(self) -> str:
        """Return rate and remaining time, or why there is neither."""
        if not self.running:
            return ""
        if self.interrupted:
            return _("The import was interrupted. It can go on where it ended.")
        if self.waits_for_worker:
            return _("No background worker has taken this up yet. An operator starts one with "
                     "manage.py run_jobs.")  # fmt: skip
        if self.rate is None or self.remaining is None:
            return _("Starting…")
        return _("%(rate)s sites per second, %(time)s left") % {
            "rate": number_format(self.rate, decimal_pos=1),
            "time": duration(self.remaining),
        }


def progress_of(upload: SiteImport, now: datetime | None = None) -> Progress:
    """Return how far an import has come at `now` (default: this moment)."""
    total, failed = len(upload.rows), len(upload.failures)
    running = upload.status == SiteImport.Status.RUNNING
    elapsed = _elapsed(upload, now or timezone.now())
    fresh = upload.done + failed
    rate = fresh / elapsed if fresh and elapsed else None
    return Progress(
        total=total,
        handled=min(upload.handled, total),
        created=upload.done,
        skipped=upload.skipped,
        failed=failed,
        running=running,
        rate=rate,
        remaining=(total - upload.handled) / rate if rate else None,
        waits_for_worker=running and not upload.handled and elapsed > PATIENCE,
        interrupted=running and not is_worked_on(upload),
    )


def duration(seconds: float) -> str:
    """Return a time as people say it: seconds below a minute and a half, else minutes."""
    whole = max(1, round(seconds))
    if whole < 90:
        return ngettext("%(count)s second", "%(count)s seconds", whole) % {"count": whole}
    minutes = round(whole / 60)
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}


def _elapsed(upload: SiteImport, now: datetime) -> float:
    if upload.started_at is None:
        return 0.0
    return ((upload.finished_at or now) - upload.started_at).total_seconds()
