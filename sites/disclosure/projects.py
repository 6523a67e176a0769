"""Projects with their procurement, and records: plans and whatever else is made public."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail_localize.fields import SynchronizedField, TranslatableField

from . import statuses
from .entries import EntryPage, files_tab, period_panel, tabs
from .forms import ProjectForm
from .registers import RegisterKind


class Selection(models.TextChoices):
    """How a contractor is selected; law on bidding 22/2023/QH15, articles 20 to 29."""

    OPEN = "open", _("Open bidding")
    LIMITED = "limited", _("Limited bidding")
    DIRECT = "direct", _("Direct appointment")
    QUOTATION = "quotation", _("Competitive quotation")
    PURCHASE = "purchase", _("Direct procurement")
    OWN = "own", _("Own performance")
    COMMUNITY = "community", _("Performance by the community")
    ORDER = "order", _("Placing an order, assigning a task")
    PRICE = "price", _("Price negotiation")
    SPECIAL = "special", _("Selection in special cases")


class ProjectPage(EntryPage):
    """A project, or a package that is put out to bid.

    The fields are those that decree 43/2011/NĐ-CP, article 10, asks of a project, and what the
    law on bidding makes public of a selection: invitation and result.
    """

    code = models.CharField(_("code"), max_length=50, blank=True)
    status = models.CharField(
        _("status"), max_length=12, default="preparing", choices=statuses.choices(statuses.PROJECT)
    )
    progress = models.PositiveSmallIntegerField(
        _("progress in percent"), null=True, blank=True, validators=[MaxValueValidator(100)],
        help_text=_("How much of the work is done, from 0 to 100. Leave empty if not known."),
    )  # fmt: skip
    objectives = models.TextField(_("main objectives"), blank=True)
    project_type = models.CharField(
        _("type of project"), max_length=150, blank=True,
        help_text=_("For example: group B, new construction, technical assistance."),
    )  # fmt: skip
    place = models.CharField(_("place"), max_length=200, blank=True)
    investor = models.CharField(
        _("investor or procuring entity"), max_length=200, blank=True,
        help_text=_("Leave empty if it is your own agency."),
    )  # fmt: skip
    management = models.CharField(_("management unit"), max_length=200, blank=True)
    scale = models.TextField(_("scale"), blank=True)
    capital = models.BigIntegerField(_("total capital"), null=True, blank=True)
    capital_source = models.CharField(
        _("source of capital"), max_length=200, blank=True,
        help_text=_("For example: provincial budget, development aid (and who gives it)."),
    )  # fmt: skip
    selection = models.CharField(
        _("form of selection"), max_length=10, blank=True, choices=Selection.choices
    )
    invitation_number = models.CharField(_("invitation number"), max_length=50, blank=True)
    invitation_url = models.URLField(
        _("invitation to bid"), blank=True,
        help_text=_("Address of the notice on the national procurement network."),
    )  # fmt: skip
    bids_until = models.DateTimeField(_("bids are taken until"), null=True, blank=True)
    contractor = models.CharField(_("selected contractor"), max_length=300, blank=True)
    contract_value = models.BigIntegerField(_("contract value"), null=True, blank=True)
    awarded_on = models.DateField(_("day of the result"), null=True, blank=True)

    template = "pages/project.html"
    base_form_class = ProjectForm
    register_kinds = frozenset({RegisterKind.PROJECTS, RegisterKind.PROCUREMENT})
    states = statuses.PROJECT
    found_by = (*EntryPage.found_by, "code", "place", "investor", "contractor", "invitation_number")
    translatable_fields = [
        *EntryPage.translatable_fields,
        *(TranslatableField(name) for name in ("objectives", "project_type", "place", "investor",
          "management", "scale", "capital_source", "contractor")),
        *(SynchronizedField(name) for name in ("code", "status", "progress", "capital",
          "selection", "invitation_number", "invitation_url", "bids_until", "contract_value",
          "awarded_on")),
    ]  # fmt: skip
    edit_handler = TabbedInterface(
        tabs(
            [
                HelpPanel(_("Decree 43/2011/NĐ-CP, article 10: every project is published with its "
                            "objectives, field, type, time, cost, funding and state.")),
                FieldRowPanel([FieldPanel("status"), FieldPanel("progress")]),
                FieldPanel("objectives"),
                FieldRowPanel([FieldPanel("code"), FieldPanel("project_type")]),
                FieldRowPanel([FieldPanel("field"), FieldPanel("place")]),
                FieldRowPanel([FieldPanel("investor"), FieldPanel("management")]),
                FieldPanel("scale"),
                FieldRowPanel([FieldPanel("capital"), FieldPanel("capital_source")]),
                period_panel(),
            ],
            ObjectList(
                [
                    MultiFieldPanel(
                        [FieldRowPanel([FieldPanel("selection"), FieldPanel("bids_until")]),
                         FieldRowPanel([FieldPanel("invitation_number"),
                                        FieldPanel("invitation_url")])],
                        _("Invitation to bid"),
                    ),
                    MultiFieldPanel(
                        [FieldPanel("contractor"),
                         FieldRowPanel([FieldPanel("contract_value"), FieldPanel("awarded_on")])],
                        _("Result"),
                    ),
                ],
                heading=_("Procurement"),
            ),
            files_tab(_("Decisions, drawings, invitation documents, reports.")),
        )
    )  # fmt: skip

    class Meta:
        verbose_name = _("project or procurement")
        verbose_name_plural = _("projects and procurement")

    @property
    def state(self) -> statuses.Status | None:
        """The status with its word and sign."""
        return statuses.named(self.states, self.status)

    @property
    def takes_bids(self) -> bool:
        """Whether bids can be handed in now."""
        return self.bids_until is not None and self.bids_until > timezone.now()

    @property
    def has_procurement(self) -> bool:
        """Whether anything is known of a selection."""
        return any([self.selection, self.invitation_url, self.bids_until, self.contractor])

    @property
    def body_text(self) -> str:
        """What the page says, for search."""
        own = (
            self.code,
            self.objectives,
            self.place,
            self.investor,
            self.management,
            self.contractor,
        )
        return " ".join([*own, self.scale, super().body_text])

    @property
    def hub_details(self) -> dict[str, Any]:
        """Register, status, amount in đồng and progress in percent."""
        found = {
            "register": self.get_register_kind(),
            "status": self.status,
            "capital": self.capital,
            "progress": self.progress,
            "bids_until": self.bids_until.isoformat() if self.bids_until else "",
        }
        return {name: value for name, value in found.items() if value not in {None, ""}}


class Level(models.TextChoices):
    """For what a plan is made."""

    NATION = "nation", _("Nation")
    REGION = "region", _("Region")
    PROVINCE = "province", _("Province")
    DISTRICT = "district", _("District")
    COMMUNE = "commune", _("Commune")
    SECTOR = "sector", _("Sector or agency")


class RecordPage(EntryPage):
    """A plan, or anything else an agency makes public with a number, a date and files."""

    status = models.CharField(
        _("status"), max_length=12, default="running", choices=statuses.choices(statuses.RECORD)
    )
    level = models.CharField(_("level"), max_length=10, blank=True, choices=Level.choices)
    number = models.CharField(
        _("number of the decision"), max_length=50, blank=True,
        help_text=_("Of the decision that approved it, such as 1507/QĐ-UBND."),
    )  # fmt: skip
    approved_on = models.DateField(_("day of the decision"), null=True, blank=True)
    approved_by = models.CharField(_("approved by"), max_length=200, blank=True)

    template = "pages/record.html"
    register_kinds = frozenset({RegisterKind.PLANS, RegisterKind.OTHER})
    states = statuses.RECORD
    day_field = "approved_on"
    found_by = (*EntryPage.found_by, "number", "approved_by")
    translatable_fields = [
        *EntryPage.translatable_fields,
        TranslatableField("approved_by"),
        *(SynchronizedField(name) for name in ("status", "level", "number", "approved_on")),
    ]
    edit_handler = TabbedInterface(
        tabs(
            [
                HelpPanel(_("Law 104/2016/QH13, articles 17 and 18: plans are made public within "
                            "five working days, unless another rule sets a date.")),
                FieldRowPanel([FieldPanel("status"), FieldPanel("level")]),
                FieldPanel("field"),
                MultiFieldPanel(
                    [FieldRowPanel([FieldPanel("number"), FieldPanel("approved_on")]),
                     FieldPanel("approved_by")],
                    _("Decision"),
                ),
                period_panel(_("From 01/01 to 31/12 it is shown as years.")),
            ],
            files_tab(_("The decision, the report, maps.")),
        )
    )  # fmt: skip

    class Meta:
        verbose_name = _("plan or record")
        verbose_name_plural = _("plans and records")

    @property
    def state(self) -> statuses.Status | None:
        """The status with its word and sign."""
        return statuses.named(self.states, self.status)

    @property
    def body_text(self) -> str:
        """What the page says, for search."""
        return " ".join([self.number, self.approved_by, super().body_text])

    @property
    def hub_details(self) -> dict[str, Any]:
        """Register, status and the decision's number."""
        found = {"register": self.get_register_kind(), "status": self.status, "number": self.number}
        return {name: value for name, value in found.items() if value}
