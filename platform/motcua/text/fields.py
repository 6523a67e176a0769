"""Normalising the text fields of a model before it is saved.

A model calls it in one line of its `save`, before `super().save()`::

    def save(self, *args, **kwargs):
        normalise_model(self)
        super().save(*args, **kwargs)

or in `clean` where every way to save validates, as Wagtail's pages do. Bulk writes
(`QuerySet.update`, `bulk_create`) bypass both: call `normalise` there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from django.db import models

from motcua.text.folding import normalise, normalise_line

# Addresses and identifiers are exact; a person's spelling habits do not apply to them.
_EXACT = (models.EmailField, models.URLField, models.SlugField)
_TAG = re.compile(r"(</?[a-zA-Z!][^<>]*>)")


def normalise_model(instance: models.Model, *, exclude: Collection[str] = ()) -> list[str]:
    """Normalise the text that `instance` holds; return the names of the fields that changed.

    - `CharField`: one line (`normalise_line`), unless it has choices;
    - `TextField` and its children, Wagtail's rich text among them: `normalise_html`;
    - Wagtail's stream fields: every text in them, tags, keys and block ids excepted.

    Left alone: e-mail, URL and slug fields, primary keys, deferred fields and those in `exclude`.
    Encrypted or hashed values belong into fields of other types or into `exclude`.
    """
    changed = []
    for field in _loaded_fields(instance, exclude):
        before = getattr(instance, field.attname)
        after = normalise_value(field, before)
        if after is not before:
            setattr(instance, field.attname, after)
            changed.append(field.name)
    return changed


def normalise_value(field: models.Field[Any, Any], value: Any) -> Any:
    """Return `value` as `field` should store it; the same object when nothing changes."""
    if isinstance(value, str):
        after = _normalise_text(field, value)
        return value if after == value else after
    if value is not None and hasattr(field, "stream_block"):
        return _normalise_stream(field, value)
    return value


def normalise_html(text: str) -> str:
    """Return `text` normalised, the insides of HTML tags untouched.

    Composing across a tag could swallow its bracket (``>`` and U+0338 make ``≯``), and links are
    exact. Plain text has no tags and is normalised whole.
    """
    parts = _TAG.split(text)
    return "".join(part if place % 2 else normalise(part) for place, part in enumerate(parts))


def _loaded_fields(
    instance: models.Model, exclude: Collection[str]
) -> Iterator[models.Field[Any, Any]]:
    deferred = instance.get_deferred_fields()
    for field in instance._meta.concrete_fields:
        if field.attname not in deferred and field.name not in exclude and not field.primary_key:
            yield field


def _normalise_text(field: models.Field[Any, Any], text: str) -> str:
    if field.choices or isinstance(field, _EXACT):
        return text
    if isinstance(field, models.TextField):
        return normalise_html(text)
    return normalise_line(text) if isinstance(field, models.CharField) else text


def _normalise_stream(field: models.Field[Any, Any], value: Any) -> Any:
    raw = field.get_prep_value(value)
    after = _normalise_raw(raw)
    return value if after == raw else field.to_python(after)


def _normalise_raw(raw: Any) -> Any:
    """Return the JSON of a stream with its texts normalised; names and ids of blocks stay."""
    if isinstance(raw, str):
        return normalise_html(raw)
    if isinstance(raw, list):
        return [_normalise_raw(item) for item in raw]
    if isinstance(raw, dict):
        exact = {"id", "type"} if "type" in raw and "value" in raw else set()
        return {key: item if key in exact else _normalise_raw(item) for key, item in raw.items()}
    return raw
