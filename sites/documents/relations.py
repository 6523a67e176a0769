"""What a document does to others: replaces or amends them.

The table holds what the newer document says; the other end reads it backwards. A document's row
remembers from which day it is replaced or amended (`replaced_on`, `amended_on`), brought up to
date in the transaction that changes either end, so that its state needs no second look.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import Min, Q
from django.db.models.functions import Coalesce, TruncDate
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Orderable
from wagtail.signals import page_unpublished

from motcua.text.codes import document_key
from motcua.text.dates import parse_date
from motcua.text.fields import normalise_model
from sites.base import sharing

if TYPE_CHECKING:
    from .pages import LegalDocumentPage

KEY_LENGTH = 200
# What is worked out from other rows and never comes from a revision.
WORKED_OUT = ("replaced_on", "amended_on")
_WITH_DAY = re.compile(r"^(?P<number>.*?)[\s,;]+(?P<day>ngày\b.*|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})$",
                       re.IGNORECASE | re.DOTALL)  # fmt: skip
_LOCK = 0x4D43_4452  # "MCDR", first half of an advisory lock's key


class Kind(models.TextChoices):
    """What one document does to another."""

    REPLACES = "replaces", _("Replaces")
    AMENDS = "amends", _("Amends")


class DocumentRelation(Orderable):
    """A document replaces or amends another, which the site may have or not."""

    source = ParentalKey(
        "documents.LegalDocumentPage", on_delete=models.CASCADE, related_name="relations"
    )
    kind = models.CharField(
        _("relation"), max_length=10, choices=Kind.choices, default=Kind.REPLACES
    )
    target = models.ForeignKey(
        "documents.LegalDocumentPage",
        verbose_name=_("document of this site"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reverse_relations",
    )
    number = models.CharField(
        _("or its number"),
        max_length=200,
        blank=True,
        help_text=_(
            "For a document that this site does not have, with its date where numbers begin anew "
            "each year: 12/QĐ-UBND ngày 05/03/2019. It is linked as soon as it appears here."
        ),
    )
    number_key = models.CharField(max_length=KEY_LENGTH, blank=True, editable=False)

    panels = [
        FieldPanel("kind"),
        PageChooserPanel("target", "documents.LegalDocumentPage"),
        FieldPanel("number"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("relation to another document")
        verbose_name_plural = _("relations to other documents")
        indexes = [
            models.Index(
                fields=["number_key"],
                name="documents_relation_open",
                condition=Q(target__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number or self.target or ''}".strip()

    def clean(self) -> None:
        """Normalise; refuse a relation to nothing.

        Raises:
            ValidationError: neither a document nor a number is named.
        """
        normalise_model(self)
        super().clean()
        if self.target_id is None and not document_key(self.number):
            raise ValidationError(
                {"number": _("Choose the document, or write its number if it is not here.")}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the number of a chosen document: its name remains if it is deleted."""
        if self.target_id and self.target is not None and self.target.number:
            self.number = self.target.number
        self.number_key = document_key(number_and_day(self.number)[0])[:KEY_LENGTH]
        super().save(*args, **kwargs)


def number_and_day(text: str) -> tuple[str, date | None]:
    """Return the number and the day of ``12/QĐ-UBND ngày 05/03/2019``; the day may be missing."""
    match = _WITH_DAY.match(text.strip())
    try:
        return (match["number"], parse_date(match["day"])) if match else (text, None)
    except ValueError:
        return text, None


def refuse_circles(page: LegalDocumentPage, target_ids: Collection[int | None]) -> None:
    """Refuse that a document stands above itself.

    Args:
        page: the document that replaces or amends; it may not be stored yet.
        target_ids: the documents it acts upon.

    Raises:
        ValidationError: one of them is the document itself, or acts upon it, directly or not.
    """
    if page.pk is None:
        return
    targets = {target for target in target_ids if target}
    if page.pk in targets:
        raise ValidationError(_("A document cannot replace or amend itself."))
    if page.pk in _reachable(targets):
        raise ValidationError(
            _("These documents would replace or amend each other in a circle. Check which of them "
              "is the newer one.")
        )  # fmt: skip


def _reachable(start: Iterable[int]) -> set[int]:
    """Return everything that the documents act upon, directly or through others."""
    seen: set[int] = set()
    front = set(start)
    while front:
        seen |= front
        rows = DocumentRelation.objects.filter(source_id__in=front, target__isnull=False)
        front = set(rows.values_list("target_id", flat=True)) - seen
    return seen


