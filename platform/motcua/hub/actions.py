"""Writing items. Called in the site's context, inside the transaction that publishes."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from motcua.text.folding import fold

from .models import Audience, Card, Item, completed


@dataclass(frozen=True, kw_only=True)
class Package:
    """What the hub gets of one published thing.

    `model` and `object_id` name it at the origin; `path` and `image_path` are addresses there
    without the domain, which the registry knows; `version` is the published revision.
    `starts_at` and `ends_at` belong to what happens at a time (an event, a consultation);
    `details` is what lists show of this kind, JSON of text and numbers.
    """

    model: str
    object_id: str
    translation_key: UUID
    language: str
    kind: str
    title: str
    path: str
    published_at: datetime
    updated_at: datetime
    abstract: str = ""
    image_path: str = ""
    image_alt: str = ""
    version: int = 0
    audience: str = field(default=Audience.PUBLIC)
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    featured: bool = False
    details: dict[str, Any] = field(default_factory=dict)


KEY = ["site", "model", "object_id"]


def put(packages: list[Package]) -> None:
    """Write or overwrite the current site's items, one query for all of them."""
    now = timezone.now()
    items = [
        Item(
            site_id=connection.schema_name,
            stored_at=now,
            folded=fold(f"{package.title} {package.abstract}"),
            **{**asdict(package), "details": completed(package.details)},
        )
        for package in packages
    ]
    changing = [
        *Package.__dataclass_fields__.keys() - {"model", "object_id"},
        "folded",
        "stored_at",
    ]
    Item.objects.bulk_create(
        items, update_conflicts=True, unique_fields=KEY, update_fields=changing
    )


def remove(model: str, object_ids: list[str]) -> None:
    """Take the current site's items of these objects out of the hub; absent ones are no error."""
    Item.objects.filter(site=connection.schema_name, model=model, object_id__in=object_ids).delete()


def put_card(**contacts: Any) -> None:
    """Write or overwrite the current site's card; arguments are fields of `Card`.

    Called in the site's context, in the transaction that stores the site's settings.
    """
    values = {**contacts, "updated_at": timezone.now()}
    Card.objects.update_or_create(site_id=connection.schema_name, defaults=values)
