"""Many sites from one file: upload, report, confirmation, live progress, result."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.decorators.http import require_safe
from django.views.generic import FormView, TemplateView

from tenants import csv_files, imports
from tenants.csv_files import CheckedFile, NewSiteRow
from tenants.csv_table import MAX_BYTES
from tenants.models import SiteImport
from tenants.problems import LineProblem, in_both_languages

from .actions import start_import
from .forms import UploadForm
from .progress import progress_of
from .views import RegistryScreen

SHOWN_PROBLEMS = 500
SHOWN_ROWS = 20
SHOWN_IMPORTS = 20

SAMPLE = (
    "label,name_vi,name_en,kind,parent,agency_code,address,phone,email,admin_name,admin_email\r\n"
    "soyte,Sở Y tế,Department of Health,sở,,,,,,,\r\n"
    "tanphuoc,Huyện Tân Phước,Tan Phuoc District,huyện,,,,,,,\r\n"
    "thanhtan,Xã Thạnh Tân,Thanh Tan Commune,xã,tanphuoc,,,,,,\r\n"
)


class UploadView(RegistryScreen, FormView):
    """Upload a list; a list with problems is answered with all of them, and nothing is kept."""

    template_name = "main/registry/imports.html"
    page_title = gettext_lazy("Import from a CSV file")
    form_class = UploadForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the latest imports."""
        latest = SiteImport.objects.all()[:SHOWN_IMPORTS]
        return super().get_context_data(imports=latest, **kwargs)

    def form_valid(self, form: UploadForm) -> HttpResponse:
        """Check the file; go on with a sound one, report what is wrong with another."""
        file: UploadedFile = form.cleaned_data["file"]
        checked = csv_files.read(file.read(MAX_BYTES + 1), file.name or "")
        if not checked.is_sound:
            return self.render_to_response(self.get_context_data(form=form, **report(checked)))
        upload = imports.create_import(checked, checked.file_name, by=self.request.user)
        return redirect("member_sites:import", pk=upload.pk)


class ImportScreen(RegistryScreen):
    """What the screens of one import share."""

    kwargs: dict[str, Any]

    @cached_property
    def upload(self) -> SiteImport:
        """The import that the address names."""
        return get_object_or_404(SiteImport, pk=self.kwargs["pk"])

    def breadcrumbs_between(self) -> list[dict[str, Any]]:
        """Lead through the upload."""
        return [{"url": reverse("member_sites:imports"), "label": _("Import from a CSV file")}]


class ImportView(ImportScreen, TemplateView):
    """One import: what it would make, how far it is, or what became of it."""

    def get_page_title(self) -> str:
        """The file's name."""
        return self.upload.file_name

    def get_template_names(self) -> list[str]:
        """One screen for each state of an import."""
        return [f"main/registry/import_{self.upload.status}.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the import, its progress and the first rows."""
        rows = [NewSiteRow.from_json(row) for row in self.upload.rows[:SHOWN_ROWS]]
        return super().get_context_data(
            upload=self.upload,
            progress=progress_of(self.upload),
            rows=rows,
            more=len(self.upload.rows) - len(rows),
            **kwargs,
        )


class StartView(ImportScreen, View):
    """Begin an import, or try once more what failed in a finished one."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand it to a job."""
        start_import(upload=self.upload, by=request.user)
        return redirect("member_sites:import", pk=pk)


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Return, as JSON, how far an import has come."""
    return JsonResponse(progress_of(get_object_or_404(SiteImport, pk=pk)).as_json())


@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """Return a list to begin with, in the encoding that spreadsheets recognise."""
    headers = {"Content-Disposition": 'attachment; filename="cong-thanh-phan.csv"'}
    return HttpResponse(SAMPLE.encode("utf-8-sig"), content_type="text/csv", headers=headers)


def report(checked: CheckedFile) -> dict[str, Any]:
    """Return what the screen says of a file with problems."""
    problems = checked.problems[:SHOWN_PROBLEMS]
    summary = ngettext(
        "%(bad)s line of %(file)s cannot be used. Nothing has been created.",
        "%(bad)s lines of %(file)s cannot be used. Nothing has been created.",
        checked.bad_lines,
    )
    return {
        "summary": summary % {"bad": checked.bad_lines, "file": checked.file_name},
        "problems": [_shown(problem) for problem in problems],
        "more_problems": len(checked.problems) - len(problems),
    }


def _shown(problem: LineProblem) -> dict[str, Any]:
    return {
        "line": problem.line,
        "field": problem.field,
        "reason": in_both_languages(problem.message),
    }
