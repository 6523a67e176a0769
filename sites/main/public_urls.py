"""Addresses of the main portal's own public pages, with a word of its own in each language.

On member sites the same addresses belong to the page tree.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.functional import lazy
from django.utils.translation import get_language

from .agency_views import agencies, agencies_table, channels
from .own_addresses import main_portal_first
from .province import documents, events, events_calendar, news


def _spoken(vietnamese: str, english: str) -> str:
    return english if get_language() == "en" else vietnamese


spoken: Any = lazy(_spoken, str)


def _page(vietnamese: str, english: str, view: Callable[..., Any], name: str) -> Any:
    guarded: Callable[[HttpRequest], HttpResponse] = main_portal_first(view)
    return path(spoken(vietnamese, english), guarded, name=name)


urlpatterns = [
    _page("tin-toan-tinh/", "province-news/", news, "province_news"),
    _page("van-ban-toan-tinh/", "province-documents/", documents, "province_documents"),
    _page("su-kien-toan-tinh/", "province-events/", events, "province_events"),
    _page("su-kien-toan-tinh.ics", "province-events.ics", events_calendar, "province_calendar"),
    _page("co-quan/", "agencies/", agencies, "agencies"),
    _page("co-quan.csv", "agencies.csv", agencies_table, "agencies_table"),
    _page("kenh/", "channels/", channels, "channels"),
]
