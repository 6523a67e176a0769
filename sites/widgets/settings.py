"""What a site shows beside its pages."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="view")
class WidgetSettings(BaseSiteSetting):
    """Whether a member site shows weather and exchange rates, and how many visit it."""

    shows_readings = models.BooleanField(
        _("show weather and exchange rates"),
        default=False,
        help_text=_("At the top of every page. The main portal always shows them, as far as its "
                    "administrators have switched on a source."),
    )  # fmt: skip
    shows_visits = models.BooleanField(
        _("show how many people visit"), default=True, help_text=_("At the foot of every page.")
    )

    panels = [FieldPanel("shows_readings"), FieldPanel("shows_visits")]

    class Meta:
        verbose_name = _("weather, rates and visits")
        verbose_name_plural = _("weather, rates and visits")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it; this process follows at once."""
        super().save(*args, **kwargs)
        from . import shown

        shown.forget_settings()
