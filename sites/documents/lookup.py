"""Looking documents up: one address, one GET form, no script."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page
from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from motcua.text.folding import normalise_line
from sites.base.listing import PAGE, Choice, Facet, address, facet, page_of

from .exporting import csv_response
from .states import State
from .vocabulary import type_label

if TYPE_CHECKING:
    from .pages import DocumentsPage
    from .querysets import DocumentQuerySet

PER_PAGE = 20
MOST_ROWS = 20_000  # of a file
CSV_COLUMNS = ("number", "title", "type", "issuer", "signer", "issue_date", "effective_date",
               "status", "source", "url")  # fmt: skip
LONGEST_QUERY = 200
QUERY, SORT = "q", "sort"
NEWEST, BY_NUMBER = "newest", "number"
# Parameters and the columns they stand for.
COLUMNS = {"type": "type", "issuer": "issuer", "field": "field", "year": "issued__year",
           "status": "state_now"}  # fmt: skip
Rows = Iterable[tuple[Any, Any, int]]


class Lookup:
    """What an address asks of a list of documents, and what is found."""

    def __init__(self, section: DocumentsPage, request: HttpRequest) -> None:
        self.section = section
        self.request = request
        self.query = normalise_line(request.GET.get(QUERY, "")[:LONGEST_QUERY])
        self.sort = BY_NUMBER if request.GET.get(SORT) == BY_NUMBER else NEWEST
        self.chosen = {
            name: value for name in COLUMNS if (value := _clean(name, request.GET.get(name, "")))
        }

    @cached_property
    def _all(self) -> DocumentQuerySet:
        documents = self.section.documents().with_state()
        return documents.found_by(self.query) if self.query else documents

    def found(self, *, without: str = "") -> DocumentQuerySet:
        """Return the documents that match, in no order.

        Args:
            without: a parameter to leave out, as the counts of its own facet do.
        """
        wanted = {COLUMNS[name]: value for name, value in self.chosen.items() if name != without}
        return self._all.filter(**wanted)

    def in_order(self) -> DocumentQuerySet:
        """Return what matches in the order asked for, the exact number always first."""
        found = self.found()
        ordered = found.by_number() if self.sort == BY_NUMBER else found.newest()
        if self.query:
            ordered = ordered.order_by("rank", *ordered.query.order_by)
        return ordered

    @cached_property
    def page(self) -> Page[Any]:
        """The page of results that the address asks for."""
        documents = page_of(self.request, self.in_order().with_files(), PER_PAGE)
        language = self.section.locale.language_code
        elsewhere = type(documents[0]).addresses_in(documents, language) if documents else {}
        for document in documents:
            document.shown_url = elsewhere.get(document.pk) or document.url
        return documents

    @property
    def has_files(self) -> bool:
        """Whether any document of the page has a file."""
        return any(document.first_file for document in self.page)

    def as_csv(self) -> HttpResponse:
        """Return everything found as a file, in the columns that an import understands."""
        rows = (
            [one.number, one.abstract, one.type, one.issuer, one.signer, one.issued, one.effective,
             one.state.label, one.source, one.full_url]
            for one in self.in_order()[:MOST_ROWS]
        )  # fmt: skip
        return csv_response(f"{self.section.slug}.csv", CSV_COLUMNS, rows)

    @property
    def is_active(self) -> bool:
        """Whether the list is narrowed down."""
        return bool(self.query or self.chosen)

    @property
    def everything(self) -> str:
        """The address of the whole list."""
        return self.request.path

    @cached_property
    def type(self) -> Facet:
        """Types, the most frequent first."""
        rows = self._counts("type")
        return facet(
            self.request,
            "type",
            pgettext("of a document", "Type"),
            [(v, type_label(v), n) for v, _v, n in rows],
        )

    @cached_property
    def issuer(self) -> Facet:
        """Issuing agencies, the most frequent first."""
        return facet(self.request, "issuer", _("Issuer"), self._counts("issuer"))

    @cached_property
    def field(self) -> Facet:
        """Fields of government, the most frequent first."""
        return facet(
            self.request, "field", pgettext("of a document", "Field"), self._counts("field")
        )

    @cached_property
    def year(self) -> Facet:
        """Years of issue, the latest first."""
        found = self.found(without="year").exclude(issued=None)
        years = found.annotate(issue_year=ExtractYear("issued")).values_list("issue_year")
        rows = years.order_by("-issue_year").annotate(count=Count("pk"))
        return facet(self.request, "year", _("Year"), [(year, year, n) for year, n in rows])

    @cached_property
    def status(self) -> Facet:
        """States, in the order of a document's life."""
        counts = {value: count for value, _v, count in self._counts("status")}
        rows = [(state.value, state.label, counts[state]) for state in State if state in counts]
        return self._named_states(
            facet(self.request, "status", pgettext("of a document", "Status"), rows)
        )

    @property
    def facets(self) -> list[Facet]:
        """The facets that the form has as lists to choose from; empty ones are left out."""
        all_of_them = [self.type, self.issuer, self.field, self.year]
        return [one for one in all_of_them if one.choices]

    @property
    def sorts(self) -> list[Choice]:
        """The orders a list can have."""
        labels = {NEWEST: _("Newest first"), BY_NUMBER: _("By number")}
        return [
            Choice(name, label, 0, address(self.request, sort=name), name == self.sort)
            for name, label in labels.items()
        ]

    @property
    def all_states(self) -> str:
        """The address without a state."""
        return address(self.request, status="")

    def csv_address(self) -> str:
        """Return the address of everything found, as a file."""
        query = self.request.GET.copy()
        query.pop(PAGE, None)
        query["format"] = "csv"
        return f"{self.request.path}?{query.urlencode()}"

    def _counts(self, name: str) -> list[tuple[str, str, int]]:
        column = COLUMNS[name]
        found = self.found(without=name).exclude(**{column: ""})
        rows = found.values_list(column).annotate(count=Count("pk")).order_by("-count", column)
        return [(value, value, count) for value, count in rows]

    @staticmethod
    def _named_states(states: Facet) -> Facet:
        """Give a state in force by address alone its name."""
        labels = dict(State.choices)
        choices = [
            Choice(c.value, str(labels.get(c.value, c.label)), c.count, c.url, c.active)
            for c in states.choices
        ]
        return Facet(states.name, states.label, choices)


def _clean(name: str, value: str) -> str:
    """Return a parameter's value if it can be meant; anything else asks for nothing."""
    value = normalise_line(value[:255])
    if name == "year":
        return value if value.isascii() and value.isdigit() and len(value) == 4 else ""
    if name == "status":
        return value if value in State.values else ""
    return value
