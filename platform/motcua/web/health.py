"""``/-/live`` and ``/-/ready``: answered before any site is looked up, for any host."""

from __future__ import annotations

from collections.abc import Callable

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django_tenants.utils import get_tenant_model, schema_context

GetResponse = Callable[[HttpRequest], HttpResponse]


class HealthMiddleware:
    """Answers the load balancer: is the process alive, can it serve."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/-/live":
            return JsonResponse({"status": "ok"})
        if request.path_info == "/-/ready":
            return ready()
        return self.get_response(request)


def ready() -> JsonResponse:
    """Say whether the registry can be read and holds a main portal; 503 if not."""
    try:
        with schema_context("public"):
            whole = get_tenant_model().objects.filter(schema_name="main").exists()
    except Error:  # a lost session is an InterfaceError, which is no DatabaseError
        connection.close()
        return JsonResponse({"status": "database unreachable"}, status=503)
    if not whole:
        return JsonResponse({"status": "no main portal yet"}, status=503)
    return JsonResponse({"status": "ok"})