def settle(page: LegalDocumentPage) -> None:
    """Bring both ends of a stored document's relations up to date, in the caller's transaction.

    Links relations by number, in both directions, and works out anew from which day it and those
    it acts upon are replaced or amended.

    Raises:
        ValidationError: somebody else has just stored a relation that makes a circle of this one.
    """
    own = DocumentRelation.objects.filter(source_id=page.pk)
    if own.exists() or page.number_key:
        _one_at_a_time()
        _link_own(page)
        _link_others(page)
    targets = list(own.filter(target__isnull=False).values_list("target_id", flat=True))
    refuse_circles(page, targets)
    refresh([page.pk, *targets])


def refresh(page_ids: Iterable[int]) -> None:
    """Work out anew from which day these documents are replaced or amended; tell the hub."""
    from .pages import LegalDocumentPage

    ids = set(page_ids)
    days = _days(ids)
    changed = []
    for page in LegalDocumentPage.objects.filter(pk__in=ids).only("replaced_on", "amended_on"):
        values = {
            "replaced_on": days.get((page.pk, Kind.REPLACES.value)),
            "amended_on": days.get((page.pk, Kind.AMENDS.value)),
        }
        if values != {"replaced_on": page.replaced_on, "amended_on": page.amended_on}:
            with_mirrors = Q(pk=page.pk) | Q(alias_of_id=page.pk)
            LegalDocumentPage.objects.filter(with_mirrors).update(**values)
            changed.append(page.pk)
    if changed:
        sharing.share(*changed)


def read_worked_out(page: LegalDocumentPage, page_id: int) -> None:
    """Give `page` what is worked out of the document `page_id`, as it is stored now."""
    from .pages import LegalDocumentPage

    stored = LegalDocumentPage.objects.filter(pk=page_id).values(*WORKED_OUT).first()
    for name, value in (stored or {}).items():
        setattr(page, name, value)


def _days(ids: Collection[int]) -> dict[tuple[int, str], date]:
    """Return the first day on which a public document acts upon each of these, by kind."""
    rows = (
        DocumentRelation.objects.filter(target_id__in=ids, source__live=True, source__alias_of=None)
        .values("target_id", "kind")
        .order_by()
        .annotate(
            day=Min(
                Coalesce(
                    "source__effective", "source__issued", TruncDate("source__first_published_at")
                )
            )
        )
    )
    return {(row["target_id"], row["kind"]): row["day"] for row in rows if row["day"]}


def _link_own(page: LegalDocumentPage) -> None:
    for relation in DocumentRelation.objects.filter(source_id=page.pk, target__isnull=True):
        _link(relation)


def _link_others(page: LegalDocumentPage) -> None:
    if not (page.live and page.number_key):
        return
    open_ones = DocumentRelation.objects.filter(target__isnull=True, source__alias_of=None)
    waiting = open_ones.filter(number_key=page.number_key)
    for relation in waiting.exclude(source_id=page.pk):
        _link(relation)


def _link(relation: DocumentRelation) -> None:
    """Link a relation by number if exactly one document is meant and no circle comes of it."""
    from .pages import LegalDocumentPage

    _number, day = number_and_day(relation.number)
    found = LegalDocumentPage.objects.live().filter(number_key=relation.number_key)
    found = found.filter(alias_of=None, locale_id=relation.source.locale_id)
    ids = list(found.filter(**({"issued": day} if day else {})).values_list("pk", flat=True)[:2])
    if len(ids) == 1 and relation.source_id not in _reachable(ids):
        DocumentRelation.objects.filter(pk=relation.pk).update(target_id=ids[0])
        refresh(ids)


def _one_at_a_time() -> None:
    """Let nobody else store relations of this site before the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK, connection.schema_name]
        )


def connect() -> None:
    """Connect the handlers for what cascades; called once when Django is ready."""
    post_delete.connect(_relation_gone, sender=DocumentRelation)
    page_unpublished.connect(_document_unpublished)


def _relation_gone(instance: DocumentRelation, **_kwargs: Any) -> None:
    if instance.target_id:
        refresh([instance.target_id])


def _document_unpublished(instance: Any, **_kwargs: Any) -> None:
    rows = DocumentRelation.objects.filter(source_id=instance.pk, target__isnull=False)
    refresh(rows.values_list("target_id", flat=True))
