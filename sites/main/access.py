"""Who may reach what only the main portal has; the registry's screens: its administrators."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language_from_path
from wagtail.views import serve

PERMISSION = "people.manage_sites"

View = Callable[..., HttpResponse]


def may_manage_sites(request: HttpRequest) -> bool:
    """Tell whether the registry exists for this request: on the main portal, with the right.

    The site is asked first: on a member site even a superuser, or somebody whose group was given
    the permission there, has no registry.
    """
    return on_main_portal(request) and request.user.has_perm(PERMISSION)


def on_main_portal(request: HttpRequest) -> bool:
    """Tell whether the request is for the main portal."""
    return bool(request.tenant.is_main)


def provincial_administrators_only(view: View) -> View:
    """Answer 404 on member sites and refuse people without the right, before the view runs.

    Every address of the registry is wrapped in this, in `sites.main.registry_urls`.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not on_main_portal(request):
            raise Http404
        if not may_manage_sites(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def main_portal_first(view: View) -> View:
    """Let the view answer on the main portal only; on member sites the address is a page's.

    So a member's own page may have the same slug, and 404 comes from the page tree.
    """

    @wraps(view)
    def chosen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if on_main_portal(request):
            return view(request, *args, **kwargs)
        prefix = f"/{get_language_from_path(request.path_info) or ''}/"
        path = request.path_info.removeprefix(prefix).lstrip("/")
        response: HttpResponse = serve(request, path)
        return response

    return chosen
