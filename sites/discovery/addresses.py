"""Addresses of what every site has besides its pages, in each language."""

from __future__ import annotations

from typing import Any

from django.urls import path, reverse
from django.utils import translation
from django.utils.functional import lazy
from django.utils.translation import get_language


def _spoken(vietnamese: str, english: str) -> str:
    return english if get_language() == "en" else vietnamese


# A part of an address, with a word of its own in each language.
spoken: Any = lazy(_spoken, str)


def human_page(vietnamese: str, english: str, view: Any, name: str) -> Any:
    """Return the URL pattern of a page for people."""
    return path(spoken(vietnamese, english), view, name=name)


def in_language(name: str, language: str, *args: Any) -> str:
    """Return the address of a named view in a language, from the slash on."""
    with translation.override(language):
        return str(reverse(name, args=args))


def language_root(language: str) -> str:
    """Return where a language's tree begins: ``/`` or ``/en/``."""
    return in_language("wagtail_serve", language, "")
