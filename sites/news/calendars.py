"""Calendars for people's own programs: iCalendar (RFC 5545)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from icalendar import Calendar, Event, vText
from wagtail.url_routing import RouteResult

if TYPE_CHECKING:
    from .events import EventPage

FILE = "lich.ics"
CONTENT_TYPE = "text/calendar; charset=utf-8"
REFRESH = timedelta(hours=6)  # how often programs ask again
NEVER = datetime(2020, 1, 1, tzinfo=UTC)  # of what code has put on air without publishing it


def calendar(events: Iterable[EventPage], *, name: str, language: str) -> bytes:
    """Return the events as a calendar; times in UTC, so that no program guesses a zone.

    Args:
        events: live pages.
        name: what programs call the calendar.
        language: of the texts, as BCP 47 has it.
    """
    made = Calendar()
    made.add("PRODID", "-//Mot Cua//Portal//VI")
    made.add("VERSION", "2.0")
    made.add("CALSCALE", "GREGORIAN")
    made.add("NAME", name, parameters={"LANGUAGE": language})
    made.add("X-WR-CALNAME", name)
    made.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    for event in events:
        made.add_component(entry(event, language))
    return bytes(made.to_ical())


def entry(event: EventPage, language: str) -> Event:
    """Return one event; its number grows with every publication, so that programs follow.

    An alias, as an untranslated page is, has the number and the date of its original.
    """
    published = event.alias_of or event
    changed = published.last_published_at or NEVER
    made = Event()
    made.add("UID", f"{event.translation_key}@{connection.schema_name}")
    made.add("DTSTAMP", changed.astimezone(UTC))
    made.add("LAST-MODIFIED", changed.astimezone(UTC))
    made.add("SEQUENCE", published.live_revision_id or 0)
    made.add("STATUS", "CANCELLED" if event.cancelled else "CONFIRMED")
    made.add("CLASS", "PUBLIC")
    for name, moment in _times(event):
        made.add(name, moment)
    for name, text in _texts(event):
        made.add(name, vText(text, params={"LANGUAGE": language}))
    if event.location:
        made.add("GEO", (float(event.location.latitude), float(event.location.longitude)))
    made.add("URL", event.full_url or "")
    return made


def _times(event: EventPage) -> list[tuple[str, Any]]:
    """Begin and end; a day's end is the day after it (RFC 5545, 3.6.1)."""
    begin = timezone.localtime(event.starts_at)
    if event.all_day:
        last = timezone.localtime(event.ends_at or event.starts_at).date()
        return [("DTSTART", begin.date()), ("DTEND", last + timedelta(days=1))]
    end = [("DTEND", event.ends_at.astimezone(UTC))] if event.ends_at else []
    return [("DTSTART", begin.astimezone(UTC)), *end]


def _texts(event: EventPage) -> list[tuple[str, str]]:
    texts = [
        ("SUMMARY", event.title),
        ("LOCATION", ", ".join(part for part in (event.place, event.address) if part)),
        ("DESCRIPTION", "\n\n".join(part for part in (event.abstract, event.audience) if part)),
        ("CONTACT", " – ".join(part for part in (event.organiser, event.contact) if part)),
    ]
    return [(name, text) for name, text in texts if text]


def respond(request: HttpRequest, content: bytes, filename: str) -> HttpResponse:
    """Answer with a calendar, or with 304 to a program that has it already."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    response["ETag"] = tag
    response["Cache-Control"] = "public, max-age=300"
    answer: HttpResponse = get_conditional_response(request, etag=tag, response=response)
    return answer


class CalendarFile:
    """A page that hands out ``lich.ics`` below its own address.

    The page gives `calendar_file`, which answers a request with its calendar.
    """

    calendar_file: Callable[[HttpRequest], HttpResponse]

    @property
    def calendar_path(self) -> str:
        """The file's address on this site."""
        return f"{self.url}{FILE}"  # type: ignore[attr-defined]

    @property
    def calendar_url(self) -> str:
        """The file's full address."""
        return f"{self.full_url}{FILE}"  # type: ignore[attr-defined]

    @property
    def webcal_url(self) -> str:
        """The address that makes a calendar program subscribe."""
        return self.calendar_url.replace("https://", "webcal://").replace("http://", "webcal://")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Lead ``lich.ics`` to the calendar, everything else where Wagtail leads it."""
        if path_components == [FILE] and self.live:  # type: ignore[attr-defined]
            return RouteResult(self, kwargs={"calendar_wanted": True})
        return super().route(request, path_components)  # type: ignore[misc]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the page, or with its calendar."""
        if kwargs.pop("calendar_wanted", False):
            return self.calendar_file(request)
        answer: HttpResponse = super().serve(request, *args, **kwargs)  # type: ignore[misc]
        return answer


def moment_after(day: datetime) -> datetime:
    """Return the last second of the day on which ``day`` falls here."""
    midnight = timezone.localtime(day).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=1, seconds=-1)
