"""Notices of a site: what everybody who comes should know, for as long as it holds."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from motcua.text.fields import normalise_model

MOST_AT_ONCE = 3
PLACE = re.compile(r"(https?://[^\s/]|/(?!/))\S*")


class Tone(models.TextChoices):
    """How much it matters; the colours and signs of the theme's alerts."""

    NOTE = "note", _("Information")
    WARNING = "warning", _("Warning, such as a planned outage")
    DANGER = "danger", _("Emergency")


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices by intent."""

    def in_force(self, now: datetime | None = None) -> NoticeQuerySet:
        """What holds now, emergencies first, then the newest."""
        now = now or timezone.now()
        weight = models.Case(
            models.When(tone=Tone.DANGER, then=0),
            models.When(tone=Tone.WARNING, then=1),
            default=2,
            output_field=models.IntegerField(),
        )
        current = self.filter(starts_at__lte=now, ends_at__gt=now)
        return current.order_by(weight, "-starts_at", "-pk")


def check_link(link: str) -> None:
    """Accept an address of this site (``/…``) or of the web. Raises ``ValidationError``."""
    if not PLACE.fullmatch(link):
        raise ValidationError(_("Enter an address that begins with / or https://."))


class Notice(models.Model):
    """One notice at the top of every page of its site. Nobody can click it away; it ends."""

    text = models.CharField(
        _("notice text"),
        max_length=300,
        help_text=_("One or two sentences: what, from when until when, what to do instead."),
    )
    text_en = models.CharField(
        _("notice text in English"),
        max_length=300,
        blank=True,
        help_text=_("Without it, English pages show the Vietnamese text."),
    )
    link = models.CharField(
        _("link"),
        max_length=500,
        blank=True,
        validators=[check_link],
        help_text=_("Where one reads more: an address of this site (/…) or of the web."),
    )
    tone = models.CharField(_("tone"), max_length=10, choices=Tone.choices, default=Tone.NOTE)
    starts_at = models.DateTimeField(
        _("shown from"),
        default=timezone.now,
        help_text=_("A planned outage has to be announced seven working days ahead."),
    )
    ends_at = models.DateTimeField(_("shown until"))

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("site notice")
        verbose_name_plural = _("site notices")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="widgets_notice_ends_later"
            )
        ]
        indexes = [models.Index(fields=["ends_at"], name="widgets_notice_ends")]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        """Normalise the texts; a notice ends after it begins."""
        normalise_model(self)
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("It has to end after it begins.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it; this process shows it at once."""
        super().save(*args, **kwargs)
        _show_anew()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Take it away; this process shows it no more."""
        deleted = super().delete(*args, **kwargs)
        _show_anew()
        return deleted

    @property
    def localised_text(self) -> str:
        """The text in the reader's language, the Vietnamese one where there is no other."""
        return (self.text_en if get_language() == "en" else "") or self.text

    @property
    def state(self) -> str:
        """Whether it is shown, in one word."""
        now = timezone.now()
        if self.ends_at <= now:
            return pgettext("notice", "Over")
        return (
            pgettext("notice", "Shown") if self.starts_at <= now else pgettext("notice", "Planned")
        )


def _show_anew() -> None:
    from . import shown

    shown.forget_notices()
