"""Stored files that let nothing unchecked in, whichever way it comes."""

from __future__ import annotations

from typing import Any

from django.core.files import File
from django.db import models
from django.db.models.fields.files import FieldFile
from wagtail.images.models import WagtailImageFieldFile

from . import documents, pictures
from .names import safe_name


class CheckedPicture(WagtailImageFieldFile):
    """A picture's file: written anew, under a safe name."""

    def save(self, name: str, content: File[Any], save: bool = True) -> None:
        """Store `content` as `pictures.clean` returns it.

        Raises:
            ValidationError: it is no picture that may be stored.
        """
        content.name = content.name or name
        picture = pictures.clean(content)
        super().save(safe_name(name, (picture.name or "").rpartition(".")[2]), picture, save)


class CheckedDocument(FieldFile):
    """A document's file: checked, under a safe name."""

    def save(self, name: str, content: File[Any], save: bool = True) -> None:
        """Store `content` if `documents.check` has nothing against it.

        Raises:
            ValidationError: what it has against it.
        """
        documents.check(content, name)
        super().save(safe_name(name), content, save)


def guard(model: type[models.Model], stored_as: type[FieldFile]) -> None:
    """Make ``model.file`` keep its files as `stored_as`.

    The field itself is Wagtail's, inherited; in a field of our own, the order of a model's
    fields and with it the measuring of pictures would change.
    """
    field: Any = model._meta.get_field("file")
    field.attr_class = stored_as
