"""A picture in several sizes, each once."""

from __future__ import annotations

from typing import Any

from django import template
from wagtail.images.models import ResponsiveImage
from wagtail.images.shortcuts import get_renditions_or_not_found
from wagtail.images.templatetags import wagtailimages_tags

register = template.Library()


class Sizes(wagtailimages_tags.SrcsetImageNode):
    """Wagtail's, for small originals too.

    Wagtail never enlarges: an original smaller than two of the sizes is the same picture in both,
    and HTML (``srcset``, "must not have two with the same width") allows each width once.
    """

    def render(self, context: Any) -> str:
        """Return the ``img``; ``srcset`` and ``sizes`` only where there is a choice."""
        image = self.validate_image(context)
        if not image:
            return ""
        found = get_renditions_or_not_found(image, self.get_filters())
        by_width = {rendition.width: rendition for rendition in reversed(found.values())}
        distinct = {one.filter_spec: one for one in reversed(by_width.values())}
        attributes = {name: value.resolve(context) for name, value in self.attrs.items()}
        if len(distinct) == 1:
            attributes.pop("sizes", None)
        return str(ResponsiveImage(distinct, attributes).__html__())


@register.tag
def srcset_image(parser: Any, token: Any) -> Sizes:
    """``{% srcset_image picture width-{480,800} sizes="50vw" %}``; `as` is not known here."""
    node = wagtailimages_tags.image(parser, token)
    return Sizes(node.image_expr, node.filter_specs, attrs=node.attrs)
