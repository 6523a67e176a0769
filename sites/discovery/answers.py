"""Answers for machines: when they changed, how long they keep, and 304 for who has them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.http import http_date, parse_http_date_safe

FRESH_FOR = 300  # seconds; a story that was recalled is out of every reader's copy after that

View = Callable[..., HttpResponse]


def kept_for(seconds: int) -> Callable[[View], View]:
    """Let everybody keep a view's answer for so long, and ask whether it changed afterwards."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            if response.status_code != 200:
                return response
            patch_cache_control(response, public=True, max_age=seconds)
            set_response_etag(response)
            found: HttpResponse = get_conditional_response(
                request, response["ETag"], _known_date(request, response), response
            )
            return found

        return answer

    return decorate


def _known_date(request: HttpRequest, response: HttpResponse) -> int | None:
    """Return the answer's date if exactly that is asked about.

    When the newest entry is recalled, a feed's date goes back; who asks about a later one must
    not hear that nothing changed.
    """
    date = response.get("Last-Modified", "")
    asked = request.headers.get("If-Modified-Since", "")
    return parse_http_date_safe(date) if date and date == asked else None


def dated(response: HttpResponse, moment: datetime) -> HttpResponse:
    """Say in the answer when it changed last."""
    response["Last-Modified"] = http_date(moment.timestamp())
    return response
