"""Statistics and open data: files with everything one must know to use them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList, TabbedInterface
from wagtail.models import PageManager
from wagtail_localize.fields import SynchronizedField, TranslatableField

from sites.base.blocks import DocumentLinkBlock
from sites.base.stream_fields import BlocksField

from .entries import EntryPage, EntryQuerySet, period_panel, tabs
from .preview import Preview, preview
from .registers import RegisterKind

# Formats by the end of a file's name: the media type (IANA) for machines.
MEDIA_TYPES = {
    "csv": "text/csv",
    "txt": "text/plain",
    "json": "application/json",
    "geojson": "application/geo+json",
    "xml": "application/xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "pdf": "application/pdf",
    "zip": "application/zip",
}


class Frequency(models.TextChoices):
    """How often new figures come."""

    DAILY = "daily", _("Daily")
    WEEKLY = "weekly", _("Weekly")
    MONTHLY = "monthly", _("Monthly")
    QUARTERLY = "quarterly", _("Quarterly")
    HALF_YEARLY = "half_yearly", _("Every six months")
    YEARLY = "yearly", _("Yearly")
    ONCE = "once", _("Once, or when something changes")


# Days after the last update from which on a dataset is overdue: the period and time to compile.
LATE_AFTER = {
    Frequency.DAILY: 3,
    Frequency.WEEKLY: 10,
    Frequency.MONTHLY: 45,
    Frequency.QUARTERLY: 120,
    Frequency.HALF_YEARLY: 215,
    Frequency.YEARLY: 400,
}


class Licence(models.TextChoices):
    """What may be done with the data."""

    FREE = "free", _("Free to use if the source is named")
    CC_BY = "cc-by", "CC BY 4.0"
    CC0 = "cc0", "CC0 1.0"
    OTHER = "other", _("As the description says")


LICENCE_URLS = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
}


class DataFileBlock(DocumentLinkBlock):
    """A file of data, and the day it is of."""

    updated = blocks.DateBlock(label=_("Updated"), required=False)
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=200)

    class Meta:
        icon = "doc-full"
        label = _("Data file")


class ColumnBlock(blocks.StructBlock):
    """One column of the data, explained."""

    name = blocks.CharBlock(label=_("Column"), max_length=100)
    meaning = blocks.CharBlock(label=_("Meaning"), max_length=300)

    class Meta:
        icon = "table"
        label = _("Column")


@dataclass(frozen=True)
class DataFile:
    """A file as the page lists it."""

    document: Any
    title: str
    format: str
    size: int | None
    updated: date | None
    note: str

    @property
    def media_type(self) -> str:
        """The file's media type, for machines."""
        return MEDIA_TYPES.get(self.format.lower(), "application/octet-stream")


class DatasetQuerySet(EntryQuerySet):
    """Datasets by intent."""

    def overdue(self, day: date) -> Self:
        """Those whose next figures should have been there by ``day``."""
        late = Q()
        for frequency, days in LATE_AFTER.items():
            late |= Q(frequency=frequency, updated_on__lt=day - timedelta(days=days))
        return self.filter(late)


