"""“Legal documents” in the admin: all of the site's documents with status and deadline."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column

from motcua.text.dates import format_date
from sites.base.page_lists import PageList, PageListView, columns

from .deadlines import deadline_of, overdue
from .pages import DocumentsPage, LegalDocumentPage
from .states import State

UNDATED, LATE = "undated", "overdue"


def values_of(column: str) -> Any:
    """Return the choices of a filter: what the site's documents have in a column."""

    def choices() -> list[tuple[str, str]]:
        used = LegalDocumentPage.objects.exclude(**{column: ""}).order_by(column)
        return [(value, value) for value in used.values_list(column, flat=True).distinct()]

    return choices


def day_of_issue(document: Any) -> str:
    """Return the day of issue as offices write it, not how long ago it was."""
    return format_date(document.issued) if document.issued else "–"


class DocumentFilterSet(WagtailFilterSet):
    """By type, issuer, state, day of issue, list, and what is overdue."""

    type = django_filters.ChoiceFilter(
        label=pgettext_lazy("of a document", "Type"), choices=values_of("type")
    )
    issuer = django_filters.ChoiceFilter(label=_("Issuer"), choices=values_of("issuer"))
    issued = django_filters.DateFromToRangeFilter(
        label=_("Date of issue"), widget=DateRangePickerWidget
    )
    state = django_filters.ChoiceFilter(
        label=pgettext_lazy("of a document", "Status"), choices=State.choices, method="in_state"
    )
    attention = django_filters.ChoiceFilter(
        label=_("Attention"),
        choices=[(LATE, _("Overdue drafts")), (UNDATED, _("Number, type, issuer or date missing"))],
        method="needing",
    )
    section = django_filters.ModelChoiceFilter(
        label=_("List of documents"), queryset=DocumentsPage.objects.all(), method="below"
    )

    class Meta:
        model = LegalDocumentPage
        fields: list[str] = []

    def in_state(self, documents: Any, _name: str, value: str) -> QuerySet[Any]:
        """Documents in one state today."""
        return documents.filter(pk__in=_pks(LegalDocumentPage.objects.with_state().filter(
            state_now=value)))  # fmt: skip

    def needing(self, documents: Any, _name: str, value: str) -> QuerySet[Any]:
        """Documents that somebody should look at."""
        found = overdue() if value == LATE else LegalDocumentPage.objects.incomplete()
        return documents.filter(pk__in=_pks(found))

    def below(self, documents: Any, _name: str, section: DocumentsPage) -> QuerySet[Any]:
        """Documents of one list and those below it."""
        return documents.filter(path__startswith=section.path)


def _pks(documents: Any) -> Any:
    return documents.order_by().values("pk")


class StateColumn(Column):
    """Whether a document is in force."""

    cell_template_name = "documents/cells/tag.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Add the words; colours are for what needs attention."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "text": instance.specific.state.label, "tone": ""}


class DeadlineColumn(Column):
    """How a document stands to its two working days."""

    cell_template_name = "documents/cells/tag.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Add words and tone; neither without a deadline."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        deadline = deadline_of(instance.specific)
        return {
            **context,
            "text": deadline.text if deadline else "",
            "tone": deadline.tone if deadline else "",
        }


class DocumentIndexView(PageListView):
    """The list: newest work first, search by number in any writing."""

    def order_queryset(self, queryset: Any) -> Any:
        """Put documents without a day of issue last, also when the newest come first."""
        if self.ordering == "-issued":
            return queryset.order_by(F("issued").desc(nulls_last=True), "-pk")
        return super().order_queryset(queryset)

    def search_queryset(self, queryset: Any) -> Any:
        """Find by number or by words, as visitors do."""
        if not self.is_searching:
            return queryset
        found = LegalDocumentPage.objects.found_by(self.search_query)
        return queryset.filter(pk__in=_pks(found))


class DocumentListing(PageList):
    """All documents of the site."""

    model = LegalDocumentPage
    name = "legal_documents"
    url_prefix = "legal-documents"
    icon = "doc-full"
    menu_label = _("All documents")
    menu_order = 100
    index_view_class = DocumentIndexView
    filterset_class = DocumentFilterSet
    columns = columns(
        Column(
            "number",
            label=pgettext_lazy("of a document", "Number"),
            sort_key="number_sort",
            classname="document-number",
        ),
        Column("type", label=pgettext_lazy("of a document", "Type"), sort_key="type"),
        Column("issued", label=_("Date of issue"), accessor=day_of_issue, sort_key="issued"),
        StateColumn("state", label=pgettext_lazy("of a document", "Status")),
        DeadlineColumn("deadline", label=_("Deadline")),
        title=pgettext_lazy("of a document", "Document"),
    )
