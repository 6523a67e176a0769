"""A video with captions and transcript, or a link to one elsewhere."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from sites.base.videos import (
    ADDRESS_HELP,
    CAPTIONS_HELP,
    FILE_HELP,
    NO_SPEECH_HELP,
    TRANSCRIPT_FEATURES,
    TRANSCRIPT_HELP,
    host_of,
)

from .entries import MediaEntry, newest_below, with_covers
from .forms import VideoForm, missing_to_publish

OTHERS = 4


class VideoPage(MediaEntry):
    """A video; the lead image is what stands there until it plays."""

    file = models.ForeignKey(
        "base.SiteDocument",
        verbose_name=_("video file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=FILE_HELP,
    )
    captions = models.ForeignKey(
        "base.SiteDocument",
        verbose_name=_("captions"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=CAPTIONS_HELP,
    )
    no_speech = models.BooleanField(_("without speech"), default=False, help_text=NO_SPEECH_HELP)
    # Not `url`: a page has that already.
    address = models.URLField(
        _("address on another site"), max_length=500, blank=True, help_text=ADDRESS_HELP
    )
    transcript = RichTextField(
        _("transcript"), blank=True, features=TRANSCRIPT_FEATURES, help_text=TRANSCRIPT_HELP
    )
    credit = models.CharField(_("author or source"), max_length=150, blank=True)

    media = "video"
    template = "pages/video.html"
    parent_page_types = ["media.MediaPage"]

    translatable_fields = [
        *MediaEntry.translatable_fields,
        SynchronizedField("file"),
        SynchronizedField("captions"),  # a file has no words; a translator may choose another
        SynchronizedField("no_speech"),
        SynchronizedField("address"),
        TranslatableField("transcript"),
        SynchronizedField("credit"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [FieldPanel("title"), FieldPanel("abstract"), FieldPanel("date"),
                 MultiFieldPanel([FieldPanel("file"), FieldPanel("address")], _("Video")),
                 FieldPanel("lead_image", heading=_("Poster picture")),
                 FieldPanel("credit")],
                heading=_("Video"),
            ),
            ObjectList(
                [FieldPanel("captions"), FieldPanel("no_speech"), FieldPanel("transcript")],
                heading=_("For everybody"),
            ),
            ObjectList(MediaEntry.promote_panels, heading=_("Promote")),
            ObjectList(MediaEntry.settings_panels, heading=_("Settings")),
        ],
        base_form_class=VideoForm,
    )  # fmt: skip

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")

    @property
    def host(self) -> str:
        """Where the link leads."""
        return host_of(self.address)

    @property
    def body_text(self) -> str:
        """What is said and shown."""
        return strip_tags(self.transcript)

    def missing_to_publish(self) -> dict[str, str]:
        """Captions, transcript and poster picture, as the form asks for them."""
        fields = ("file", "captions", "no_speech", "address", "transcript", "lead_image")
        return missing_to_publish({field: getattr(self, field) for field in fields})

    @property
    def hub_details(self) -> dict[str, Any]:
        """A video."""
        return {"media": self.media, "count": 1}

    def structured_data(self, request: HttpRequest) -> dict[str, Any] | None:
        """Return the video; without a poster picture search engines take none."""
        if self.lead_image_id is None:
            return None
        return {
            "@type": "VideoObject",
            "name": self.title,
            "description": self.abstract or self.title,
            "uploadDate": self.hub_published_at.isoformat(),
            "contentUrl": self.file.url if self.file else self.address,
            "transcript": strip_tags(self.transcript),
            "creditText": self.credit,
        }

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add ``others``: what else is new in the same place."""
        others = newest_below(self.get_parent()).exclude(pk=self.pk)[:OTHERS]
        return {**super().get_context(request, *args, **kwargs), "others": with_covers(others)}
