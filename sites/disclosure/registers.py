"""Registers: lists of what an agency discloses, which visitors narrow down."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from sites.base.listing import Facet, facet, page_of
from sites.base.models import BodyPage

from .entries import EntryPage, EntryQuerySet

PER_PAGE = 20


class RegisterKind(models.TextChoices):
    """What a register lists."""

    PROJECTS = "projects", _("Projects")
    PROCUREMENT = "procurement", _("Procurement")
    PLANS = "plans", _("Plans")
    DATASETS = "datasets", _("Statistics and open data")
    PROGRAMMES = "programmes", _("Programmes")
    OTHER = "other", _("Other information made public")


ENTRY = {
    RegisterKind.PROJECTS: "ProjectPage",
    RegisterKind.PROCUREMENT: "ProjectPage",
    RegisterKind.PLANS: "RecordPage",
    RegisterKind.DATASETS: "DatasetPage",
    RegisterKind.PROGRAMMES: "ProgrammePage",
    RegisterKind.OTHER: "RecordPage",
}
# What visitors will find in a register that is still empty.
PROMISES = {
    RegisterKind.PROJECTS: _(
        "Projects in preparation, under way and completed will be listed here: what each is for, "
        "where, what it costs, who pays, how far it is."
    ),
    RegisterKind.PROCUREMENT: _(
        "Invitations to bid and their results will be listed here: what is bought, until when "
        "bids are taken, who won and at what price."
    ),
    RegisterKind.PLANS: _(
        "Plans will be listed here with the decision that approved them, their period, maps and "
        "files."
    ),
    RegisterKind.DATASETS: _(
        "Statistics and open data will be listed here as files to download, with the period they "
        "cover and the day they were updated."
    ),
    RegisterKind.PROGRAMMES: _(
        "Programmes will be listed here with their targets and what was reached, year by year."
    ),
    RegisterKind.OTHER: _("What the agency has to make public will be listed here."),
}


class RegisterPage(BodyPage):
    """A list of what an agency discloses."""

    kind = models.CharField(
        _("kind"), max_length=12, choices=RegisterKind.choices, default=RegisterKind.OTHER,
        help_text=_("Decides what can be added below and by what visitors filter."),
    )  # fmt: skip

    template = "pages/register.html"
    subpage_types = [
        "disclosure.ProjectPage",
        "disclosure.RecordPage",
        "disclosure.DatasetPage",
        "disclosure.ProgrammePage",
        "disclosure.RegisterPage",
    ]
    content_panels = [*BodyPage.content_panels[:-1], FieldPanel("kind"), FieldPanel("body")]
    translatable_fields = [*BodyPage.translatable_fields, SynchronizedField("kind")]

    class Meta:
        verbose_name = _("register")
        verbose_name_plural = _("registers")

    def clean(self) -> None:
        """Refuse another kind where what stands below would vanish from the list."""
        super().clean()
        stored = RegisterPage.objects.filter(pk=self.pk).values_list("kind", flat=True).first()
        if stored is None or ENTRY[RegisterKind(stored)] == ENTRY[RegisterKind(self.kind)]:
            return
        if entry_model(stored).objects.descendant_of(self).exists():
            message = _("The entries below are of another kind. Move them first.")
            raise ValidationError({"kind": message})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add ``entries`` (one page of them), ``facets`` by name, ``query`` and ``is_narrowed``."""
        listed = self.entries()
        query = request.GET.get("q", "").strip()[:100]
        found = listed.with_words(query)
        facets = facets_of(request, found)
        entries = page_of(request, _narrowed(found, request).newest(), PER_PAGE)
        return {
            **super().get_context(request, *args, **kwargs),
            "entries": entries,
            "facets": [one for one in facets if one.choices],
            "query": query,
            "is_narrowed": bool(query) or any(one.active for one in facets),
            "promise": PROMISES[RegisterKind(self.kind)],
            "row_template": f"components/register/{self.kind}.html",
        }

    def entries(self) -> EntryQuerySet:
        """Return what visitors may read in this register."""
        listed: EntryQuerySet = entry_model(self.kind).objects.listed_in(self)
        return listed

    def feed_entries(self, request: HttpRequest) -> EntryQuerySet:
        """Return the latest entries for feeds, those published last first."""
        return self.entries().order_by("-first_published_at", "-pk")

    @property
    def hub_details(self) -> dict[str, Any]:
        """The register's kind."""
        return {"register": self.kind}


def entry_model(kind: str) -> type[EntryPage]:
    """Return the page type that registers of a kind list."""
    model: type[EntryPage] = apps.get_model("disclosure", ENTRY[RegisterKind(kind)])
    return model


def facets_of(request: HttpRequest, found: EntryQuerySet) -> list[Facet]:
    """Return the facets of a list; each counts what the other two leave of it."""
    labels = {
        "status": gettext("Status"),
        "year": gettext("Year"),
        "field": pgettext("of government", "Field"),
    }
    left = {name: _narrowed(found, request, but=name) for name in labels}
    counts = {
        "status": left["status"].statuses(),
        "year": left["year"].years(),
        "field": left["field"].fields(),
    }
    return [facet(request, name, label, counts[name]) for name, label in labels.items()]


def _narrowed(found: EntryQuerySet, request: HttpRequest, but: str = "") -> EntryQuerySet:
    """Narrow a list by the address, leaving out one property."""
    chosen = {
        name: request.GET.get(name, "") for name in ("status", "year", "field") if name != but
    }
    if chosen.get("status") and found.model.states:
        found = found.filter(status=chosen["status"])
    if chosen.get("year"):
        found = found.of_year(chosen["year"])
    if chosen.get("field"):
        found = found.filter(field=chosen["field"])
    return found
