"""Error pages: themed where a site is known, self-sufficient where none is."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from tenants.models import MAIN_SCHEMA, Tenant

RETRY_AFTER = "300"  # seconds
KNOWN_FOR = 5.0  # seconds


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent something we cannot read."""
    return _themed(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the person may not do this here."""
    return _themed(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page on this site."""
    return _themed(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; the page needs neither database nor context."""
    return _plain("errors/500.html", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was open too long or came from elsewhere."""
    return _themed(request, 403, csrf=True)


def unknown_host(request: HttpRequest) -> HttpResponse:
    """404: no site has this address."""
    return _plain("errors/unknown_host.html", 404)


def maintenance(request: HttpRequest) -> HttpResponse:
    """503: the site's upgrade failed and is being mended."""
    return _plain("errors/503.html", 503, retry=True)


def suspended(request: HttpRequest) -> HttpResponse:
    """503: the province has suspended the site."""
    return _plain("errors/suspended.html", 503, main_url=_main_url())


def gone(request: HttpRequest) -> HttpResponse:
    """410: the site is archived."""
    return _plain("errors/gone.html", 410, main_url=_main_url())


def _main_url() -> str:
    url: str = cache.get_or_set("main-url", _look_up_main_url, KNOWN_FOR)
    return url


def _look_up_main_url() -> str:
    main = Tenant.objects.filter(schema_name=MAIN_SCHEMA).prefetch_related("domains").first()
    return main.url if main else ""


def _themed(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    if not hasattr(request, "tenant"):
        return _plain("errors/unknown_host.html", status)
    body = render_to_string(f"errors/{status}.html", {**context, "status": status}, request)
    return HttpResponse(body, status=status)


def _plain(template: str, status: int, *, retry: bool = False, main_url: str = "") -> HttpResponse:
    response = HttpResponse(render_to_string(template, {"main_url": main_url}), status=status)
    response["Cache-Control"] = "no-store"
    if retry:
        response["Retry-After"] = RETRY_AFTER
    return response
