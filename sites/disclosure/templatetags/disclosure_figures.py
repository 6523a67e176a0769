"""Numbers in templates, written as in `sites.disclosure.figures`."""

from __future__ import annotations

from django import template

from sites.disclosure import figures

register = template.Library()
register.filter("figure", figures.number)
register.filter("measured", figures.measured)
register.filter("ratio_of", figures.ratio)
register.filter("money", figures.money)
register.filter("money_in_short", figures.money_in_short)
