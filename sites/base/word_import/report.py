"""What an import dropped, changed, or leaves for the webmaster to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

DROPPED, CHANGED, TO_DO = "dropped", "changed", "to_do"


@dataclass(frozen=True)
class Finding:
    """One kind of thing that happened: `severity` says what it means for the webmaster."""

    severity: str
    text: Promise

    def told(self, count: int) -> str:
        """Return the sentence for a number of them."""
        return str(self.text % {"n": count})


FINDINGS: dict[str, Finding] = {
    "alt_missing": Finding(TO_DO, ngettext_lazy(
        "%(n)d picture has no alternative text yet: describe it before publishing",
        "%(n)d pictures have no alternative text yet: describe them before publishing", "n")),
    "garbled": Finding(TO_DO, ngettext_lazy(
        "%(n)d paragraph looks as if typed in an old font (TCVN3 or VNI): read it carefully",
        "%(n)d paragraphs look as if typed in an old font (TCVN3 or VNI): read them carefully",
        "n")),
    "objects": Finding(DROPPED, ngettext_lazy(
        "%(n)d embedded object", "%(n)d embedded objects", "n")),
    "drawings": Finding(DROPPED, ngettext_lazy(
        "%(n)d chart or diagram: insert it as a picture",
        "%(n)d charts or diagrams: insert them as pictures", "n")),
    "external_pictures": Finding(DROPPED, ngettext_lazy(
        "%(n)d picture from another machine", "%(n)d pictures from other machines", "n")),
    "pictures": Finding(DROPPED, ngettext_lazy(
        "%(n)d picture of a kind that browsers do not show, or damaged",
        "%(n)d pictures of a kind that browsers do not show, or damaged", "n")),
    "pictures_not_allowed": Finding(DROPPED, ngettext_lazy(
        "%(n)d picture, because you may not add pictures to the library",
        "%(n)d pictures, because you may not add pictures to the library", "n")),
    "tracking_pixels": Finding(DROPPED, ngettext_lazy(
        "%(n)d invisible picture", "%(n)d invisible pictures", "n")),
    "links": Finding(DROPPED, ngettext_lazy(
        "%(n)d link to a place that is not a web or e-mail address (its words stay)",
        "%(n)d links to places that are not web or e-mail addresses (their words stay)", "n")),
    "deletions": Finding(DROPPED, ngettext_lazy(
        "%(n)d tracked deletion", "%(n)d tracked deletions", "n")),
    "comments": Finding(DROPPED, ngettext_lazy("%(n)d comment", "%(n)d comments", "n")),
    "hidden": Finding(DROPPED, ngettext_lazy(
        "%(n)d piece of hidden text", "%(n)d pieces of hidden text", "n")),
    "contents": Finding(DROPPED, ngettext_lazy(
        "%(n)d line of the table of contents with its page numbers",
        "%(n)d lines of the table of contents with its page numbers", "n")),
    "fields": Finding(CHANGED, ngettext_lazy(
        "%(n)d field became the text it showed", "%(n)d fields became the text they showed", "n")),
    "formulas": Finding(CHANGED, ngettext_lazy(
        "%(n)d formula became plain text: check it",
        "%(n)d formulas became plain text: check them", "n")),
    "tcvn3": Finding(CHANGED, ngettext_lazy(
        "%(n)d passage in a TCVN3 font (.VnTime) was converted to Unicode",
        "%(n)d passages in a TCVN3 font (.VnTime) were converted to Unicode", "n")),
    "vni": Finding(CHANGED, ngettext_lazy(
        "%(n)d passage in a VNI font was converted to Unicode",
        "%(n)d passages in a VNI font were converted to Unicode", "n")),
    "layout_tables": Finding(CHANGED, ngettext_lazy(
        "%(n)d table without borders (letterhead, signatures) became text",
        "%(n)d tables without borders (letterhead, signatures) became text", "n")),
    "tables_as_text": Finding(CHANGED, ngettext_lazy(
        "%(n)d table with merged or nested cells became a list of its rows",
        "%(n)d tables with merged or nested cells became lists of their rows", "n")),
    "cells_plain": Finding(CHANGED, ngettext_lazy(
        "%(n)d table lost bold letters or links in its cells",
        "%(n)d tables lost bold letters or links in their cells", "n")),
    "headings_found": Finding(CHANGED, ngettext_lazy(
        "%(n)d bold line (chapter, article, Roman number) became a heading",
        "%(n)d bold lines (chapter, article, Roman number) became headings", "n")),
    "headings_shifted": Finding(CHANGED, ngettext_lazy(
        "%(n)d heading moved to the level that fits below the title",
        "%(n)d headings moved to the levels that fit below the title", "n")),
    "footnotes": Finding(CHANGED, ngettext_lazy(
        "%(n)d footnote stands as text at the end",
        "%(n)d footnotes stand as text at the end", "n")),
    "dashes": Finding(CHANGED, ngettext_lazy(
        "%(n)d list typed with dashes became a real list",
        "%(n)d lists typed with dashes became real lists", "n")),
}  # fmt: skip

HEADINGS = {
    TO_DO: _("Left for you to do"),
    DROPPED: _("Dropped"),
    CHANGED: _("Changed"),
}


class Report:
    """Counts of what happened, by the codes of `FINDINGS`."""

    def __init__(self, counts: Mapping[str, int] | None = None) -> None:
        self.counts: Counter[str] = Counter(counts or {})

    def add(self, code: str, count: int = 1) -> None:
        """Count one more of a kind."""
        if count:
            self.counts[code] += count

    def lines(self, severity: str) -> list[str]:
        """Return the sentences of one severity, in the order of `FINDINGS`."""
        found: Iterable[tuple[str, Finding]] = FINDINGS.items()
        return [one.told(self.counts[code]) for code, one in found
                if one.severity == severity and self.counts[code]]  # fmt: skip

    def sections(self) -> list[tuple[str, list[str]]]:
        """Return headings with their sentences; empty ones are left out."""
        rows = [(str(heading), self.lines(severity)) for severity, heading in HEADINGS.items()]
        return [(heading, lines) for heading, lines in rows if lines]
