"""A Word document becomes a draft, in one act."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import models, transaction
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

from motcua import audit
from motcua.text.slugs import slugify
from sites.base.pages import BodyPage
from sites.base.uploads import names

from .conversion import Converted, convert
from .package import incomplete
from .pictures import Library
from .reading import read
from .report import Report

LOG_ACTION = "base.word_import"
LONGEST_STEM = 50


@dataclass(frozen=True)
class Imported:
    """The draft, and what was dropped and changed on the way."""

    page: BodyPage
    report: Report


@transaction.atomic
def import_word(
    *, parent: Page, page_type: type[BodyPage], file: File[Any], by: Any, title: str = ""
) -> Imported:
    """Make a draft of a .docx, with its pictures in the site's library; audited.

    Args:
        parent: the page that the draft will stand below, as its own type.
        page_type: one of `page_types_below` the parent.
        file: the document; its name must end in .docx.
        by: whose draft it is.
        title: instead of the document's own.

    Raises:
        ValidationError: the file must not come in, cannot be read, or has nothing in it.
        PermissionDenied: the person may not add such a page there.
    """
    if page_type not in page_types_below(parent, by):
        raise PermissionDenied
    report = Report()
    reading = read(file, report)
    stem = names.split(file.name or "")[0]
    named = slugify(title or reading.title or stem, LONGEST_STEM) or names.NAMELESS
    library = Library(reading.pictures, stem=named, by=by, report=report)
    found = convert(reading.html, library.image_of, report)
    if not (found.blocks or found.abstract):
        raise incomplete()
    # Underscores and hyphens are how people spell spaces in the names of files.
    plain_stem = " ".join(stem.replace("_", " ").replace("-", " ").split())
    found.title = title or found.title or reading.title[:255] or plain_stem
    page = _draft(parent, page_type, found, by)
    log(instance=page, action=LOG_ACTION, user=by,
        data={"file": (file.name or "")[:200], "counts": dict(report.counts)})  # fmt: skip
    audit.record("page.imported_from_word", by=by, target=page.title, page=page.pk,
                 file=(file.name or "")[:200])  # fmt: skip
    return Imported(page, report)


def _draft(parent: Page, page_type: type[BodyPage], found: Converted, by: Any) -> BodyPage:
    page: Any = page_type(
        title=found.title[:255], abstract=found.abstract, locale=parent.locale, owner=by, live=False
    )
    page.body = json.dumps([{"type": kind, "value": value} for kind, value in found.blocks])
    begin = getattr(page, "begin", None)  # what a type fills in for a new page
    if begin is not None:
        begin(parent, by)
    parent.add_child(instance=page)
    page.save_revision(user=by, log_action="wagtail.create")
    return page


def page_types_below(parent: Page, user: Any) -> list[type[BodyPage]]:
    """Return the types of draft that a person may make of a document below a page."""
    rights = parent.permissions_for_user(user)
    if not rights.can_add_subpage():
        return []
    below = parent.specific_class.creatable_subpage_models()
    texts = [one for one in below if issubclass(one, BodyPage) and _is_text(one)]
    return [one for one in texts if one.can_create_at(parent)]


def _is_text(page_type: type[BodyPage]) -> bool:
    """Tell whether a title and a body are all that a page of this type needs."""
    given = {"title", "slug"}
    return not any(
        isinstance(one, models.Field) and not one.blank and not one.has_default()
        and not one.auto_created and not one.null and one.name not in given
        for one in page_type._meta.local_fields if not one.primary_key
    )  # fmt: skip


def last_report(page: Page) -> Report | None:
    """Return what the import of a page reported; nothing if it was not made of a document."""
    entry = PageLogEntry.objects.filter(page=page.pk, action=LOG_ACTION).order_by("pk").last()
    return Report(entry.data.get("counts", {})) if entry is not None else None
