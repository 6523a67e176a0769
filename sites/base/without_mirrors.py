"""Page types that need no alias where they are not translated, and aliases they still have.

Their lists show them in every language, such as legal documents. Older versions made aliases of
them all the same; those go with the job that makes the missing ones, a slice at a time.
"""

from __future__ import annotations

import math
from time import monotonic

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Cast
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex, get_page_models


def need_mirrors(model: type[Page]) -> bool:
    """Tell whether pages of a type get an alias where they are not translated."""
    return getattr(model, "stands_in_elsewhere", True)


def types() -> list[ContentType]:
    """Return the page types that need none."""
    models = [model for model in get_page_models() if not need_mirrors(model)]
    return list(ContentType.objects.get_for_models(*models).values())


def superfluous() -> QuerySet[Page]:
    """Return the mere aliases of another language's pages that nothing refers to.

    One that a page links to stays: it goes on leading where its author meant.
    """
    pages = ContentType.objects.get_for_model(Page)
    named = ReferenceIndex.objects.filter(
        to_content_type=pages, to_object_id=Cast(OuterRef("pk"), CharField())
    )
    mere = Page.objects.filter(
        content_type__in=types(),
        alias_of__translation_key=F("translation_key"),
        numchild=0,
    )
    found: QuerySet[Page] = mere.exclude(alias_of__locale=F("locale")).filter(~Exists(named))
    return found.order_by("-path")


def remove_superfluous(seconds: float | None = None) -> int:
    """Delete them, each in a transaction of its own; returns how many.

    Args:
        seconds: how long this may take, about; without, until none is left.
    """
    until = monotonic() + seconds if seconds is not None else math.inf
    removed = 0
    for page_id in superfluous().values_list("pk", flat=True):
        if monotonic() >= until:
            break
        removed += _remove(page_id)
    return removed


@transaction.atomic
def _remove(page_id: int) -> bool:
    # Locked, so that nobody begins to translate it meanwhile.
    alias = Page.objects.select_for_update(of=("self",)).filter(pk=page_id).first()
    if alias is None or alias.alias_of is None:
        return False
    if alias.slug != alias.alias_of.slug:  # the source's slug changed; the old address was known
        Redirect.add_redirect(alias.url, redirect_to=alias.alias_of)
    alias.specific.delete()
    return True
