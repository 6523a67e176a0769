"""Screens of the data sources, on the main portal, and the public page of readings."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from django_tasks import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist, TaskResultMismatch
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from motcua.readings import actions
from motcua.readings import shown as readings
from motcua.readings.jobs import read_source
from motcua.readings.models import Source, ensure_sources

from .faults import fault
from .forms import SourceForm

ICON = "globe"


def public_readings(request: HttpRequest) -> HttpResponse:
    """Show weather and exchange rates in full."""
    return render(request, "pages/readings.html")


def row(source: Source) -> dict[str, Any]:
    """Return what the screens show of a source."""
    reading = source.reading
    provider = source.provider
    assert provider is not None  # noqa: S101 - `ensure_sources` returns those of the settings
    return {
        "source": source,
        "provider": provider,
        "url": reverse("data_sources:source", args=[source.provider_key]),
        "value": provider.summary(reading) if reading is not None else "",
        "fault": fault(source.error),
        "is_stale": source.is_stale(),
        "is_gone": source.is_gone(),
    }


class SourcesScreen(WagtailAdminTemplateMixin):
    """A screen of the data sources, in Wagtail's frame."""

    header_icon = ICON
    page_title = gettext_lazy("Data sources")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the list, this screen."""
        index = {"url": reverse("data_sources:index"), "label": _("Data sources")}
        between = [index] if self.get_page_title() != index["label"] else []
        return [*self.breadcrumbs_items, *between, {"url": "", "label": self.get_page_title()}]


class IndexView(SourcesScreen, TemplateView):
    """All sources and how they are."""

    template_name = "widgets/sources/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add ``rows``."""
        return super().get_context_data(rows=[row(one) for one in ensure_sources()], **kwargs)


class SourceView(SourcesScreen, FormView):
    """One source: its state, its switch, its parameters."""

    template_name = "widgets/sources/source.html"
    form_class = SourceForm
    kwargs: dict[str, Any]
    request: HttpRequest

    @cached_property
    def source(self) -> Source:
        """The source in the address; 404 if there is none."""
        return get_object_or_404(ensure_sources(), provider_key=self.kwargs["key"])

    def get_page_title(self) -> str:
        """The source's name."""
        return str(self.source)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form knows the source."""
        return {**super().get_form_kwargs(), "source": self.source}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the source's ``row`` and how the trial in the address goes."""
        trial = trial_of(self.request.GET.get("trial", ""))
        return super().get_context_data(row=row(self.source), trial=trial, **kwargs)

    def form_valid(self, form: SourceForm) -> HttpResponse:
        """Store switch and parameters."""
        actions.configure(
            source=self.source,
            is_on=form.cleaned_data["is_on"],
            parameters=form.parameters,
            by=self.request.user,
        )
        readings.forget()
        messages.success(self.request, _("The data source has been saved."))
        return redirect("data_sources:index")


class TrialView(View):
    """Asks a source once, in the background; its screen then shows what came of it."""

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Enqueue the job."""
        source = get_object_or_404(ensure_sources(), provider_key=key)
        job = read_source.enqueue(key=source.provider_key)
        return redirect(f"{reverse('data_sources:source', args=[key])}?trial={job.id}")


def trial_of(job_id: str) -> str:
    """Return how a trial stands: ``running``, ``good``, ``bad``, or nothing if there is none."""
    if not job_id:
        return ""
    try:
        result = read_source.get_result(job_id)
    except (TaskResultDoesNotExist, TaskResultMismatch):
        return ""
    if not result.is_finished:
        return "running"
    went_well = result.status == TaskResultStatus.SUCCESSFUL and not result.return_value
    return "good" if went_well else "bad"
