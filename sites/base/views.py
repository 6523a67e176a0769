"""Views that every site has besides its pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from . import searching


def search(request: HttpRequest) -> HttpResponse:
    """Show what the site (on the main portal: the province) has on ``?query=``."""
    query = request.GET.get("query", "").strip()[:200]
    find: Any = searching.in_province if request.tenant.is_main else searching.on_site
    results = find(query, get_language()) if query else []
    return render(request, "pages/search.html", {"query": query, "results": results})
