"""The blocks of a programme: indicators by year and a budget by source, from pasted tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.widgets import AdminAutoHeightTextInput

from . import charts, sheets
from .sheets import AmountTable, Indicator, SheetError


class SheetBlock(blocks.TextBlock):
    """Cells pasted from a spreadsheet, refused line by line when they cannot be read."""

    read: ClassVar[Callable[..., Any]]
    example: ClassVar[str]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"rows": 8, **kwargs})
        self.field_options["strip"] = False  # the first cell may be empty

    @cached_property
    def field(self) -> Any:
        """The text area, with a row of headings as its example."""
        field = forms.CharField(**self.field_options)
        field.widget = AdminAutoHeightTextInput(
            attrs={"rows": self.rows, "placeholder": self.example, "wrap": "off",
                   "spellcheck": "false"}
        )  # fmt: skip
        return field

    def clean(self, value: Any) -> Any:
        """Return the text.

        Raises:
            ValidationError: with one message for each line that cannot be understood.
        """
        text = super().clean(value)
        try:
            type(self).read(text)
        except SheetError as error:
            raise ValidationError(error.messages) from error
        return text

    def deconstruct(self) -> Any:
        """For the database it is text like any other."""
        return "wagtail.blocks.TextBlock", [], self._constructor_args[1]


class IndicatorSheetBlock(SheetBlock):
    """Indicators by year."""

    read = staticmethod(sheets.read_indicators)
    example = "Chỉ tiêu\tĐơn vị\t2014 mục tiêu\t2014 thực hiện\t2015 mục tiêu\t2015 thực hiện"


class AmountSheetBlock(SheetBlock):
    """Amounts by source."""

    read = staticmethod(sheets.read_amounts)
    example = "Nguồn vốn\t2014\t2015"


class IndicatorsValue(blocks.StructValue):
    """A group of indicators, read once."""

    @cached_property
    def indicators(self) -> list[Indicator]:
        """The indicators with the group's unit where they have none of their own.

        What cannot be read any more (it could when it was saved) shows nothing.
        """
        try:
            found = sheets.read_indicators(self["data"])
        except SheetError:
            return []
        unit = self.get("unit") or ""
        return [Indicator(one.name, one.unit or unit, one.figures) for one in found if one.figures]

    @cached_property
    def years(self) -> list[int]:
        """The years of which anything is known."""
        return sorted({figure.year for one in self.indicators for figure in one.figures})

    @property
    def is_one_year(self) -> bool:
        """Whether all figures are of one year, so that indicators compare with each other."""
        return len(self.years) == 1

    @property
    def is_single(self) -> bool:
        """Whether each indicator has one figure only, so that one row says it."""
        return all(len(one.figures) == 1 for one in self.indicators)

    @property
    def has_actuals(self) -> bool:
        """Whether anything was reached yet, or only aimed at."""
        return any(f.actual is not None for one in self.indicators for f in one.figures)

    @property
    def year_charts(self) -> list[charts.YearChart]:
        """A chart for each indicator that has several years."""
        if self["chart"] == "none":
            return []
        lines = {"lines": True, "columns": False}.get(self["chart"])
        several = [one for one in self.indicators if len(one.figures) > 1]
        return [charts.year_chart(one, lines=lines) for one in several]

    @property
    def bar_rows(self) -> list[charts.BarRow]:
        """One bar for each indicator, where each has one figure and all share a unit."""
        units = {one.unit for one in self.indicators}
        if (
            self["chart"] == "none"
            or not self.is_single
            or len(units) != 1
            or len(self.indicators) < 2
        ):
            return []
        return charts.bar_rows(self.indicators)

    @property
    def headline(self) -> Indicator | None:
        """The only figure there is, which is shown large; a single bar would say nothing."""
        only = self.indicators[0] if len(self.indicators) == 1 else None
        return only if only and len(only.figures) == 1 and self["chart"] != "none" else None


class IndicatorsBlock(blocks.StructBlock):
    """A group of indicators: targets against actual figures, as table and chart."""

    title = blocks.CharBlock(
        label=_("Title"), max_length=200,
        help_text=_("For example: Procedures offered online, by level."),
    )  # fmt: skip
    intro = blocks.TextBlock(
        label=_("Explanation"), required=False, rows=2,
        help_text=_("What the figures say, in one or two sentences."),
    )  # fmt: skip
    unit = blocks.CharBlock(
        label=_("Unit of measure"), required=False, max_length=50,
        help_text=_("For rows without a unit of their own: %, procedures, units."),
    )  # fmt: skip
    data = IndicatorSheetBlock(
        label=_("Paste from a spreadsheet"),
        help_text=_(
            "Select the cells in the spreadsheet together with their headings, copy, and paste "
            "here. The first column names the indicator; then come its unit, if any, and for each "
            "year a target and an actual figure. Or one row for each year with the columns "
            "indicator, unit, year, target, actual. Leave empty what is not known."
        ),
    )  # fmt: skip
    chart = blocks.ChoiceBlock(
        label=_("Chart"), default="auto",
        choices=[("auto", _("What suits the figures")), ("columns", _("Columns")),
                 ("lines", _("Lines")), ("none", _("Table only"))],
    )  # fmt: skip

    class Meta:
        icon = "table"
        label = _("Indicators by year")
        template = "blocks/indicators.html"
        value_class = IndicatorsValue


class BudgetValue(blocks.StructValue):
    """A budget, read once."""

    @cached_property
    def table(self) -> AmountTable:
        """The amounts; empty where they cannot be read any more."""
        try:
            return sheets.read_amounts(self["data"])
        except SheetError:
            return AmountTable((), ())

    @property
    def charts(self) -> list[charts.BarRow]:
        """One stacked bar for each column."""
        return charts.stacked_rows(self.table, self["unit"])

    @property
    def rows(self) -> list[tuple[str, str, tuple[Any, ...]]]:
        """For each source the number of its pattern, its name and its amounts."""
        return [(str(place % charts.PATTERNS), row.source, row.values)
                for place, row in enumerate(self.table.rows)]  # fmt: skip

    @property
    def totals(self) -> list[Any]:
        """The sum of each column."""
        return [self.table.total(place) for place in range(len(self.table.columns))]


class BudgetBlock(blocks.StructBlock):
    """Money by source, as stacked bars with a table."""

    title = blocks.CharBlock(label=_("Title"), max_length=200, default="Kinh phí theo nguồn vốn")
    intro = blocks.TextBlock(label=_("Explanation"), required=False, rows=2)
    unit = blocks.CharBlock(label=_("Unit of measure"), max_length=50, default="tỷ đồng")
    data = AmountSheetBlock(
        label=_("Paste from a spreadsheet"),
        help_text=_(
            "Select the cells in the spreadsheet together with their headings, copy, and paste "
            "here. The first column names the source; each other column is a year or a period."
        ),
    )  # fmt: skip

    class Meta:
        icon = "table"
        label = _("Budget by source")
        template = "blocks/budget.html"
        value_class = BudgetValue


class FiguresBlock(blocks.StreamBlock):
    """The figures of a programme."""

    indicators = IndicatorsBlock()
    budget = BudgetBlock()
