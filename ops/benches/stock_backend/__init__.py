"""Django's PostgreSQL backend, and a site that need not be looked up."""

from __future__ import annotations

import os
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class StubbedSite:
    """Puts the one site into every request, loaded once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        from django.db import connection

        from tenants.models import Tenant

        self.get_response = get_response
        sites = Tenant.objects.prefetch_related("domains").select_related("successor")
        self.tenant = sites.get(schema_name=os.environ["BENCH_SCHEMA"])
        connection.tenant = self.tenant

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.tenant = self.tenant
        return self.get_response(request)
