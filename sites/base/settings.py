"""What a webmaster tells of the agency: one row per site."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from . import seat
from .stream_fields import BlocksField


class ChannelBlock(blocks.StructBlock):
    """One social or messaging channel."""

    kind = blocks.ChoiceBlock(
        label=_("Channel"),
        choices=[("zalo", "Zalo"), ("facebook", "Facebook"), ("youtube", "YouTube"),
                 ("tiktok", "TikTok"), ("other", _("Other"))],
    )  # fmt: skip
    label = blocks.CharBlock(label=_("Title"), max_length=100)
    url = blocks.URLBlock(label=_("Address"))


@register_setting(icon="cog")
class SiteSettings(BaseSiteSetting):
    """Logo, slogan, contacts, responsible person and channels of a site."""

    logo = models.ForeignKey(
        "base.SiteImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # What the screen “Appearance” chooses (sites/base/appearance.py).
    theme = models.CharField(
        _("theme"), max_length=63, blank=True, default="", db_default="",
        help_text=_("Empty: the theme with which the province registered the site."),
    )  # fmt: skip
    accent = models.CharField(_("accent"), max_length=63, blank=True, default="", db_default="")
    hero_image = models.ForeignKey(
        "base.SiteImage",
        verbose_name=_("large picture of the home page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    look_before = models.JSONField(null=True, blank=True, editable=False)
    slogan = models.CharField(_("slogan"), max_length=200, blank=True)
    slogan_en = models.CharField(_("slogan in English"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    address_en = models.CharField(_("address in English"), max_length=300, blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    working_hours = models.TextField(
        _("working hours"), blank=True, help_text=_("One line for each period.")
    )
    working_hours_en = models.TextField(_("working hours in English"), blank=True)
    responsible_person = models.CharField(
        _("responsible person"),
        max_length=150,
        blank=True,
        help_text=_("Responsible for the content; stands at the foot of every page."),
    )
    responsible_role = models.CharField(_("office of that person"), max_length=150, blank=True)
    responsible_role_en = models.CharField(
        _("office of that person in English"), max_length=150, blank=True
    )
    channels = BlocksField([("channel", ChannelBlock())], verbose_name=_("channels"), blank=True)
    seat_map = models.ForeignKey(
        "base.SiteImage",
        verbose_name=_("map of the seat"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A picture of a map; its text says how to get there."),
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[seat.validate_latitude],
        help_text=_("Degrees north, such as 10.360100. Any map shows them at the agency's gate."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[seat.validate_longitude],
        help_text=_("Degrees east, such as 106.359700."),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("logo"), FieldPanel("slogan"), FieldPanel("slogan_en")], _("Appearance")
        ),
        MultiFieldPanel(
            [FieldPanel("address"), FieldPanel("address_en"), FieldPanel("phone"),
             FieldPanel("email"), FieldPanel("working_hours"), FieldPanel("working_hours_en")],
            _("Contacts"),
        ),
        MultiFieldPanel(
            [FieldPanel("seat_map"), FieldRowPanel([FieldPanel("latitude"),
                                                    FieldPanel("longitude")])],
            _("Map of the seat"),
        ),
        MultiFieldPanel(
            [FieldPanel("responsible_person"), FieldPanel("responsible_role"),
             FieldPanel("responsible_role_en")],
            _("Responsible person"),
        ),
        FieldPanel("channels"),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")

    def clean(self) -> None:
        """Want both coordinates or none."""
        super().clean()
        seat.validate_pair(self.latitude, self.longitude)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the settings and the agency's card in the directory in one transaction."""
        from . import appearance, sharing

        with transaction.atomic():
            super().save(*args, **kwargs)
            sharing.share_card()
        appearance.forget()

    def localised(self, field: str, language: str) -> str:
        """Return a text in ``language``, the Vietnamese one where there is no English."""
        english = getattr(self, f"{field}_en") if language == "en" else ""
        text: str = english or getattr(self, field)
        return text

    @property
    def place(self) -> seat.Place | None:
        """The seat's point on the map, if the webmaster has entered it."""
        if self.latitude is None or self.longitude is None:
            return None
        return seat.Place(self.latitude, self.longitude)