class DatasetPage(EntryPage):
    """Figures as files: description, period, frequency, licence, columns, preview."""

    publisher = models.CharField(
        _("publisher"), max_length=200, blank=True,
        help_text=_("Leave empty if it is your own agency."),
    )  # fmt: skip
    unit = models.CharField(_("unit of measure"), max_length=100, blank=True)
    frequency = models.CharField(
        _("updated how often"), max_length=12, choices=Frequency.choices, default=Frequency.YEARLY
    )
    updated_on = models.DateField(
        _("figures updated on"), default=timezone.localdate,
        help_text=_("From this day and the frequency follows when the data counts as overdue."),
    )  # fmt: skip
    licence = models.CharField(
        _("licence"), max_length=10, choices=Licence.choices, default=Licence.FREE
    )
    keywords = models.CharField(
        _("keywords"), max_length=200, blank=True, help_text=_("Separated by commas.")
    )
    columns = BlocksField(
        [("column", ColumnBlock())], verbose_name=_("columns of the data"), blank=True
    )
    data_files = BlocksField([("file", DataFileBlock())], verbose_name=_("data files"), blank=True)
    formats = models.CharField(max_length=100, blank=True, editable=False)

    template = "pages/dataset.html"
    register_kinds = frozenset({RegisterKind.DATASETS})
    day_field = "updated_on"
    found_by = (*EntryPage.found_by, "publisher", "keywords", "formats")
    translatable_fields = [
        *EntryPage.translatable_fields,
        *(TranslatableField(name) for name in ("publisher", "unit", "keywords", "columns",
          "data_files")),
        *(SynchronizedField(name) for name in ("frequency", "updated_on", "licence")),
    ]  # fmt: skip
    edit_handler = TabbedInterface(
        tabs(
            [
                HelpPanel(_("Law 104/2016/QH13, article 17: statistics on the field an agency "
                            "manages are made public. Say what is counted, of which time, in which "
                            "unit.")),
                FieldRowPanel([FieldPanel("updated_on"), FieldPanel("frequency")]),
                FieldRowPanel([FieldPanel("field"), FieldPanel("unit")]),
                period_panel(_("The time the figures are of.")),
                FieldRowPanel([FieldPanel("publisher"), FieldPanel("licence")]),
                FieldPanel("keywords"),
            ],
            ObjectList(
                [
                    FieldPanel("data_files", help_text=_(
                        "A CSV file in UTF-8 is the most useful: its first rows are shown on the "
                        "page. Excel, JSON and PDF files can stand beside it.")),
                    FieldPanel("columns"),
                ],
                heading=_("Data"),
            ),
        )
    )  # fmt: skip

    objects = PageManager.from_queryset(DatasetQuerySet)()

    class Meta:
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the formats, which lists show without opening the files."""
        self.formats = ", ".join(dict.fromkeys(file.format for file in self.file_list))
        super().save(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add ``preview``: the beginning of the first CSV file, if it can be read."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, "preview": self.get_preview()}

    @cached_property
    def file_list(self) -> list[DataFile]:
        """The files that still exist."""
        blocks_of_files = [block.value for block in self.data_files]
        return [_data_file(value) for value in blocks_of_files if value.get("document")]

    @property
    def due_on(self) -> date | None:
        """The day after which the data is overdue; nothing where no figures are expected."""
        days = LATE_AFTER.get(Frequency(self.frequency))
        return self.updated_on + timedelta(days=days) if days and self.updated_on else None

    @property
    def is_overdue(self) -> bool:
        """Whether new figures should have been there by now."""
        due = self.due_on
        return due is not None and due < timezone.localdate()

    def get_preview(self) -> Preview | None:
        """Return the beginning of the first CSV file."""
        table = next((file.document for file in self.file_list if file.format == "CSV"), None)
        return preview(table) if table else None

    @property
    def licence_url(self) -> str:
        """Where the licence's text stands, if it has one."""
        return LICENCE_URLS.get(Licence(self.licence), "")

    @property
    def temporal_coverage(self) -> str:
        """The time the figures are of, as an interval of ISO 8601."""
        ends = [day.isoformat() if day else ".." for day in (self.starts_on, self.ends_on)]
        return "/".join(ends) if self.starts_on or self.ends_on else ""

    @property
    def keyword_list(self) -> list[str]:
        """The keywords one by one."""
        return [word.strip() for word in self.keywords.split(",") if word.strip()]

    @property
    def metadata(self) -> dict[str, Any]:
        """What machines want to know, under the names of schema.org's Dataset (as DCAT has them).

        ``distribution`` lists the files with addresses relative to the site.
        """
        return {
            "name": self.title,
            "description": self.abstract,
            "keywords": self.keyword_list,
            "license": self.licence_url or str(self.get_licence_display()),
            "publisher": self.publisher,
            "temporalCoverage": self.temporal_coverage,
            "dateModified": self.updated_on.isoformat(),
            "datePublished": self.first_published_at,
            "variableMeasured": [block.value["name"] for block in self.columns],
            "distribution": [
                {"name": file.title, "contentUrl": file.document.url,
                 "encodingFormat": file.media_type, "contentSize": file.size}
                for file in self.file_list
            ],
        }  # fmt: skip

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the metadata with the types that schema.org asks for."""
        told = self.metadata
        published = told["datePublished"]
        return {
            **told,
            "@type": "Dataset",
            "description": self.abstract or self.title,
            "license": self.licence_url
            or {"@type": "CreativeWork", "name": str(self.get_licence_display())},
            "publisher": {"@type": "Organization", "name": self.publisher}
            if self.publisher
            else None,
            "datePublished": published.isoformat() if published else None,
            "distribution": [
                {**file, "@type": "DataDownload", "contentSize": f"{file['contentSize']} B"}
                for file in told["distribution"]
            ],
        }

    @property
    def body_text(self) -> str:
        """What the page says, for search."""
        return " ".join([self.publisher, self.keywords, self.formats, super().body_text])

    @property
    def hub_details(self) -> dict[str, Any]:
        """Register, formats and the day of the figures."""
        return {
            "register": RegisterKind.DATASETS.value,
            "formats": self.formats,
            "updated_on": self.updated_on.isoformat(),
        }


def _data_file(value: Any) -> DataFile:
    document = value["document"]
    return DataFile(
        document=document,
        title=value.get("title") or document.title,
        format=document.file_extension.upper(),
        size=document.get_file_size(),
        updated=value.get("updated"),
        note=value.get("note") or "",
    )
