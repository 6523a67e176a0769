"""Charts drawn on the server: where each bar, point and word stands.

Across, everything is in percent, so a chart fills whatever width it gets while its letters keep
their size; down, in pixels. All measures are strings, which no language formats. The same numbers
stand in a table below, so a chart is one picture with a text for those who cannot see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from .figures import is_percent, measured, number
from .sheets import AmountTable, Figure, Indicator

HEIGHT, TOP, BOTTOM = 200, 28, 28  # pixels: the whole, room for labels, room for years
MOST_COLUMNS = 4  # years whose bars and labels stand side by side on a phone
MOST_LETTERS = 15  # of the widest label, times the years, for columns
MOST_YEARS = 8  # years that can be written below a chart on a phone
WIDEST_BAR = 15.0  # percent of the chart
PATTERNS = 6
SERIES = ("target", "actual")


@dataclass(frozen=True)
class Mark:
    """A bar (with a size) or a point (without), and the label above it."""

    series: str
    x: str
    y: str
    label: str
    label_x: str
    label_y: str
    width: str = ""
    height: str = ""


@dataclass(frozen=True)
class Segment:
    """A line between the points of two years that follow each other."""

    series: str
    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True)
class YearChart:
    """One indicator through the years, as columns or as lines."""

    title: str
    description: str
    marks: list[Mark]
    segments: list[Segment]
    years: list[tuple[str, str]]  # where, and which
    height: str = str(HEIGHT)
    ground: str = str(HEIGHT - BOTTOM)
    is_wide: bool = False
    year_y: str = str(HEIGHT - 6)


@dataclass(frozen=True)
class Strip:
    """One horizontal bar: where it begins and how long it is, in percent, and its pattern."""

    name: str
    label: str
    pattern: str
    x: str
    width: str


@dataclass(frozen=True)
class BarRow:
    """A row of horizontal bars under a name."""

    name: str
    strips: list[Strip]
    description: str
    year: str = ""


def year_chart(indicator: Indicator, *, lines: bool | None = None) -> YearChart:
    """Draw an indicator by years: columns up to four years, lines beyond, or as asked."""
    figures = indicator.figures
    as_lines = _suits_lines(figures) if lines is None else lines and len(figures) > 1
    top = _top(indicator)
    marks = list(_points(figures, top) if as_lines else _columns(figures, top))
    return YearChart(
        title=indicator.name,
        description=describe(indicator),
        marks=marks,
        segments=list(_segments(figures, top)) if as_lines else [],
        years=list(_years(figures, as_lines)),
        is_wide=len(figures) > MOST_COLUMNS,
    )  # fmt: skip


def _suits_lines(figures: Sequence[Figure]) -> bool:
    """Whether there are more years, or wider labels, than fit side by side on a phone."""
    values = [value for f in figures for value in (f.target, f.actual) if value is not None]
    widest = max((len(number(value)) for value in values), default=0)
    return len(figures) > MOST_COLUMNS or len(figures) * widest > MOST_LETTERS


def _years(figures: Sequence[Figure], as_lines: bool) -> Iterable[tuple[str, str]]:
    """Yield where each year is written; of many years every other or fewer, always the last."""
    step = -(-len(figures) // MOST_YEARS)
    for place, figure in enumerate(figures):
        x = _middle(place, figures) if as_lines else (place + 0.5) * 100 / len(figures)
        if (len(figures) - 1 - place) % step == 0:
            yield _percent(x), str(figure.year)


def bar_rows(indicators: Sequence[Indicator]) -> list[BarRow]:
    """Draw indicators with one figure each, in one unit, as horizontal bars on one scale."""
    top = max((_top(indicator) for indicator in indicators), default=Decimal(1))
    return [_bar_row(indicator, top) for indicator in indicators]


def stacked_rows(table: AmountTable, unit: str) -> list[BarRow]:
    """Draw amounts by source as one bar for each column, on one scale."""
    totals = [table.total(place) for place in range(len(table.columns))]
    top = max([*totals, Decimal(0)]) or Decimal(1)
    return [
        BarRow(column, list(_stack(table, place, top, unit)), _stack_text(table, place, unit))
        for place, column in enumerate(table.columns)
    ]


def describe(indicator: Indicator) -> str:
    """Say in words what the chart of an indicator shows."""
    return "; ".join(_in_words(f, indicator.unit) for f in indicator.figures if f.is_known)


def _in_words(figure: Figure, unit: str) -> str:
    parts = []
    if figure.target is not None:
        parts.append(_("target %(value)s") % {"value": measured(figure.target, unit)})
    if figure.actual is not None:
        parts.append(_("actual %(value)s") % {"value": measured(figure.actual, unit)})
    return f"{figure.year}: {', '.join(parts)}"


def _columns(figures: Sequence[Figure], top: Decimal) -> Iterable[Mark]:
    width = min(80 / max(len(figures), 1) / 2, WIDEST_BAR)
    for place, figure in enumerate(figures):
        middle = (place + 0.5) * 100 / len(figures)
        known = [(name, value) for name in SERIES if (value := getattr(figure, name)) is not None]
        start = middle - width * len(known) / 2
        for index, (name, value) in enumerate(known):
            yield _column(name, value, start + index * width, width, top)


def _column(series: str, value: Decimal, left: float, width: float, top: Decimal) -> Mark:
    y = _height(value, top)
    return Mark(
        series=series,
        x=_percent(left + 0.5),
        y=_pixels(y),
        width=_percent(width - 1),
        height=_pixels(max(HEIGHT - BOTTOM - y, 1)),
        label=number(value),
        label_x=_percent(left + width / 2),
        label_y=_pixels(y - 7),
    )


def _points(figures: Sequence[Figure], top: Decimal) -> Iterable[Mark]:
    for series in SERIES:
        known = [(place, value) for place, figure in enumerate(figures)
                 if (value := getattr(figure, series)) is not None]  # fmt: skip
        for index, (place, value) in enumerate(known):
            x, y = _percent(_middle(place, figures)), _height(value, top)
            label = number(value) if index in {0, len(known) - 1} else ""
            below = _is_lower(figures[place], series)
            if below and y + 20 > HEIGHT - BOTTOM:
                label = ""  # no room above the ground; the table has it
            yield Mark(series, x, _pixels(y), label, x, _pixels(y + 20 if below else y - 10))


def _is_lower(figure: Figure, series: str) -> bool:
    """Whether a point is below the other of its year, so that its label goes below it."""
    if figure.actual is None or figure.target is None:
        return False
    lower = "target" if figure.target < figure.actual else "actual"
    return series == lower


def _segments(figures: Sequence[Figure], top: Decimal) -> Iterable[Segment]:
    for series in SERIES:
        for place in range(len(figures) - 1):
            ends = [getattr(figures[place + step], series) for step in (0, 1)]
            if None not in ends:
                yield Segment(
                    series,
                    _percent(_middle(place, figures)), _pixels(_height(ends[0], top)),
                    _percent(_middle(place + 1, figures)), _pixels(_height(ends[1], top)),
                )  # fmt: skip


def _bar_row(indicator: Indicator, top: Decimal) -> BarRow:
    figure = indicator.latest or Figure(0, None, None)
    strips = [
        Strip(name, measured(value, indicator.unit), name, "0%", _percent(float(value / top) * 100))
        for name in SERIES
        if (value := getattr(figure, name)) is not None
    ]
    return BarRow(indicator.name, strips, describe(indicator), str(figure.year))


def _stack(table: AmountTable, place: int, top: Decimal, unit: str) -> Iterable[Strip]:
    left = Decimal(0)
    for index, row in enumerate(table.rows):
        value = row.values[place]
        if value:
            yield Strip(
                row.source,
                measured(value, unit),
                str(index % PATTERNS),
                _percent(float(left / top) * 100),
                _percent(float(value / top) * 100),
            )
            left += value


def _stack_text(table: AmountTable, place: int, unit: str) -> str:
    known = [(row.source, row.values[place]) for row in table.rows]
    return "; ".join(f"{name}: {measured(value, unit)}" for name, value in known if value)


def _top(indicator: Indicator) -> Decimal:
    """Return the number at the upper end of the scale: 100 for percents, else the largest."""
    values = [value for figure in indicator.figures for value in (figure.target, figure.actual)
              if value is not None]  # fmt: skip
    least = Decimal(100) if is_percent(indicator.unit) else Decimal(0)
    return max([*values, least]) or Decimal(1)


def _middle(place: int, figures: Sequence[Figure]) -> float:
    """Return where a year stands: in proportion where years are missing between the others."""
    first, last = figures[0].year, figures[-1].year
    return (figures[place].year - first + 0.5) * 100 / (last - first + 1)


def _height(value: Decimal, top: Decimal) -> float:
    """Return how far down from the upper edge a value stands; what is below nothing stands on 0."""
    return HEIGHT - BOTTOM - float(max(value, Decimal(0)) / top) * (HEIGHT - BOTTOM - TOP)


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _pixels(value: float) -> str:
    return f"{value:.1f}"
