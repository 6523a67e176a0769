"""Many documents at once, with everything that publishing one by one would leave behind.

A page is a row of the tree, a row of its type, a first revision, an entry of the search index and
an item of the hub. Documents from a list refer to nothing, so the reference index has none of
them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.search.backends import get_search_backends_with_name

from sites.base import sharing

from .pages import DocumentsPage, LegalDocumentPage

CHILDREN = ("relations", "attachments", "wagtail_admin_comments")


@transaction.atomic
def publish(section: DocumentsPage, documents: Sequence[LegalDocumentPage], user: Any) -> None:
    """Put new documents below a list, published, in one transaction.

    Args:
        section: the list; its row is locked until the transaction ends.
        documents: documents that are not stored, without relations and files.
        user: who owns them, or nothing.
    """
    parent = Page.objects.select_for_update().get(pk=section.pk)
    slugs = set(parent.get_children().values_list("slug", flat=True))
    first = _next_step(parent)
    for offset, document in enumerate(documents):
        _place(document, parent, first + offset, slugs)
        document.owner_id = getattr(user, "pk", None)
    _insert(documents)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(documents))
    _add_revisions(documents, user)
    for _name, backend in get_search_backends_with_name(with_auto_update=True):
        backend.add_bulk(LegalDocumentPage, list(documents))
    sharing.share(*(document.pk for document in documents))


def _next_step(parent: Page) -> int:
    last = parent.get_last_child()
    return Page._str2int(last.path[-Page.steplen :]) + 1 if last else 1


def _place(document: LegalDocumentPage, parent: Page, step: int, slugs: set[str]) -> None:
    now = timezone.now()
    document.work_out()
    document.slug = _free_slug(document.slug_base(), slugs)
    document.locale_id = parent.locale_id
    document.depth = parent.depth + 1
    document.path = Page._get_path(parent.path, document.depth, step)
    document.numchild = 0
    document.draft_title = document.title
    document.set_url_path(parent)
    document.live, document.has_unpublished_changes = True, False
    document.first_published_at = document.last_published_at = now
    document.latest_revision_created_at = now
    for name in CHILDREN:  # they have none, and need not be asked for
        setattr(document, name, [])


def _free_slug(wanted: str, slugs: set[str]) -> str:
    slug, number = wanted, 1
    while slug in slugs:
        number += 1
        slug = f"{wanted}-{number}"
    slugs.add(slug)
    return slug


def _insert(documents: Sequence[LegalDocumentPage]) -> None:
    """Insert both rows of each page; Django itself does not insert many of two tables."""
    names = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    rows = [Page(**{name: getattr(one, name) for name in names}) for one in documents]
    Page.objects.bulk_create(rows)
    for document, row in zip(documents, rows, strict=True):
        document.pk = document.id = document.page_ptr_id = row.pk
        document._state.adding = False
    fields = LegalDocumentPage._meta.local_concrete_fields
    LegalDocumentPage._base_manager._insert(
        documents, fields=fields, using=LegalDocumentPage.objects.db, raw=True
    )


def _add_revisions(documents: Sequence[LegalDocumentPage], user: Any) -> None:
    first = documents[0]
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type_id=first.cached_content_type.pk,
            base_content_type=first.get_base_content_type(),
            object_id=str(document.pk),
            created_at=document.latest_revision_created_at,
            user_id=document.owner_id,
            object_str=str(document),
            content=document.serializable_data(),
        )
        for document in documents
    )
    pages = []
    for document, revision in zip(documents, revisions, strict=True):
        document.latest_revision_id = document.live_revision_id = revision.pk
        pages.append(Page(pk=document.pk, latest_revision=revision, live_revision=revision))
    Page.objects.bulk_update(pages, ["latest_revision", "live_revision"])
