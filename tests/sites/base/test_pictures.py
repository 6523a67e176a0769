"""A picture is offered in the sizes it has, each once."""

from __future__ import annotations

import io
import re

from django.core.files.base import ContentFile
from django.template import Context, Template
from django_tenants.utils import tenant_context
from PIL import Image

from sites.base.models import SiteImage
from tenants.models import Tenant

TAG = Template(
    "{% load wagtailimages_tags pictures %}"
    '{% srcset_image picture width-{480,800,1280} format-webp sizes="50vw" alt="x" %}'
)
SIZE = re.compile(r" (\d+)w")


def shown(width: int) -> str:
    """The element of a picture of this width in pixels."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, 90), "red").save(buffer, "PNG")
    file = ContentFile(buffer.getvalue(), name=f"{width}.png")
    picture = SiteImage.objects.create(title="x", description="x", file=file)
    return str(TAG.render(Context({"picture": picture})))


def test_picture_is_offered_in_each_size_once(alpha: Tenant) -> None:
    with tenant_context(alpha):
        large, middle, small = shown(1400), shown(900), shown(120)
    assert SIZE.findall(large) == ["480", "800", "1280"]
    assert SIZE.findall(middle) == ["480", "800", "900"]
    assert SIZE.findall(small) == []
    assert 'sizes="50vw"' in middle
    assert "sizes" not in small
    assert 'width="120"' in small
    assert TAG.render(Context({"picture": None})) == ""
