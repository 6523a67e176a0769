"""Publishing several pages at once, which asks of each what its form asks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.fields import StreamField
from wagtail.models import Page


def not_ready(page: Page) -> list[str]:
    """Return why the newest version of a page cannot go live; nothing if it can.

    A draft may lack what its form asks for before publishing.
    """
    if page.alias_of_id is not None:
        return [gettext("It stands in for a translation: publish the original, or translate it.")]
    draft = page.get_latest_revision_as_object()
    reasons: list[str] = []
    try:
        draft.full_clean()
    except ValidationError as error:
        reasons += error.messages
    for field in draft._meta.get_fields():
        if isinstance(field, StreamField):
            try:
                field.stream_block.clean(getattr(draft, field.name))
            except ValidationError:
                reasons.append(gettext("Something is missing in “%(field)s”.")
                               % {"field": field.verbose_name})  # fmt: skip
    missing = getattr(draft, "missing_to_publish", dict)
    return [*reasons, *missing().values()]


class PublishReadyPages(PublishBulkAction):
    """Wagtail's, which leaves out what is not ready and says why."""

    def form_valid(self, form: Any) -> Any:
        """Tell, after the pages that went live, of those that stayed drafts."""
        self.left_out: dict[Page, list[str]] = {}
        answer = super().form_valid(form)
        if self.left_out:
            messages.warning(self.request, self._about_left_out())
        return answer

    def get_execution_context(self) -> dict[str, Any]:
        """Hand on where to write what is left out."""
        return {**super().get_execution_context(), "left_out": self.left_out}

    @classmethod
    def execute_action(
        cls,
        objects: list[Page],
        include_descendants: bool = False,
        user: Any = None,
        left_out: dict[Page, list[str]] | None = None,
        **kwargs: Any,
    ) -> tuple[int, int]:
        """Publish the pages that are ready, and if wanted the drafts below them.

        Returns:
            How many of the pages, and how many below them, were published.
        """
        left_out = {} if left_out is None else left_out
        chosen = _publish(objects, user, left_out)
        if not include_descendants:
            return chosen, 0
        below = Q(pk__in=())
        for page in objects:
            below |= Q(path__startswith=page.path, depth__gt=page.depth)
        drafts = (
            Page.objects.filter(below, alias_of=None)
            .not_live()
            .exclude(pk__in=[one.pk for one in objects])
        )
        permitted = [
            page for page in drafts.specific()
            if user is None or page.permissions_for_user(user).can_publish()
        ]  # fmt: skip
        return chosen, _publish(permitted, user, left_out)

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        """Return how many went live, or nothing if none did."""
        if not num_parent_objects + num_child_objects:
            return None
        told: str = super().get_success_message(num_parent_objects, num_child_objects)
        return told

    def _about_left_out(self) -> str:
        rows = format_html_join(
            "", '<li><a href="{}">{}</a>: {}</li>',
            ((reverse("wagtailadmin_pages:edit", args=[page.pk]),
              page.get_admin_display_title(), " ".join(reasons))
             for page, reasons in self.left_out.items()),
        )  # fmt: skip
        told = ngettext(
            "%(count)s page is not ready and was not published:",
            "%(count)s pages are not ready and were not published:",
            len(self.left_out),
        ) % {"count": len(self.left_out)}
        return format_html("{}<ul>{}</ul>", told, rows)


def _publish(pages: list[Page], user: Any, left_out: dict[Page, list[str]]) -> int:
    published = 0
    for page in pages:
        reasons = not_ready(page)
        if reasons:
            left_out[page] = reasons
            continue
        revision = page.get_latest_revision() or page.specific.save_revision(user=user)
        revision.publish(user=user)
        published += 1
    return published
