"""What one does with several pages of the organisation at once."""

from __future__ import annotations

from django.db import transaction

from motcua.people.models import User

from .schedules import SchedulePage, WeekPage


@transaction.atomic
def copy_week(*, week: WeekPage, by: User) -> WeekPage:
    """Make a draft of the first week that the schedule does not have yet, with the same entries.

    The entries are those of the latest version of ``week``, published or not.

    Args:
        week: the week to take the entries from.
        by: who copies; owns the draft and stands in its history.
    """
    schedule: SchedulePage = week.get_parent().specific
    latest: WeekPage = week.get_latest_revision_as_object()
    draft = WeekPage(
        monday=schedule.next_free().monday,
        entries=latest.entries,
        locale=schedule.locale,
        owner=by,
        live=False,
        has_unpublished_changes=True,
    )
    schedule.add_child(instance=draft)
    draft.save_revision(user=by, log_action=True)
    return draft
