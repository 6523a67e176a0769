"""What albums and videos have in common, and how lists of both are fetched."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail_localize.fields import SynchronizedField

from sites.base.models import SiteImage, SitePage

NOON = datetime.time(12)


class MediaEntry(SitePage):
    """A page of pictures or with a video, of a certain day."""

    date = models.DateField(
        _("date"), default=timezone.localdate, help_text=_("When it was taken or filmed.")
    )

    translatable_fields = [*SitePage.translatable_fields, SynchronizedField("date")]
    subpage_types: list[str] = []

    class Meta:
        abstract = True

    @property
    def hub_published_at(self) -> datetime.datetime:
        """Noon of its day."""
        return timezone.make_aware(datetime.datetime.combine(self.date, NOON))


def newest_below(section: Page) -> PageQuerySet[Any]:
    """Return the albums and videos that visitors may see below a page, newest first.

    They come as what they are, whichever table they stand in.
    """
    entries = Page.objects.descendant_of(section).live().public()
    of_a_day = entries.annotate(day=Coalesce("albumpage__date", "videopage__date"))
    return of_a_day.filter(day__isnull=False).order_by("-day", "-pk").specific()


def with_covers(entries: Iterable[Any]) -> list[Any]:
    """Return the pages with their lead images and all the sizes of these, in two queries."""
    pages = list(entries)
    wanted = {page.lead_image_id for page in pages if page.lead_image_id}
    images = SiteImage.objects.prefetch_renditions().in_bulk(wanted)
    for page in pages:
        page.lead_image = images.get(page.lead_image_id)
    return pages
