"""Process-wide caches of row ids, kept per schema.

Django's content type cache and the content types that Wagtail's permission policies remember
hold ids of whichever site came first. Ids differ between sites that were born from different
templates, so another site's ids would be read: each cache gets a drawer per schema.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType, ContentTypeManager
from django.db import connection
from wagtail.permission_policies.base import BaseDjangoAuthPermissionPolicy


def install() -> None:
    """Replace the process-wide caches; called once when Django is ready."""
    ContentTypeManager._cache = property(_content_types, _ignore)
    BaseDjangoAuthPermissionPolicy._content_type = property(_policy_content_type)


def forget(schema_name: str) -> None:
    """Drop what is remembered of one schema, after its rows were replaced or it was dropped."""
    ContentType.objects.__dict__.get("_cache_by_schema", {}).pop(schema_name, None)


def _content_types(manager: ContentTypeManager) -> dict[str, Any]:
    drawers = manager.__dict__.setdefault("_cache_by_schema", {})
    return drawers.setdefault(connection.schema_name, {})


def _ignore(_manager: ContentTypeManager, _value: dict[str, Any]) -> None:
    """Let ``ContentTypeManager.__init__`` set its one cache without effect."""


def _policy_content_type(policy: BaseDjangoAuthPermissionPolicy) -> ContentType:
    return ContentType.objects.get_for_model(policy.auth_model)
