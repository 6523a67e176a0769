"""Asking a source, switching it, changing what it is asked for."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from motcua import audit
from motcua.fetching import FetchError, fetch

from .models import Source
from .providers import BadParameterError, UnreadableError

logger = logging.getLogger(__name__)

UNREADABLE = "unreadable"
UNASKABLE = "parameters"


def read_due(now: datetime | None = None) -> dict[str, str]:
    """Ask every source that is switched on and due; returns each one's error, empty if none."""
    due = list(Source.objects.due(now or timezone.now()))
    return {source.provider_key: read(source) for source in due}


def read(source: Source) -> str:
    """Ask a source now and store what it says. Call it in a job: it may take its five seconds.

    Nothing a source does is an exception here: a failure is noted, the last good value stays.

    Returns:
        The error's code, empty if there is a new value: one of `motcua.fetching.errors`,
        ``unreadable``, or ``parameters`` where there is nothing it could be asked for.
    """
    if source.provider is None:
        return UNASKABLE
    try:
        reading = _ask(source)
    except (FetchError, UnreadableError, BadParameterError) as error:
        code = getattr(error, "code", UNREADABLE)
        code = UNASKABLE if isinstance(error, BadParameterError) else code
        logger.warning("source %s: %s: %s", source.provider_key, code, error)
        source.fail(code, timezone.now())
        return code
    source.keep(reading, timezone.now())
    return ""


def _ask(source: Source) -> Any:
    provider = source.provider
    assert provider is not None  # noqa: S101 - `read` has looked
    parameters = provider.cleaned(source.parameters)
    fetched = fetch(provider.url(parameters), hosts=provider.hosts, accepts=provider.accepts)
    return provider.parse(fetched.body, fetched.content_type, parameters)


@transaction.atomic
def configure(*, source: Source, is_on: bool, parameters: Mapping[str, Any], by: Any) -> None:
    """Switch a source on or off and set what it is asked for; a source that is on is due at once.

    Raises:
        BadParameterError: the provider cannot be asked for that.
    """
    provider = source.provider
    assert provider is not None  # noqa: S101 - screens show only those of the settings
    cleaned = provider.cleaned(parameters) if is_on else dict(parameters)
    if cleaned != source.parameters:
        source.value = source.value_at = None  # what is known answers another question
    source.is_on, source.parameters = is_on, cleaned
    source.next_at, source.error, source.failures = None, "", 0
    source.save()
    audit.record("source.configured", by=by, target=str(source), is_on=is_on, parameters=cleaned)
