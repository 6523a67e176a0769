"""“Import from CSV” in the admin: upload, what would come of it, progress, report, taking back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views import View
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from . import importing
from .csv_reading import AUTOMATIC, MAX_BYTES, WINDOWS_1258, UnreadableError
from .csv_rows import counts
from .exporting import csv_response
from .imports import DocumentImport
from .pages import DocumentsPage
from .vocabulary import COLUMNS

NAME = "document_imports"
SHOWN_IMPORTS = 20
PER_PAGE = 100
Status = DocumentImport.Status


def sections_for(user: Any) -> Any:
    """Return the Vietnamese lists in which a person may add and publish documents."""
    sections = DocumentsPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    allowed = [section.pk for section in sections if may_import(user, section)]
    return sections.filter(pk__in=allowed).order_by("path")


def may_import(user: Any, section: DocumentsPage | None) -> bool:
    """Whether a person may add and publish documents in a list."""
    if section is None:
        return bool(user.is_superuser)
    rights = section.permissions_for_user(user)
    return bool(rights.can_add_subpage() and rights.can_publish_subpage())


class UploadForm(forms.Form):
    """A list of documents to upload."""

    section = forms.ModelChoiceField(
        label=gettext_lazy("List of documents"), queryset=DocumentsPage.objects.none()
    )
    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy("With a heading line; separated by commas, semicolons or tabs."),
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("Encoding"),
        required=False,
        choices=[
            (AUTOMATIC, gettext_lazy("Unicode (UTF-8 or UTF-16), found out by itself")),
            (WINDOWS_1258, gettext_lazy("Windows-1258 (old files)")),
        ],
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places: Any = self.fields["section"]
        places.queryset = sections_for(user)
        places.initial = places.queryset.first()


class Screen(WagtailAdminTemplateMixin):
    """A screen of imports, in Wagtail's frame."""

    header_icon = "upload"
    page_title = gettext_lazy("Import documents from CSV")
    request: HttpRequest
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse people who may publish documents nowhere.

        Raises:
            PermissionDenied: they may not.
        """
        if not sections_for(request.user).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def upload(self) -> DocumentImport:
        """The import that the address names; 404 if there is none.

        Raises:
            PermissionDenied: its list is none of this person's.
        """
        upload = get_object_or_404(DocumentImport, pk=self.kwargs["pk"])
        if not may_import(self.request.user, upload.section):
            raise PermissionDenied
        return upload


class UploadView(Screen, FormView):
    """Upload a list; earlier ones below."""

    template_name = "documents/imports/index.html"
    form_class = UploadForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Add the person, who decides which lists there are to choose from."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the latest imports and the names of the columns."""
        mine = DocumentImport.objects.filter(section__in=sections_for(self.request.user))
        latest = mine.defer("rows", "skipped").select_related("section")[:SHOWN_IMPORTS]
        return super().get_context_data(imports=latest, columns=list(COLUMNS), **kwargs)

    def form_valid(self, form: UploadForm) -> HttpResponse:
        """Keep a readable list and show what would come of it."""
        file = form.cleaned_data["file"]
        try:
            upload = importing.create_import(
                section=form.cleaned_data["section"],
                data=file.read(MAX_BYTES + 1),
                file_name=file.name,
                by=self.request.user,
                encoding=form.cleaned_data["encoding"],
            )
        except UnreadableError as error:
            form.add_error("file", error.message)
            return self.form_invalid(form)
        return redirect(f"{NAME}:import", pk=upload.pk)


class ImportView(Screen, TemplateView):
    """One import: what would come of it, how far it is, what became of it."""

    def get_page_title(self) -> str:
        """The file's name."""
        return self.upload.file_name

    def get_template_names(self) -> list[str]:
        """One screen while a job works on it, one for all other states."""
        name = "progress" if self.upload.is_moving else "import"
        return [f"documents/imports/{name}.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the import, the kinds of oddities with their counts, and the lines with any."""
        context = super().get_context_data(
            upload=self.upload, progress=progress_of(self.upload), **kwargs
        )
        return context if self.upload.is_moving else {**context, **self._report()}

    def _report(self) -> dict[str, Any]:
        rows = importing.rows_of(self.upload)
        code = self.request.GET.get("code", "")
        odd = [row for row in rows if row.oddities and _has(row, code)]
        return {
            "total": len(rows),
            "odd": len([row for row in rows if row.oddities]),
            "kinds": counts(rows),
            "code": code,
            "lines": Paginator(odd, PER_PAGE).get_page(self.request.GET.get("p")),
            "untouched": importing.untouched(self.upload).count(),
        }


def _has(row: Any, code: str) -> bool:
    return not code or any(oddity.kind == code for oddity in row.oddities)


class StartView(Screen, View):
    """Begin an import, or go on with one whose job has died."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand it to a job."""
        if self.upload.status in {Status.CHECKED, Status.RUNNING}:
            importing.start(upload=self.upload, by=request.user)
        return redirect(f"{NAME}:import", pk=pk)


class UndoView(Screen, View):
    """Take a finished import back."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand it to a job."""
        if self.upload.status in {Status.FINISHED, Status.UNDOING}:
            importing.start_undoing(upload=self.upload, by=request.user)
        return redirect(f"{NAME}:import", pk=pk)


class ProgressView(Screen, View):
    """How far an import is, as JSON."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer the page's script."""
        return JsonResponse(progress_of(self.upload))


class ReportView(Screen, View):
    """Every line with what became of it, as a file."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return the report."""
        skipped = set(self.upload.skipped)
        rows = (
            [row.line, row.values["number"], self._result(place, row.line in skipped),
             "; ".join(oddity.text for oddity in row.oddities)]
            for place, row in enumerate(importing.rows_of(self.upload))
        )  # fmt: skip
        headings = [_("Line"), pgettext("of a document", "Number"), _("Result"), _("Remarks")]
        return csv_response(f"bao-cao-{pk}.csv", headings, rows)

    def _result(self, place: int, there: bool) -> str:
        if place >= self.upload.position:
            return _("not imported yet")
        return _("already there") if there else _("imported")


def progress_of(upload: DocumentImport) -> dict[str, Any]:
    """Return how far an import is: whether it moves, percent, words."""
    total = upload.created if upload.status == Status.UNDOING else upload.total
    done = upload.removed if upload.status == Status.UNDOING else upload.position
    words = _("%(done)s of %(total)s documents")
    return {
        "moving": upload.is_moving,
        "percent": 100 * done // total if total else 100,
        "text": words % {"done": number_format(done), "total": number_format(total)},
    }


class ImportViewSet(ViewSet):
    """The screens of imports, below ``/admin/document-imports/``."""

    name = NAME
    url_prefix = "document-imports"
    icon = "upload"
    menu_label = gettext_lazy("Import from CSV")
    menu_order = 200

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses of the screens."""
        return [
            path("", UploadView.as_view(), name="index"),
            path("<int:pk>/", ImportView.as_view(), name="import"),
            path("<int:pk>/start/", StartView.as_view(), name="start"),
            path("<int:pk>/undo/", UndoView.as_view(), name="undo"),
            path("<int:pk>/progress/", ProgressView.as_view(), name="progress"),
            path("<int:pk>/report.csv", ReportView.as_view(), name="report"),
        ]
