"""Process-wide caches of row ids, kept per schema.

Django's content type cache and the content types that Wagtail's permission policies remember
hold ids of whichever site came first. Ids differ between sites that were born from different
templates, so another site's ids would be read: each cache gets a drawer per schema. What is
computed once for the whole process and too seldom to be worth a drawer is computed each time.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType, ContentTypeManager
from django.db import connection
from wagtail.contrib.forms import utils as forms
from wagtail.permission_policies.base import BaseDjangoAuthPermissionPolicy
from wagtail.users import permission_order
from wagtail.users.templatetags import wagtailusers_tags

DRAWERS = "_cache_by_schema"


def install() -> None:
    """Replace the process-wide caches; called once when Django is ready."""
    ContentTypeManager._cache = property(_content_types, _begin)
    _begin(ContentType.objects, {})
    BaseDjangoAuthPermissionPolicy._content_type = property(_policy_content_type)
    permission_order.get_content_type_order_lookup = _content_type_order
    wagtailusers_tags.get_content_type_order_lookup = _content_type_order
    forms.get_form_types = getattr(forms.get_form_types, "__wrapped__", forms.get_form_types)


def forget(schema_name: str) -> None:
    """Drop what is remembered of one schema, after its rows were replaced or it was dropped."""
    ContentType.objects.__dict__.get(DRAWERS, {}).pop(schema_name, None)


def _content_types(manager: ContentTypeManager) -> dict[str, Any]:
    drawers = manager.__dict__.setdefault(DRAWERS, {})
    return drawers.setdefault(connection.schema_name, {})


def _begin(manager: ContentTypeManager, _value: dict[str, Any]) -> None:
    """Take the place of ``self._cache = {}``; copies of a manager share its drawers."""
    manager.__dict__[DRAWERS] = {}


def _policy_content_type(policy: BaseDjangoAuthPermissionPolicy) -> ContentType:
    return ContentType.objects.get_for_model(policy.auth_model)


def _content_type_order() -> dict[int, int]:
    """Return the order of models in the permission editor, by this site's content types."""
    registered = permission_order.content_types_to_register
    models = [(permission_order.resolve_model_string(model), order) for model, order in registered]
    return {ContentType.objects.get_for_model(model).pk: order for model, order in models}
