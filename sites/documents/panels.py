"""The edit view of a document, in tabs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)
from wagtail.models import Page

from .forms import FIELD_INPUT, ISSUER_INPUT, SIGNER_INPUT, TYPE_INPUT


class DeadlinePanel(Panel):
    """Says until when the document must be online."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one document."""

        template_name = "documents/panels/deadline.html"

        def is_shown(self) -> bool:
            """Whether the document has a deadline."""
            return self.deadline is not None

        @property
        def deadline(self) -> Any:
            """The document's deadline as it is stored."""
            from .deadlines import deadline_of

            return deadline_of(self.instance) if self.instance.pk else None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add ``deadline``."""
            return {**super().get_context_data(parent_context), "deadline": self.deadline}


def document_panels() -> Panel:
    """Return the form of a document: what it says, its status, files, the rest."""
    return TabbedInterface(
        [
            ObjectList(_document(), heading=pgettext_lazy("of a document", "Document")),
            ObjectList(_files(), heading=_("Files")),
            ObjectList(_validity(), heading=_("Status and relations")),
            ObjectList(_further(), heading=_("Further facts")),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ]
    )


def _document() -> list[Panel]:
    return [
        DeadlinePanel(),
        FieldRowPanel([FieldPanel("number"), FieldPanel("type", widget=TYPE_INPUT)]),
        FieldPanel("abstract"),
        FieldRowPanel([FieldPanel("issued"), FieldPanel("effective")]),
        FieldPanel("issuer", widget=ISSUER_INPUT),
        FieldRowPanel([FieldPanel("signer", widget=SIGNER_INPUT), FieldPanel("signer_office")]),
        FieldPanel("field", widget=FIELD_INPUT),
    ]


def _files() -> list[Panel]:
    return [
        InlinePanel(
            "attachments",
            heading=_("Attachments"),
            label=_("Attachment"),
            help_text=_("The signed document first. A PDF's first page is shown as a picture."),
        ),
        FieldPanel("body"),
    ]


def _validity() -> list[Panel]:
    return [
        FieldPanel("stated"),
        FieldPanel("expires"),
        InlinePanel("relations", heading=_("What it does to other documents"),
                    label=_("Relation")),
    ]  # fmt: skip


def _further() -> list[Panel]:
    return [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("gazette_number"), FieldPanel("gazette_date")])],
            _("Official gazette"),
        ),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("source_url")], _("Source")),
        FieldPanel("notes"),
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            _("For search engines"),
        ),
    ]
