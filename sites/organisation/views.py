"""The administration's screens beside Wagtail's own."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from . import actions
from .models import WeekPage


def copy_week(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask, and on POST make the next free week with the entries of this one.

    Raises:
        PermissionDenied: the person may not add a week to the schedule.
    """
    week = get_object_or_404(WeekPage, pk=page_id)
    schedule = week.get_parent().specific
    if not schedule.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    if request.method != "POST":
        context = {"week": week, "coming": schedule.next_free()}
        return render(request, "organisation/copy_week.html", context)
    draft = actions.copy_week(week=week, by=request.user)
    messages.success(request, _("“%(week)s” is a draft now.") % {"week": draft.title})
    return redirect("wagtailadmin_pages:edit", draft.pk)
