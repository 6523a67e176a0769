"""Who may reach the data sources: provincial administrators, on the main portal only."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

PERMISSION = "people.manage_sites"

View = Callable[..., HttpResponse]


def may_manage_sources(request: HttpRequest) -> bool:
    """Tell whether the sources exist for this request: on the main portal, with the right."""
    return bool(request.tenant.is_main) and request.user.has_perm(PERMISSION)


def provincial_administrators_only(view: View) -> View:
    """Answer 404 on member sites and refuse people without the right, before the view runs."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.tenant.is_main:
            raise Http404
        if not may_manage_sources(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
