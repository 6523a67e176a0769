"""What templates ask for: each returns nothing on a page that belongs to no site."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

from motcua.insight.visits import Figures
from motcua.readings import rates

from .. import shown
from ..notices import Notice

register = template.Library()


@register.simple_tag(takes_context=True)
def site_notices(context: dict[str, Any]) -> list[Notice]:
    """The notices in force."""
    return shown.notices() if _on_a_site(context) else []


@register.simple_tag(takes_context=True)
def strip_readings(context: dict[str, Any]) -> shown.Readings | None:
    """Weather and rates for the strip above the page."""
    return shown.strip_readings() if _on_a_site(context) else None


@register.simple_tag(takes_context=True)
def all_readings(context: dict[str, Any]) -> shown.Readings | None:
    """Weather and rates for a section of a page."""
    return shown.all_readings() if _on_a_site(context) else None


@register.simple_tag(takes_context=True)
def visit_figures(context: dict[str, Any]) -> Figures | None:
    """Visits, for the foot of the page."""
    return shown.visit_figures() if _on_a_site(context) else None


@register.filter
def dong(amount: Decimal | None) -> str:
    """An amount in đồng as the language writes it."""
    return rates.dong(amount)


def _on_a_site(context: dict[str, Any]) -> bool:
    request = context.get("request")
    return getattr(request, "tenant", None) is not None
