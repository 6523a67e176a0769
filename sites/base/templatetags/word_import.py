"""Where a person imports a Word document, for templates of the admin."""

from __future__ import annotations

from typing import Any

from django import template
from wagtail.models import Page

from sites.base.word_import.views import import_url

register = template.Library()


@register.simple_tag(takes_context=True)
def word_import_url(context: Any, page: Page | None) -> str:
    """Return where the person imports a document below a page; empty if they may not."""
    return import_url(page, context["request"].user) if page is not None else ""
