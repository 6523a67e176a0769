"""The files of a document, in order, and pictures of their first pages."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from motcua.text.fields import normalise_model


class Attachment(Orderable):
    """One file of a document."""

    page = ParentalKey(
        "documents.LegalDocumentPage", on_delete=models.CASCADE, related_name="attachments"
    )
    document = models.ForeignKey(
        "base.SiteDocument",
        verbose_name=_("file"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    title = models.CharField(
        _("title"),
        max_length=200,
        blank=True,
        help_text=_("Only where the name of the file says too little, such as “Appendix 2”."),
    )

    panels = [FieldPanel("document"), FieldPanel("title")]

    class Meta(Orderable.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.title or str(self.document)

    def clean(self) -> None:
        """Normalise the title."""
        normalise_model(self)
        super().clean()

    @property
    def extension(self) -> str:
        """The type as people know it: PDF, DOCX."""
        return str(self.document.file_extension).upper()

    @property
    def size(self) -> int:
        """Bytes; 0 if the file is gone."""
        return int(self.document.get_file_size() or 0)

    @property
    def pages(self) -> int | None:
        """The number of pages of a PDF, once it has been opened."""
        made: Preview | None = getattr(self.document, "preview", None)
        return made.pages if made is not None else None

    @property
    def preview(self) -> Preview | None:
        """The picture of the file's first page, if there is one of the file as it is now."""
        made: Preview | None = getattr(self.document, "preview", None)
        return made if made is not None and made.shows(self.document) else None


class Preview(models.Model):
    """The first page of a PDF as a picture; without one where the file cannot be rendered.

    Kept apart from attachments, which revisions of their page overwrite.
    """

    wagtail_reference_index_ignore = True

    document = models.OneToOneField(
        "base.SiteDocument", primary_key=True, on_delete=models.CASCADE, related_name="preview"
    )
    source_name = models.CharField(max_length=255, help_text="The file it was made of.")
    image = models.ImageField(
        upload_to="previews", blank=True, width_field="width", height_field="height"
    )
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    pages = models.PositiveIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("preview")
        verbose_name_plural = _("previews")

    def __str__(self) -> str:
        return self.source_name

    def shows(self, document: Any) -> bool:
        """Whether there is a picture, and of the file that the document has now."""
        return bool(self.image) and self.source_name == document.file.name
