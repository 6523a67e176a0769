"""“Import from Word” in the admin: the upload, and what became of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from sites.base.pages import BodyPage

from .actions import import_word, last_report, page_types_below

IMPORT, REPORT = "base_word_import", "base_word_import_report"


def import_url(page: Page, user: Any) -> str:
    """Return where a person imports a document below a page; empty if they may not."""
    return reverse(IMPORT, args=[page.pk]) if page_types_below(page, user) else ""


class WordForm(forms.Form):
    """A document, and what to make of it."""

    file = forms.FileField(
        label=gettext_lazy("Word document"),
        help_text=gettext_lazy(
            "A file that ends in .docx, at most 20 MB. Headings, bold and italic letters, lists, "
            "tables, links, pictures and footnotes are kept; macros, scripts, embedded objects, "
            "comments and tracked deletions are dropped."
        ),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )
    page_type = forms.ChoiceField(label=gettext_lazy("Make of it"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=255,
        help_text=gettext_lazy("Left empty, it is taken from the document."),
    )

    def __init__(self, *args: Any, page_types: list[type[BodyPage]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page_types = {one._meta.label_lower: one for one in page_types}
        choices = [(label, one.get_verbose_name()) for label, one in self.page_types.items()]
        field: Any = self.fields["page_type"]
        field.choices, field.initial = choices, choices[0][0]
        if len(choices) == 1:
            field.widget = forms.HiddenInput()

    def clean_page_type(self) -> type[BodyPage]:
        """Return the chosen type itself."""
        return self.page_types[self.cleaned_data["page_type"]]


class Screen(WagtailAdminTemplateMixin):
    """A screen of the import, in Wagtail's frame."""

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """End the breadcrumb at the screen itself."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": str(self.page_title)}]


class WordImportView(Screen, FormView):
    """Upload a document below a page."""

    template_name = "base/word/import.html"
    form_class = WordForm
    page_title = gettext_lazy("Import from Word")
    header_icon = "upload"

    @cached_property
    def parent(self) -> Page:
        """The page that the draft will stand below."""
        return get_object_or_404(Page, pk=self.kwargs["parent"]).specific

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse people who may not add a page of text there.

        Raises:
            PermissionDenied: they may not.
        """
        self.page_types = page_types_below(self.parent, request.user)
        if not self.page_types:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Add the types of page to choose from."""
        return {**super().get_form_kwargs(), "page_types": self.page_types}

    def get_page_subtitle(self) -> str:
        """Name the page above."""
        return str(self.parent.get_admin_display_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the page above."""
        return super().get_context_data(parent=self.parent, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Make the draft, and show what was dropped and changed; else go on writing."""
        try:
            imported = import_word(
                parent=self.parent,
                page_type=form.cleaned_data["page_type"],
                file=form.cleaned_data["file"],
                title=form.cleaned_data["title"],
                by=self.request.user,
            )
        except ValidationError as error:
            form.add_error("file", error.messages)
            return self.form_invalid(form)
        return self._told(imported.page, bool(imported.report.counts))

    def _told(self, page: BodyPage, has_report: bool) -> HttpResponse:
        text = _("The draft “%(title)s” was made. Read it through before you publish it.")
        messages.success(self.request, text % {"title": page.title})
        name = REPORT if has_report else "wagtailadmin_pages:edit"
        return redirect(name, page.pk)


class WordReportView(Screen, TemplateView):
    """What the import of a page dropped, changed, and left to do."""

    template_name = "base/word/report.html"
    page_title = gettext_lazy("Report of the import from Word")
    header_icon = "doc-full-inverse"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the page and the sentences.

        Raises:
            Http404: there is no such page, or no document was imported into it.
            PermissionDenied: the person may not edit it.
        """
        page = get_object_or_404(Page, pk=self.kwargs["page"])
        if not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        report = last_report(page)
        if report is None:
            raise Http404
        return super().get_context_data(draft=page, sections=report.sections(), **kwargs)


URLS: list[URLPattern] = [
    path("pages/<int:parent>/word/", WordImportView.as_view(), name=IMPORT),
    path("pages/<int:page>/word/report/", WordReportView.as_view(), name=REPORT),
]
