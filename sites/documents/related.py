"""The other ends of a document's relations, as its page shows them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from .relations import DocumentRelation, Kind

if TYPE_CHECKING:
    from .pages import LegalDocumentPage

FORWARD = {Kind.REPLACES.value: _("Replaces"), Kind.AMENDS.value: _("Amends")}
BACKWARD = {Kind.REPLACES.value: _("Replaced by"), Kind.AMENDS.value: _("Amended by")}


@dataclass(frozen=True)
class Related:
    """A document at the other end: its public page here, or only its number."""

    page: LegalDocumentPage | None
    number: str


@dataclass(frozen=True)
class RelationGroup:
    """What a document does to others in one way, or others to it."""

    label: StrOrPromise
    documents: list[Related]


def relations_of(page: LegalDocumentPage) -> list[RelationGroup]:
    """Return the relations of `page` in both directions, those to it from public documents only.

    The number of queries does not depend on the number of relations.
    """
    forward = [(of.kind, of.target_id, of.number) for of in page.relations.all()]
    original = page.alias_of_id or page.pk
    reverse = DocumentRelation.objects.filter(target_id=original, source__live=True)
    backward = list(reverse.values_list("kind", "source_id"))
    known = _public([pk for _kind, pk, _number in forward] + [pk for _kind, pk in backward])
    groups: dict[StrOrPromise, list[Related]] = defaultdict(list)
    for kind, pk, number in forward:
        groups[FORWARD[kind]].append(Related(known.get(pk or 0), number))
    for kind, source_id in backward:
        if source_id in known:
            groups[BACKWARD[kind]].append(Related(known[source_id], ""))
    return [RelationGroup(label, documents) for label, documents in groups.items()]


def _public(ids: list[int | None]) -> dict[int, LegalDocumentPage]:
    from .pages import LegalDocumentPage

    wanted = {pk for pk in ids if pk}
    if not wanted:
        return {}
    pages = LegalDocumentPage.objects.public_ones().with_state().filter(pk__in=wanted)
    return {page.pk: page for page in pages}
