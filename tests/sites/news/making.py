"""Plain functions that make what tests of news and events need."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from sites.news.models import Category, EventPage, EventsPage
from tests.factories import home


def create_category(name: str = "Nông thôn mới", **fields: Any) -> Category:
    """Make a category of the current site."""
    category = Category(name=name, **fields)
    category.full_clean()
    category.save()
    return category


def create_calendar(language: str = "vi", slug: str = "su-kien") -> EventsPage:
    """Make the current site's calendar below its home page."""
    parent = home(language)
    calendar = EventsPage(title="Lịch sự kiện", slug=slug, locale=parent.locale)
    parent.add_child(instance=calendar)
    calendar.save_revision().publish()
    return calendar


def create_event(
    title: str = "Ngày hội việc làm", *, starts_at: datetime, publish: bool = True, **fields: Any
) -> EventPage:
    """Make an event in the current site's calendar, which is made where it is missing."""
    calendar = EventsPage.objects.child_of(home()).first() or create_calendar()
    event = EventPage(
        title=title, starts_at=starts_at, locale=calendar.locale, live=False, **fields
    )
    calendar.add_child(instance=event)
    revision = event.save_revision()
    if publish:
        revision.publish()
        event.refresh_from_db()
    return event


def local(day: int, month: int, year: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a moment on this site's clock."""
    return timezone.make_aware(datetime(year, month, day, hour, minute))  # noqa: DTZ001
