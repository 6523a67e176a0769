"""Language links of pages that are no pages of the tree."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override


def in_other_languages(request: HttpRequest, name: str) -> None:
    """Let the language links lead to the view ``name`` in every language."""
    addresses = {}
    for code, _label in settings.LANGUAGES:
        with override(code):
            addresses[code] = reverse(name)
    request.language_addresses = addresses  # read by `sites.base.navigation.languages`
