"""The sources of readings and their last good values, in ``public``.

Everybody reads them; the main portal's administrators and jobs in ``public`` write (row-level
security, ADR 0007).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .providers import Provider, providers

RETRY_AFTER = timedelta(minutes=10)  # twice as long after each further failure
LONGEST_WAIT = timedelta(hours=2)


class SourceQuerySet(models.QuerySet["Source"]):
    """Sources by intent."""

    def switched_on(self) -> SourceQuerySet:
        """Those an administrator has switched on."""
        return self.filter(is_on=True)

    def due(self, now: datetime) -> SourceQuerySet:
        """Those switched on whose time has come."""
        return self.switched_on().filter(Q(next_at__isnull=True) | Q(next_at__lte=now))


class Source(models.Model):
    """One provider in this province: whether it is asked, for what, and what it said last."""

    provider_key = models.CharField(_("provider"), max_length=40)
    is_on = models.BooleanField(_("switched on"), default=False)
    parameters = models.JSONField(_("parameters"), default=dict)
    value = models.JSONField(_("last good value"), null=True, blank=True)
    value_at = models.DateTimeField(_("time of the value"), null=True, blank=True)
    tried_at = models.DateTimeField(_("last attempt"), null=True, blank=True)
    next_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    error = models.CharField(_("last error"), max_length=20, blank=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("data source")
        verbose_name_plural = _("data sources")
        constraints = [
            models.UniqueConstraint(fields=["provider_key"], name="readings_source_one_each")
        ]

    def __str__(self) -> str:
        provider = self.provider
        return f"{provider.title} ({provider.name})" if provider else self.provider_key

    @property
    def provider(self) -> Provider | None:
        """The class behind it; nothing where the settings no longer name it."""
        return providers().get(self.provider_key)

    @property
    def reading(self) -> Any:
        """The last good value, typed, whatever its age; nothing if there is none."""
        provider = self.provider
        if provider is None or self.value is None:
            return None
        return provider.from_json(self.value)

    def is_stale(self, now: datetime | None = None) -> bool:
        """Tell whether the value is too old to be called current."""
        return self._is_older("stale_after", now)

    def is_gone(self, now: datetime | None = None) -> bool:
        """Tell whether the value is too old to be shown at all."""
        return self._is_older("gone_after", now)

    def _is_older(self, limit: str, now: datetime | None) -> bool:
        if self.provider is None or self.value_at is None:
            return True
        age: timedelta = (now or timezone.now()) - self.value_at
        return bool(age > getattr(self.provider, limit))

    def keep(self, reading: Any, now: datetime) -> None:
        """Store a new value, fetched at `now`."""
        assert self.provider is not None  # noqa: S101 - it gave the reading
        self._note(
            value=self.provider.to_json(reading),
            value_at=now,
            tried_at=now,
            next_at=now + self.provider.every,
            error="",
            failures=0,
        )

    def fail(self, error: str, now: datetime) -> None:
        """Note a failure at `now`; the last good value stays."""
        wait = min(RETRY_AFTER * 2 ** min(self.failures, 5), LONGEST_WAIT)
        self._note(
            tried_at=now, next_at=now + wait, error=error, failures=min(self.failures + 1, 9999)
        )

    def _note(self, **changes: Any) -> None:
        """Write what came of asking, unless the question was changed meanwhile."""
        asked = Source.objects.filter(pk=self.pk, parameters=self.parameters)
        if asked.update(**changes):
            for name, value in changes.items():
                setattr(self, name, value)


def ensure_sources() -> models.QuerySet[Source]:
    """Return the sources of all providers, in the setting's order; missing rows are made, off."""
    known = providers()
    there = set(Source.objects.values_list("provider_key", flat=True))
    Source.objects.bulk_create(
        [Source(provider_key=key, parameters=provider.default_parameters())
         for key, provider in known.items() if key not in there],
        ignore_conflicts=True,
    )  # fmt: skip
    order = models.Case(
        *(models.When(provider_key=key, then=place) for place, key in enumerate(known)),
        output_field=models.IntegerField(),
    )
    return Source.objects.filter(provider_key__in=known).order_by(order, F("pk"))
