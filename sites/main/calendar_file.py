"""What is to come in the province as a calendar (RFC 5545), from the hub's items."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta

from django.utils import timezone
from icalendar import Calendar, Event

from motcua.hub.models import Item

REFRESH = timedelta(hours=6)  # how often programs ask again


def calendar(name: str, events: Iterable[Item]) -> bytes:
    """Return events as a calendar called ``name``; times in UTC, so that no program guesses."""
    made = Calendar()
    made.add("PRODID", "-//Mot Cua//Portal//VI")
    made.add("VERSION", "2.0")
    made.add("NAME", name)
    made.add("X-WR-CALNAME", name)
    made.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    for event in events:
        made.add_component(_entry(event))
    return bytes(made.to_ical())


def _entry(event: Item) -> Event:
    """Return one event under the identifier that its own site's calendar gives it."""
    made = Event()
    made.add("UID", f"{event.translation_key}@{event.site_id}")
    made.add("DTSTAMP", event.updated_at.astimezone(UTC))
    made.add("SEQUENCE", event.version)
    made.add("STATUS", "CANCELLED" if event.details.get("cancelled") else "CONFIRMED")
    made.add("SUMMARY", event.title)
    _add_times(made, event)
    for name, text in (("LOCATION", event.details.get("place")), ("DESCRIPTION", event.abstract)):
        if text:
            made.add(name, text)
    made.add("CONTACT", event.source_name)
    made.add("URL", event.url)
    return made


def _add_times(made: Event, event: Item) -> None:
    """Add begin and end; a whole day ends on the day after it (RFC 5545, 3.6.1)."""
    begin, end = event.starts_at or event.ends_at, event.ends_at
    if begin is None:
        return
    if event.details.get("all_day"):
        made.add("DTSTART", timezone.localdate(begin))
        made.add("DTEND", timezone.localdate(end or begin) + timedelta(days=1))
        return
    made.add("DTSTART", begin.astimezone(UTC))
    if end is not None and end > begin:
        made.add("DTEND", end.astimezone(UTC))
