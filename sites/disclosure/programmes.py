"""Programmes: targets against what was reached, year by year."""

from __future__ import annotations

from typing import Any

from django.db import models
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

from sites.base.stream_fields import BlocksField

from .blocks import FiguresBlock
from .entries import EntryPage, files_tab, period_panel, tabs
from .registers import RegisterKind
from .sheets import Indicator


class ProgrammePage(EntryPage):
    """A programme with its indicators and its budget."""

    number = models.CharField(
        _("number of the decision"), max_length=50, blank=True,
        help_text=_("Of the decision that approved it, such as 1507/QĐ-UBND."),
    )  # fmt: skip
    approved_on = models.DateField(_("day of the decision"), null=True, blank=True)
    approved_by = models.CharField(_("approved by"), max_length=200, blank=True)
    figures = BlocksField(FiguresBlock(), verbose_name=_("figures"), blank=True)
    data_on = models.DateField(_("figures updated on"), null=True, blank=True)
    data_source = models.CharField(
        _("source of the figures"), max_length=300, blank=True,
        help_text=_("Report or decision the figures come from; it is shown below them."),
    )  # fmt: skip

    template = "pages/programme.html"
    register_kinds = frozenset({RegisterKind.PROGRAMMES})
    found_by = (*EntryPage.found_by, "number", "approved_by")
    translatable_fields = [
        *EntryPage.translatable_fields,
        *(TranslatableField(name) for name in ("approved_by", "figures", "data_source")),
        *(SynchronizedField(name) for name in ("number", "approved_on", "data_on")),
    ]
    edit_handler = TabbedInterface(
        tabs(
            [
                FieldPanel("field"),
                MultiFieldPanel(
                    [FieldRowPanel([FieldPanel("number"), FieldPanel("approved_on")]),
                     FieldPanel("approved_by")],
                    _("Decision"),
                ),
                period_panel(_("From 01/01 to 31/12 it is shown as years.")),
            ],
            ObjectList(
                [
                    HelpPanel(_("Publish what was aimed at and what was reached. Name the source "
                                "and the day of the figures; leave empty what is not known.")),
                    FieldRowPanel([FieldPanel("data_on"), FieldPanel("data_source")]),
                    FieldPanel("figures"),
                ],
                heading=_("Figures"),
            ),
            files_tab(),
        )
    )  # fmt: skip

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    @property
    def indicators(self) -> list[Indicator]:
        """All indicators of all groups."""
        groups = (block.value for block in self.figures if block.block_type == "indicators")
        return [indicator for group in groups for indicator in group.indicators]

    @property
    def body_text(self) -> str:
        """What the page says, for search."""
        names = (indicator.name for indicator in self.indicators)
        return " ".join([self.number, self.approved_by, *names, super().body_text])

    @property
    def hub_details(self) -> dict[str, Any]:
        """Register, the decision's number, and the programme's years and number of indicators."""
        indicators = self.indicators
        years = [figure.year for indicator in indicators for figure in indicator.figures]
        programme = {"indicators": len(indicators)}
        if years:
            programme |= {"first_year": min(years), "last_year": max(years)}
        return {
            "register": RegisterKind.PROGRAMMES.value,
            "number": self.number,
            "period": self.period,
            "programme": programme,
        }
