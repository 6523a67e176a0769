"""Images and documents of a site."""

from __future__ import annotations

import logging
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    Image,
    SourceImageIOError,
)

log = logging.getLogger(__name__)


class SiteImage(AbstractImage):
    """A picture with what the law and good manners ask for: who made it, what it shows."""

    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(_("photographer or source"), max_length=150, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "caption", "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_siteimage", "Can choose image")]

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
