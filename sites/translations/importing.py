"""Taking translations from a PO file, page by page, with a report line by line."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import polib
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django_tasks import task
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    StringSegment,
    Translation,
    TranslationLog,
    TranslationSource,
)

from .po_files import Line
from .progress import State, source_pages, target_locale

PERMISSION = "wagtail_localize.submit_translation"
TAG = re.compile(r"</?[a-z][^>]*>", re.I)

# What is wrong with a line; the report keeps the word and speaks the reader's language.
PROBLEMS = {
    "no-page": _("There is no such published page on this site."),
    "by-hand": _("Somebody translated this page by hand; a file does not overwrite that."),
    "forbidden": _("You may not translate this page."),
    "changed": _("The Vietnamese words have changed since, or the field is gone."),
    "fuzzy": _("Marked as fuzzy: left out until somebody has looked at it."),
    "markup": _("Tags and links are not those of the Vietnamese words."),
    "refused": _("The page cannot be saved with these words."),
}


@dataclass
class Report:
    """What came of a file: pages, strings taken, and what was wrong where."""

    pages: int = 0
    strings: int = 0
    published: int = 0
    problems: list[tuple[int, str, str]] = field(default_factory=list)

    def blame(self, lines: Iterable[Line], problem: str, detail: str = "") -> None:
        """Note a problem of `PROBLEMS` at each of the lines."""
        self.problems += [(line.number, problem, detail or line.source[:80]) for line in lines]


@task()
def import_lines(lines: list[dict[str, Any]], user_id: int, publish: bool) -> dict[str, Any]:
    """Take the lines into the current site; see `take`."""
    user = get_user_model().objects.get(pk=user_id)
    return asdict(take([Line(**line) for line in lines], by=user, publish=publish))


@dataclass(frozen=True)
class Way:
    """How far an import is: pages of the file, and those that are behind us."""

    total: int
    done: int

    @property
    def percent(self) -> int:
        """What is behind us, 0 to 99; the report comes with the whole."""
        return min(99, 100 * self.done // self.total) if self.total else 0


def way_of(lines: Iterable[dict[str, Any]], since: datetime | None) -> Way:
    """Return how far an import has come that began at ``since``, nothing before it began.

    Pages that are refused leave no trace before the report and count as still to come.
    """
    keys = {Line(**line).key for line in lines if line["translation"]} - {None}
    if since is None:
        return Way(len(keys), 0)
    saved = TranslationLog.objects.filter(source__object__in=keys, created_at__gte=since)
    return Way(len(keys), saved.aggregate(pages=Count("source", distinct=True))["pages"])


def take(lines: Sequence[Line], *, by: Any, publish: bool) -> Report:
    """Store translations and bring the pages to them, each page in a transaction of its own.

    Args:
        lines: what the file has.
        by: who imports; needs the right to translate and to edit each page.
        publish: publish the pages that are complete and that ``by`` may publish; all others are
            left as drafts.
    """
    report = Report()
    by_page: dict[UUID | None, list[Line]] = defaultdict(list)
    for line in lines:
        if line.translation:
            by_page[line.key].append(line)
    target = target_locale()
    states = _states([key for key in by_page if key], target) if target else {}
    for key, of_page in by_page.items():
        source = states.get(key) if key else None
        if source is None or target is None:
            report.blame(of_page, "no-page")
        else:
            _take_page(source, of_page, target, by, publish, report)
    report.problems.sort()
    return report


def _states(keys: list[UUID], target: Locale) -> dict[UUID | None, Page]:
    pages = source_pages(target).filter(translation_key__in=keys)
    return {page.translation_key: page for page in pages}


def _take_page(
    page: Any, lines: list[Line], target: Locale, by: Any, publish: bool, report: Report
) -> None:
    begun = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=target, enabled=True
    )
    if page.state != State.MISSING and not begun.exists():
        report.blame(lines, "by-hand")
        return
    if not _may_translate(page, by):
        report.blame(lines, "forbidden")
        return
    try:
        with transaction.atomic():
            _store(page, lines, target, by, publish, report)
    except ValidationError as error:
        report.blame(lines[:1], "refused", "; ".join(error.messages)[:200])


def _may_translate(page: Any, by: Any) -> bool:
    if not by.has_perm(PERMISSION):
        return False
    twin = Page.objects.filter(pk=page.twin).first()
    return bool((twin or page).permissions_for_user(by).can_edit())


def _store(
    page: Any, lines: list[Line], target: Locale, by: Any, publish: bool, report: Report
) -> None:
    source, _created = TranslationSource.update_or_create_from_instance(page.specific)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=target)
    good = _checked(lines, source, report)
    translation.import_po(_as_po(good), user=by, tool_name="PO")
    total, done = translation.get_progress()
    twin = Page.objects.filter(pk=page.twin).first() or page
    may_publish = twin.permissions_for_user(by).can_publish()
    goes_live = publish and total == done and may_publish
    translation.save_target(user=by, publish=goes_live)
    report.pages += 1
    report.strings += len(good)
    report.published += goes_live


def _checked(lines: list[Line], source: TranslationSource, report: Report) -> list[Line]:
    """Return the lines that fit what the page says now; the others are noted."""
    segments = StringSegment.objects.filter(source=source)
    known = set(segments.values_list("context__path", "string__data"))
    good = []
    for line in lines:
        problem = _problem(line, known)
        if problem:
            report.blame([line], problem)
        else:
            good.append(line)
    return good


def _problem(line: Line, known: set[tuple[str, str]]) -> str:
    if (line.path, line.source) not in known:
        return "changed"
    if line.fuzzy:
        return "fuzzy"
    if Counter(_tags(line.source)) != Counter(_tags(line.translation)):
        return "markup"
    return ""


def _tags(text: str) -> list[str]:
    """Return the tags of a string."""
    return [tag.lower() for tag in TAG.findall(text)]


def _as_po(lines: list[Line]) -> polib.POFile:
    po = polib.POFile()
    for line in lines:
        po.append(polib.POEntry(msgid=line.source, msgctxt=line.path, msgstr=line.translation))
    return po
