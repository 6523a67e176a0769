"""What waits for a person on the current site: their pages, other people's, the site's duties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, Q
from django.db.models.functions import Cast
from wagtail.images.permissions import permission_policy as image_policy
from wagtail.models import (
    Page,
    TaskState,
    WorkflowState,
    get_default_page_content_type,
)
from wagtail.permissions import page_permission_policy
from wagtail.query import PageQuerySet

from sites.base.links.models import BrokenLink
from sites.base.models import SiteImage
from sites.documents import deadlines
from sites.documents.querysets import DocumentQuerySet


@dataclass(frozen=True)
class Submission:
    """A page on its way through approval, with the task it is at and who ended that."""

    page: Page
    state: WorkflowState

    @property
    def is_sent_back(self) -> bool:
        """Whether a reviewer wants something changed."""
        return bool(self.state.status == WorkflowState.STATUS_NEEDS_CHANGES)


def submissions(user: Any) -> list[Submission]:
    """Return the pages that `user` wrote or sent for approval and that are not through yet.

    The latest first.
    """
    mine = Page.objects.filter(owner=user, pk=Cast(OuterRef("object_id"), IntegerField()))
    states = WorkflowState.objects.active().filter(
        Q(Exists(mine)) | Q(requested_by=user), base_content_type=get_default_page_content_type()
    )
    found = states.select_related("current_task_state__finished_by").order_by("-created_at")
    return _with_pages(list(found))


def reviews(user: Any) -> set[int]:
    """Return the workflow states that `user` can decide on, by primary key."""
    return set(TaskState.objects.reviewable_by(user).values_list("workflow_state", flat=True))


def drafts(user: Any) -> PageQuerySet[Page]:
    """Return what `user` began or changed and nobody published, the latest first.

    What is in a workflow, and documents past their deadline, are listed as such.
    """
    in_workflow = WorkflowState.objects.active().filter(
        base_content_type=get_default_page_content_type(),
        object_id=Cast(OuterRef("pk"), WorkflowState._meta.get_field("object_id")),
    )
    mine = Q(owner=user, live=False) | Q(latest_revision__user=user)
    pages = editable(user).filter(mine, Q(live=False) | Q(has_unpublished_changes=True))
    pages = pages.filter(alias_of=None, depth__gt=1).exclude(Exists(in_workflow))
    late = deadlines.overdue().order_by().values("pk")
    unexpired: PageQuerySet[Page] = pages.filter(expired=False).exclude(pk__in=late)
    return unexpired.select_related("locale").order_by("-latest_revision_created_at", "-pk")


def overdue_documents(user: Any) -> DocumentQuerySet:
    """Return the documents that should be online by now and that `user` may edit."""
    return deadlines.overdue().filter(pk__in=editable(user).values("pk"))


def undescribed_pictures(user: Any) -> int:
    """Return how many pictures without alternative text `user` may edit."""
    mine = image_policy.instances_user_has_permission_for(user, "change")
    return int(mine.filter(pk__in=SiteImage.objects.without_alt_text().values("pk")).count())


def broken_links(user: Any) -> int:
    """Return how many links lead nowhere on the public pages that `user` may edit."""
    found = BrokenLink.objects.on_public_pages()
    return found.filter(page__in=editable(user).values("pk")).count()


def editable(user: Any) -> PageQuerySet[Page]:
    """Return the pages that `user` may edit."""
    pages: PageQuerySet[Page] = page_permission_policy.instances_user_has_permission_for(
        user, "change"
    )
    return pages


def _with_pages(states: list[WorkflowState]) -> list[Submission]:
    """Give each its page; a state whose page is gone is left out."""
    pages = Page.objects.select_related("locale")
    by_id = pages.in_bulk([int(state.object_id) for state in states])
    pairs = [(by_id.get(int(state.object_id)), state) for state in states]
    return [Submission(page, state) for page, state in pairs if page is not None]
