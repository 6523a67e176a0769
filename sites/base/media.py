"""Images and documents of a site; whatever is stored has passed `sites.base.uploads`."""

from __future__ import annotations

import logging
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    ImageQuerySet,
    SourceImageIOError,
)

from motcua.text.fields import normalise_model

from .uploads.alt_text import looks_like_a_file
from .uploads.fields import CheckedDocument, CheckedPicture, guard

log = logging.getLogger(__name__)


class SiteImageQuerySet(ImageQuerySet):
    """Pictures by intent."""

    def without_alt_text(self) -> SiteImageQuerySet:
        """Those from before descriptions were required: nobody said what they show."""
        return self.filter(Q(description=""), is_decorative=False)


class SiteImage(AbstractImage):
    """A picture with what the law and good manners ask for: who made it, what it shows."""

    # Not `decorative`: each picture in memory has that attribute from Wagtail, for one place.
    is_decorative = models.BooleanField(
        _("purely decorative"),
        default=False,
        db_default=False,
        help_text=_("It shows nothing that matters; people who do not see it miss nothing."),
    )
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(_("photographer or source"), max_length=150, blank=True)

    admin_form_fields = (
        "title", "file", "description", "is_decorative", "caption", "credit", "collection", "tags",
        "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
    )  # fmt: skip

    objects = SiteImageQuerySet.as_manager()

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_siteimage", "Can choose image")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the picture; its words are composed and without control characters."""
        normalise_model(self)
        super().save(*args, **kwargs)

    @property
    def default_alt_text(self) -> str:
        """What it shows; empty where it is decorative, or where only its file's name is known."""
        if self.is_decorative:
            return ""
        if self.description:
            return self.description
        return "" if looks_like_a_file(self.title) else self.title

    def generate_rendition_file(self, filter: Filter, *, source: Any = None) -> Any:
        """Make the picture in one size; a damaged file counts as a missing one.

        Each decoder has errors of its own. Told as Wagtail's, they cost the page its picture
        and not the page, and stop no publication.

        Raises:
            SourceImageIOError: the file is missing or cannot be read as a picture.
        """
        try:
            return super().generate_rendition_file(filter, source=source)
        except SourceImageIOError:
            raise
        except Exception as error:
            log.warning("The picture %s cannot be read: %s", self.pk, error)
            raise SourceImageIOError(str(error)) from error


class SiteRendition(AbstractRendition):
    """An image in one size."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="base_siterendition_unique",
            )
        ]


class SiteDocument(AbstractDocument):
    """A file for visitors to download."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_sitedocument", "Can choose document")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the file; its title is composed and without control characters."""
        normalise_model(self)
        super().save(*args, **kwargs)


guard(SiteImage, CheckedPicture)
guard(SiteDocument, CheckedDocument)
