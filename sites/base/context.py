"""What every template of the public pages knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page, Site

from . import facts, navigation


def portal(request: HttpRequest) -> dict[str, Any]:
    """Add ``portal``, ``main_portal``, ``navigation`` and ``languages``, computed when used."""
    tenant = getattr(request, "tenant", None)
    if tenant is None:
        return {}
    return {
        "portal": SimpleLazyObject(
            lambda: facts.portal_facts(tenant, Site.find_for_request(request))
        ),
        "main_portal": SimpleLazyObject(facts.main_link),
        "navigation": SimpleLazyObject(
            lambda: navigation.menu(request, Site.find_for_request(request), _page(request))
        ),
        "languages": SimpleLazyObject(
            lambda: navigation.languages(
                request,
                Site.find_for_request(request),
                _page(request),
                [("vi", "Tiếng Việt"), ("en", "English")],
            )
        ),
        "default_theme": settings.DEFAULT_THEME,
    }


def _page(request: HttpRequest) -> Page | None:
    page: Page | None = getattr(request, "current_page", None)
    return page
