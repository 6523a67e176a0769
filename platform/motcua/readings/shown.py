"""What pages show: the last good values of sources that are on, none of them too old."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache

from .models import Source
from .providers import Provider, providers

KEPT_FOR = 45  # seconds in each process
KEY = "readings-shown"


@dataclass(frozen=True)
class Shown:
    """A reading as a page shows it. `at` is when it was fetched, in good order."""

    provider: Provider
    reading: Any
    at: datetime
    is_stale: bool


def shown() -> dict[str, Shown]:
    """Return what is to be shown, by the provider's key; one query, less than once a minute."""
    sources = cache.get(KEY)
    if sources is None:
        sources = list(Source.objects.switched_on().filter(value__isnull=False))
        cache.set(KEY, sources, KEPT_FOR)
    return {
        source.provider_key: Shown(
            source.provider, source.reading, source.value_at, source.is_stale()
        )
        for source in sources
        if source.provider_key in providers() and not source.is_gone()
    }


def forget() -> None:
    """Look anew at the next page, in this process and site."""
    cache.delete(KEY)
