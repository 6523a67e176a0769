"""The report on a site's translation, and its exchange as PO files."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import django_filters
from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django_tasks import TaskResultStatus, default_task_backend
from django_tasks.exceptions import TaskResultDoesNotExist
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from . import importing, po_files
from .progress import State, expected_pages, target_locale

LOOKS_AGAIN = 3  # seconds; a page of the administration without a script of its own
UPLOAD_LIMIT = 5 * 1024 * 1024  # bytes

READING_PROBLEMS = {
    "syntax": _("This is not a PO file, or it is damaged."),
    "site": _("This file was not exported from this site."),
    "language": _("This file is not for a language that this site is translated into."),
}

may_translate = permission_required(importing.PERMISSION)


class ProgressFilterSet(WagtailFilterSet):
    """Pages by how they stand in the other language."""

    state = django_filters.ChoiceFilter(label=_("Translation"), choices=State.choices)
    title = django_filters.CharFilter(label=_("Title"), lookup_expr="icontains")

    class Meta:
        model = Page
        fields = ["state", "title"]


def translate_url(page: Any) -> str:
    """Return where somebody goes on with the translation of a page of `source_pages`."""
    if page.state == State.MISSING:
        return reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    return reverse("wagtailadmin_pages:edit", args=[page.twin])


class ProgressView(ReportView):
    """Every published Vietnamese page with its translation; CSV and XLSX too."""

    page_title = _("Translation progress")
    header_icon = "wagtail-localize-language"
    index_url_name = "translations:progress"
    index_results_url_name = "translations:progress_results"
    filterset_class = ProgressFilterSet
    permission_policy = page_permission_policy
    any_permission_required = {"add", "change", "publish"}
    list_export = ["title", "state", "last_published_at", "full_url"]
    export_headings = {
        "title": _("Title"),
        "state": _("Translation"),
        "last_published_at": _("Published"),
        "full_url": _("Address"),
    }
    columns = [
        TitleColumn("title", label=_("Title"), get_url=lambda page: reverse(
            "wagtailadmin_pages:edit", args=[page.pk])),
        Column("state", label=_("Translation"), accessor=lambda page: State(page.state).label),
        DateColumn("last_published_at", label=_("Published")),
        TitleColumn("translate", label=_("Next step"), accessor=lambda page: _("Translate")
                    if page.state == State.MISSING else _("Open the translation"),
                    get_url=translate_url),
    ]  # fmt: skip

    @property
    def header_buttons(self) -> list[Any]:
        """Offer the files to those who may translate."""
        if not self.request.user.has_perm(importing.PERMISSION):
            return []
        address = reverse("translations:po")
        return [HeaderButton(_("PO files"), url=address, icon_name="download")]

    def get_queryset(self) -> Any:
        """Return what the person may work on."""
        target = target_locale()
        if target is None:
            return Page.objects.none()
        pages = page_permission_policy.instances_user_has_any_permission_for(
            self.request.user, {"add", "change", "publish"}
        )
        return expected_pages(target).filter(pk__in=pages.values("pk"))


class ImportForm(forms.Form):
    """A PO file, and whether complete pages go live."""

    file = forms.FileField(label=_("PO file"), widget=forms.FileInput(attrs={"accept": ".po,.pot"}))
    publish = forms.BooleanField(
        label=_("Publish the pages that are complete"),
        required=False,
        help_text=_("Otherwise every page is left as a draft for somebody to look at."),
    )

    def clean_file(self) -> list[po_files.Line]:
        """Return the file's lines, once it is one of this site."""
        upload = self.cleaned_data["file"]
        if upload.size > UPLOAD_LIMIT:
            raise forms.ValidationError(_("The file is larger than 5 MB."))
        try:
            return po_files.read(upload.read())
        except po_files.NotAPoFile as error:
            raise forms.ValidationError(READING_PROBLEMS[str(error)]) from error


def _screen(title: Any) -> dict[str, Any]:
    """Return what the administration's frame needs of a screen below the report."""
    way = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("translations:progress"), "label": ProgressView.page_title},
        {"url": "", "label": title},
    ]
    return {"page_title": title, "header_title": title, "header_icon": "download",
            "breadcrumbs_items": way}  # fmt: skip


@may_translate
def exchange(request: HttpRequest) -> HttpResponse:
    """Offer the files to translate and take one back."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        lines = [asdict(line) for line in form.cleaned_data["file"]]
        result = importing.import_lines.enqueue(
            lines=lines, user_id=request.user.pk, publish=form.cleaned_data["publish"]
        )
        return HttpResponseRedirect(reverse("translations:imported", args=[result.id]))
    pages = len(po_files.pages_for_translators(_root(request)))
    parts = range(1, -(-pages // po_files.PER_FILE) + 1)
    context = {
        **_screen(_("Translations as PO files")),
        "form": form,
        "pages": pages,
        "parts": parts,
        "page_id": request.GET.get("page", ""),
    }
    return render(request, "translations/po.html", context)


@may_translate
@require_safe
def export_file(request: HttpRequest, part: int) -> HttpResponse:
    """Hand out a file of words to translate: of the site, or of ``?page=`` and below.

    Raises:
        Http404: there is no such part or page.
    """
    first = (part - 1) * po_files.PER_FILE
    pages = po_files.pages_for_translators(_root(request))[first : first + po_files.PER_FILE]
    if not pages:
        raise Http404
    name = f"{request.tenant.label}-{part}.po"
    return HttpResponse(
        str(po_files.export(pages)),
        content_type="text/x-gettext-translation; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _root(request: HttpRequest) -> Page | None:
    number = request.GET.get("page", "")
    if not number:
        return None
    if not number.isdecimal():
        raise Http404
    return get_object_or_404(Page, pk=int(number))


@may_translate
@require_safe
def imported(request: HttpRequest, job: str) -> HttpResponse:
    """Show what came of a file, line by line; until then how far it is, looking again by itself.

    Raises:
        Http404: no such import on this site.
    """
    try:
        result = default_task_backend.get_result(job)
    except TaskResultDoesNotExist as error:
        raise Http404 from error
    if result.task.module_path != importing.import_lines.module_path:
        raise Http404
    report = result.return_value if result.status == TaskResultStatus.SUCCESSFUL else None
    failed = result.status == TaskResultStatus.FAILED
    moving = report is None and not failed
    context = {
        **_screen(_("Imported translations")),
        "report": report,
        "failed": failed,
        "way": importing.way_of(result.kwargs["lines"], result.started_at) if moving else None,
        "problems": [
            (number, importing.PROBLEMS[problem], detail)
            for number, problem, detail in (report["problems"] if report else [])
        ],
    }
    response = render(request, "translations/imported.html", context)
    if moving:
        response["Refresh"] = str(LOOKS_AGAIN)
    return response
