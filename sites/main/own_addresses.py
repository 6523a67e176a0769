"""Addresses that only the main portal has, among those of pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_path
from wagtail.views import serve

from motcua.people.provincial import on_main_portal

View = Callable[..., HttpResponse]


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
