"""How much of a site is translated: which pages are, which fell behind, which never were."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet
from wagtail_localize.models import StringSegment, StringTranslation

from sites.base import mirroring, without_mirrors


class State(models.TextChoices):
    """How a page stands in the other language."""

    TRANSLATED = "translated", _("Translated")
    BEHIND = "behind", _("Behind the Vietnamese page")
    MISSING = "missing", _("Not translated")


@dataclass(frozen=True)
class Progress:
    """Counts of the published Vietnamese pages of a site by their translation."""

    translated: int
    behind: int
    missing: int

    @property
    def total(self) -> int:
        """All published Vietnamese pages."""
        return self.translated + self.behind + self.missing

    @property
    def percent(self) -> int:
        """How many of a hundred pages are translated and up to date; 100 for an empty site."""
        return 100 * self.translated // self.total if self.total else 100


def target_locale() -> Locale | None:
    """Return the language that pages are translated into, if the site has one."""
    others = Locale.objects.exclude(language_code=settings.LANGUAGE_CODE)
    found: Locale | None = others.order_by("pk").first()
    return found


def progress() -> Progress:
    """Count the current site's pages; one query and the languages."""
    target = target_locale()
    if target is None:
        return Progress(0, 0, 0)
    counts = dict(expected_pages(target).values_list("state").annotate(Count("pk")).order_by())
    return Progress(*(counts.get(state.value, 0) for state in State))


def source_pages(target: Locale) -> PageQuerySet[Page]:
    """Return the published Vietnamese pages with ``state`` and ``twin``, in the tree's order.

    ``twin`` is the primary key of what stands in the other tree, an alias too.
    """
    there = Page.objects.filter(translation_key=OuterRef("translation_key"), locale=target)
    real = there.exclude(mirroring.standing_in()).filter(live=True)
    older = real.filter(last_published_at__lt=OuterRef("last_published_at"))
    pages: Any = Page.objects.live().filter(
        depth__gt=1, locale__language_code=settings.LANGUAGE_CODE, alias_of__isnull=True
    )
    behind = Q(Exists(older)) | Q(Exists(_untranslated(target)))
    state = Case(
        When(~Exists(real), then=Value(State.MISSING.value)),
        When(behind, then=Value(State.BEHIND.value)),
        default=Value(State.TRANSLATED.value),
        output_field=models.CharField(),
    )
    return pages.annotate(twin=Subquery(there.values("pk")[:1]), state=state).order_by("path")


def expected_pages(target: Locale) -> PageQuerySet[Page]:
    """Return those of `source_pages` that readers of the other language wait for.

    Types that are shown in every language as they are (legal documents, which count in
    Vietnamese only) belong to them once somebody has begun to translate the page.
    """
    untouched = Q(content_type__in=without_mirrors.types(), twin=None)
    return source_pages(target).exclude(untouched)


def _untranslated(target: Locale) -> models.QuerySet[StringSegment]:
    """Return the words of a page whose translation is begun and that have none yet."""
    done = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale=target,
        has_error=False,
    )
    begun = StringSegment.objects.filter(
        source__object_id=OuterRef("translation_key"),
        source__translations__target_locale=target,
        source__translations__enabled=True,
    )
    return begun.filter(~Exists(done))
