"""A site's words as one PO file (GNU gettext), for translators who work elsewhere.

The context of an entry is ``<translation key>:<path of the field>``. Pages whose translation
somebody wrote by hand are left out: a file would overwrite it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

import polib
from django.conf import settings
from django.db import connection
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import StringSegmentValue

from .progress import State, expected_pages, source_pages, target_locale

PER_FILE = 500  # pages; a larger site has several files
SITE = "X-Site"


class NotAPoFile(Exception):
    """The upload is no PO file of this site; says why."""


@dataclass(frozen=True)
class Line:
    """One entry of a file: where it stands, what it is of, its words and their translation."""

    number: int
    context: str
    source: str
    translation: str
    fuzzy: bool = False

    @property
    def key(self) -> UUID | None:
        """The translation key of the page, if the context names one."""
        try:
            return UUID(self.context.partition(":")[0])
        except ValueError:
            return None

    @property
    def path(self) -> str:
        """The field within the page."""
        return self.context.partition(":")[2]


def pages_for_translators(root: Page | None = None) -> list[Page]:
    """Return the pages whose words may come from a file: of a page and below it, or of the site.

    Of the site those that readers wait for; legal documents only where somebody asks for them.
    """
    target = target_locale()
    if target is None:
        return []
    if root is None:
        pages = expected_pages(target)
    else:
        pages = source_pages(target).filter(path__startswith=root.path)
    by_file = set(
        Translation.objects.filter(target_locale=target, enabled=True).values_list(
            "source__object_id", flat=True
        )
    )
    return [
        page for page in pages if page.state == State.MISSING or page.translation_key in by_file
    ]


def export(pages: Iterable[Page]) -> polib.POFile:
    """Return the words of pages with the translations there are; nothing is written."""
    target = target_locale()
    assert target is not None  # noqa: S101 - there are no pages without
    po = polib.POFile(wrapwidth=0)
    po.metadata = {
        "Project-Id-Version": connection.tenant.primary_domain,
        "PO-Revision-Date": timezone.localtime().strftime("%Y-%m-%d %H:%M%z"),
        "Language": target.language_code,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        SITE: connection.schema_name,
    }
    specific = list(Page.objects.filter(pk__in=[page.pk for page in pages]).specific())
    known = _known([page.translation_key for page in specific], target)
    for page in sorted(specific, key=lambda page: str(page.path)):
        po.extend(_entries(page, known))
    return po


def _known(keys: list[UUID], target: Locale) -> dict[tuple[UUID, str, str], str]:
    """Return the translations there are, by page, field and words."""
    rows = StringTranslation.objects.filter(context__object_id__in=keys, locale=target)
    return {
        (key, path, source): data
        for key, path, source, data in rows.values_list(
            "context__object_id", "context__path", "translation_of__data", "data"
        )
    }


def _entries(page: Page, known: dict[tuple[UUID, str, str], str]) -> Iterator[polib.POEntry]:
    key = page.translation_key
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue):
            words = segment.string.data
            yield polib.POEntry(
                msgid=words,
                msgctxt=f"{key}:{segment.path}",
                msgstr=known.get((key, segment.path, words), ""),
                comment=f"{page.title} – {page.full_url}",
            )


def read(content: bytes) -> list[Line]:
    """Return the entries of an uploaded file of this site.

    Raises:
        NotAPoFile: it is something else, of another site or of another language.
    """
    po = _parse(content)
    if po.metadata.get(SITE) != connection.schema_name:
        raise NotAPoFile("site")
    language = po.metadata.get("Language")
    if language not in dict(settings.LANGUAGES) or language == settings.LANGUAGE_CODE:
        raise NotAPoFile("language")
    return [
        Line(entry.linenum or 0, entry.msgctxt or "", entry.msgid, entry.msgstr, entry.fuzzy)
        for entry in po
        if not entry.obsolete
    ]


def _parse(content: bytes) -> polib.POFile:
    # By way of a file: polib takes a short text for the name of one, and would read that.
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "upload.po")
        with open(path, "wb") as file:
            file.write(content.removeprefix(b"\xef\xbb\xbf"))
        try:
            return polib.pofile(path, encoding="utf-8")
        except (OSError, ValueError, UnicodeError) as error:
            raise NotAPoFile("syntax") from error
