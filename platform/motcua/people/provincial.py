"""Who may reach what only the main portal has: the administrators of the province."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

PERMISSION = "people.manage_sites"

View = Callable[..., HttpResponse]


def on_main_portal(request: HttpRequest) -> bool:
    """Tell whether the request is for the main portal."""
    return bool(request.tenant.is_main)


def may_manage_sites(request: HttpRequest) -> bool:
    """Tell whether a provincial administrator asks, on the main portal.

    The site is asked first: on a member site even a superuser, or somebody whose group was given
    the permission there, has nothing of the province's.
    """
    return on_main_portal(request) and request.user.has_perm(PERMISSION)


def provincial_administrators_only(view: View) -> View:
    """Answer 404 on member sites and refuse people without the right, before the view runs."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not on_main_portal(request):
            raise Http404
        if not may_manage_sites(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
