"""What templates say to machines."""

from __future__ import annotations

from typing import Any

from django import template

from ..head import Head, head_of

register = template.Library()


@register.simple_tag(takes_context=True)
def page_head(context: template.Context) -> Head:
    """Return what stands in the head of the page being shown."""
    request, portal = context.get("request"), context.get("portal")
    if request is None or not portal:
        return Head()
    page: Any = context.get("page")
    return head_of(request, page, portal)
