"""Documents by intent."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Case, F, IntegerField, Prefetch, Q, Value, When
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from motcua.text.codes import document_key, document_prefix
from motcua.text.folding import fold

from .states import state_expression

if TYPE_CHECKING:
    from .pages import LegalDocumentPage


class DocumentQuerySet(PageQuerySet["LegalDocumentPage"]):
    """Documents by intent."""

    def public_ones(self) -> Self:
        """What visitors may read; the mirrors of a translated tree are the same documents."""
        return self.live().public().filter(alias_of=None)

    def in_language(self, language: str) -> Self:
        """Each document once: in this language where it is translated, else as it is."""
        own = self.filter(locale__language_code=language)
        return self.filter(
            Q(locale__language_code=language)
            | ~Q(translation_key__in=own.values("translation_key"))
        )

    def with_state(self, today: date | None = None) -> Self:
        """Documents with `state_now`, whether they are in force."""
        return self.annotate(state_now=state_expression(today))

    def newest(self) -> Self:
        """By day of issue, newest first; without a day last."""
        return self.order_by(F("issued").desc(nulls_last=True), "-pk")

    def by_number(self) -> Self:
        """By number, 2 before 10; without a number last."""
        return self.order_by(
            Case(When(number_key="", then=1), default=0), "number_sort", *_NEWEST, "-pk"
        )

    def numbered(self, text: str) -> Self:
        """Documents whose number is, or begins with, what `text` says in any writing."""
        prefix = document_prefix(text)
        if not any(char.isdigit() for char in prefix):
            return self.none()
        return self.filter(number_key__startswith=prefix)

    def found_by(self, text: str) -> Self:
        """Documents with this number, or with all the words; with `rank`, 0 the exact number."""
        words = Q()
        for word in fold(text).split():
            words &= _has_word(word)
        prefix = document_prefix(text)
        numbers = Q(number_key__startswith=prefix) if _has_digit(prefix) else Q(pk__in=[])
        return self.filter(numbers | words).annotate(
            rank=Case(
                When(number_key=document_key(text), then=Value(0)),
                When(numbers, then=Value(1)),
                default=Value(2),
                output_field=IntegerField(),
            )
        )

    def with_files(self) -> Self:
        """Documents with their attachments and previews, in two queries for all."""
        from .attachments import Attachment

        files = Attachment.objects.select_related("document__preview").order_by("sort_order")
        return self.prefetch_related(Prefetch("attachments", files))

    def drafts(self) -> Self:
        """What has never been public."""
        return self.filter(live=False, first_published_at=None, alias_of=None)

    def incomplete(self) -> Self:
        """What lacks its number, type, issuer or date of issue."""
        return self.filter(Q(number="") | Q(type="") | Q(issuer="") | Q(issued=None))

    def same_as(self, document: LegalDocumentPage) -> Self:
        """Other documents with the number and issuer of `document`, issued in the same year.

        Numbers begin anew each year, so an equal number of another year is another document.
        """
        others = self.filter(number_key=document.number_key, issuer__iexact=document.issuer)
        if document.issued:
            others = others.filter(Q(issued__year=document.issued.year) | Q(issued=None))
        known = others.filter(locale_id=document.locale_id, alias_of=None).exclude(pk=document.pk)
        return known if document.number_key else self.none()


_NEWEST = (F("issued").desc(nulls_last=True),)


def _has_word(word: str) -> Q:
    """Return whether a folded text has a word, or part of one; a number only as a whole."""
    if not word[0].isdigit():
        return Q(folded__contains=word)
    end = r"\y" if word.isdigit() else ""
    return Q(folded__regex=rf"\y{re.escape(word)}{end}")


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


DocumentManager = PageManager.from_queryset(DocumentQuerySet)
