"""Which site a request is for: found by its host, before anything else happens to it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.request import split_domain_port
from django.utils import translation

from tenants.lifecycle import Status
from tenants.models import Tenant

from . import errors, hosts

GetResponse = Callable[[HttpRequest], HttpResponse]

# What a site in preparation answers: its staff works there, the public sees nothing yet.
STAFF_PATHS = (
    "/admin/",
    "/accounts/",
    "/invitation/",
    "/en/accounts/",
    "/en/invitation/",
    "/media/",
    "/documents/",
    "/robots.txt",
)


class SiteMiddleware:
    """Put the request into its site, or answer for hosts and states that have no pages."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if getattr(request, "is_dummy", False):
            return self._within(request)
        connection.set_schema_to_public()
        _speak(request)
        found = hosts.cache.find(_host(request))
        if found is None:
            return errors.unknown_host(request)
        if found.domain.redirects:
            return HttpResponsePermanentRedirect(found.tenant.url + request.get_full_path())
        refusal = _refusal(request, found.tenant)
        if refusal is not None:
            return refusal
        request.tenant = found.tenant
        connection.set_tenant(found.tenant)
        if _has_nul(request):
            return errors.bad_request(request)
        return self.get_response(request)

    def _within(self, request: HttpRequest) -> HttpResponse:
        """Stay in the site: Wagtail shows a preview by a request within one to the admin.

        Who may see it has been asked there, so the site's state does not matter; and the outer
        request goes on afterwards where this one leaves the connection.
        """
        request.tenant = connection.tenant
        return self.get_response(request)


def _speak(request: HttpRequest) -> None:
    """Choose the address's language, or the thread would go on in its last visitor's."""
    language = translation.get_language_from_path(request.path_info)
    translation.activate(language or settings.LANGUAGE_CODE)


def _host(request: HttpRequest) -> str:
    raw = request.META.get("HTTP_HOST") or request.META.get("SERVER_NAME", "")
    domain, _port = split_domain_port(raw)
    return domain.rstrip(".")


def _has_nul(request: HttpRequest) -> bool:
    """Tell whether the address has a character that no text in PostgreSQL can have."""
    return "%00" in request.META.get("QUERY_STRING", "") or "\0" in request.path_info


def _refusal(request: HttpRequest, tenant: Tenant) -> HttpResponse | None:
    """Return what a site answers that shows no pages in its state; nothing if it does."""
    if tenant.maintenance_error:
        return errors.maintenance(request)
    if tenant.status == Status.ACTIVE:
        return None
    if tenant.status == Status.PREPARING:
        staff = request.path_info.startswith(STAFF_PATHS)
        return None if staff else errors.unknown_host(request)
    if tenant.status == Status.MERGED and tenant.successor is not None:
        return HttpResponsePermanentRedirect(tenant.successor.url + "/")
    if tenant.status == Status.SUSPENDED:
        return errors.suspended(request)
    return errors.gone(request)
