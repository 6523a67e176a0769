"""Photo albums: pictures with captions and credits, in a grid and one by one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList, TabbedInterface
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock
from wagtail_localize.fields import TranslatableField

from sites.base.listing import page_of
from sites.base.stream_fields import BlocksField

from .entries import MediaEntry
from .forms import AlbumForm
from .jobs import make_sizes

SHOT = "anh"  # the parameter that shows one picture, by its number from 1
PER_PAGE = 30
TOLD = 6  # pictures that search engines are told of
# What the grid and the large view show; made by a job when the album is published.
SIZES = ("fill-480x360|format-webp", "fill-960x720|format-webp", "max-1600x1200|format-webp")


class ShotValue(blocks.StructValue):
    """A picture of an album; what is not said here, the picture says itself."""

    @property
    def words(self) -> str:
        """The caption."""
        return self["caption"] or getattr(self["image"], "caption", "")

    @property
    def author(self) -> str:
        """Who took it."""
        return self["credit"] or getattr(self["image"], "credit", "")


class ShotBlock(blocks.StructBlock):
    """A picture with its caption and credit."""

    image = ImageChooserBlock(label=_("Image"))
    caption = blocks.TextBlock(
        label=_("Caption"),
        required=False,
        max_length=300,
        rows=2,
        help_text=_(
            "Who and what is to be seen, where and when. Empty: the picture’s own caption."
        ),
    )
    credit = blocks.CharBlock(
        label=_("Photographer or source"),
        required=False,
        max_length=150,
        help_text=_("Empty: the one entered with the picture."),
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        value_class = ShotValue

    def clean(self, value: Any) -> Any:
        """Ask for caption, credit and alternative text, except in drafts.

        Raises:
            StructBlockValidationError: what is missing, at its field.
        """
        cleaned = super().clean(value)
        wrong = {} if getattr(self, "is_deferred_validation", False) else _missing(cleaned)
        if wrong:
            raise StructBlockValidationError(wrong)
        return cleaned


def _missing(shot: Any) -> dict[str, ValidationError]:
    image, missing = shot["image"], {}
    if not shot.words:
        missing["caption"] = gettext("Write what is to be seen. Until then, save as a draft.")
    if not shot.author:
        missing["credit"] = gettext("Name the photographer or the source.")
    if image is not None and not image.description and not image.is_decorative:
        missing["image"] = gettext("This picture has no alternative text yet: edit it in the "
                                   "library of images.")  # fmt: skip
    return {field: ValidationError(text) for field, text in missing.items()}


class AlbumPage(MediaEntry):
    """A photo album."""

    place = models.CharField(_("place"), max_length=200, blank=True)
    pictures = BlocksField([("picture", ShotBlock())], verbose_name=_("pictures"), blank=True)

    media = "album"
    template = "pages/album.html"
    parent_page_types = ["media.MediaPage"]

    search_fields = MediaEntry.search_fields
    translatable_fields = [
        *MediaEntry.translatable_fields,
        TranslatableField("place"),
        TranslatableField("pictures"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [FieldPanel("title"), FieldPanel("abstract"), FieldPanel("date"),
                 FieldPanel("place"), FieldPanel("fill_from"), FieldPanel("pictures")],
                heading=_("Pictures"),
            ),
            ObjectList(
                [HelpPanel(_("Without a lead image, the album’s first picture stands in lists.")),
                 FieldPanel("lead_image"), *MediaEntry.promote_panels],
                heading=_("Promote"),
            ),
            ObjectList(MediaEntry.settings_panels, heading=_("Settings")),
        ],
        base_form_class=AlbumForm,
    )  # fmt: skip

    class Meta:
        verbose_name = _("photo album")
        verbose_name_plural = _("photo albums")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the album; its first picture leads where no other was chosen."""
        if self.lead_image_id is None and (shots := self.shots()):
            self.lead_image = shots[0]["image"]
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = [*kwargs["update_fields"], "lead_image"]
        super().save(*args, **kwargs)

    def publish(self, *args: Any, **kwargs: Any) -> Any:
        """Publish, and have the sizes made before visitors wait for them."""
        answer = super().publish(*args, **kwargs)
        make_sizes.enqueue(image_ids=[shot["image"].pk for shot in self.shots()], sizes=list(SIZES))
        return answer

    def shots(self) -> list[Any]:
        """Return the pictures that still exist."""
        return [block.value for block in self.pictures if block.value["image"]]

    @property
    def body_text(self) -> str:
        """Place and captions."""
        return " ".join([self.place, *(shot.words for shot in self.shots())])

    @property
    def hub_details(self) -> dict[str, Any]:
        """An album, and of how many pictures."""
        return {"media": self.media, "count": len(self.shots())}

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the album with its first pictures."""
        return {
            "@type": "ImageGallery",
            "name": self.title,
            "datePublished": self.hub_published_at.isoformat(),
            "contentLocation": {"@type": "Place", "name": self.place} if self.place else None,
            "associatedMedia": [_picture(shot) for shot in self.shots()[:TOLD]],
        }

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add ``pictures``, one page of them with their numbers, or the one asked for as ``shot``.

        ``?anh=3`` shows the third picture large, with ``previous`` and ``following`` numbers.
        """
        shots = self.shots()
        images = [shot["image"] for shot in shots]
        prefetch_related_objects(images, "renditions")
        number = _number(request.GET.get(SHOT, ""), len(shots))
        return {
            **super().get_context(request, *args, **kwargs),
            "count": len(shots),
            "pictures": page_of(request, list(enumerate(shots, 1)), PER_PAGE),
            "number": number,
            "shot": shots[number - 1] if number else None,
            "previous": number - 1,
            "following": number + 1 if 0 < number < len(shots) else 0,
        }


def _picture(shot: Any) -> dict[str, Any]:
    """Return a picture in schema.org's words, in the size that the grid shows anyway."""
    return {"@type": "ImageObject", "contentUrl": shot["image"].get_rendition(SIZES[1]).url,
            "caption": shot.words, "creditText": shot.author}  # fmt: skip


def _number(text: str, count: int) -> int:
    """Return the picture asked for, 0 for none of them."""
    number = int(text) if text.isdecimal() and len(text) < 6 else 0
    return number if number <= count else 0
