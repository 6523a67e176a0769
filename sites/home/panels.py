"""What the admin's home begins with: what waits for the person who looks at it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from motcua.insight import visits
from sites.base.links.reports import REPORT
from sites.documents.deadlines import deadline_of

from . import waiting
from .freshness import Standing, State, standings
from .steps import Step, next_steps
from .waiting import Submission

SHOWN = 5  # of each group; a home is for a look, lists are elsewhere


@dataclass(frozen=True, kw_only=True)
class Row:
    """One thing to do: its name and where it is done, and what there is to say of it."""

    title: str
    url: str = ""
    note: str = ""
    quote: str = ""
    tag: str | Promise = ""
    tone: str = ""
    step: Step | None = None


@dataclass(frozen=True, kw_only=True)
class Group:
    """Things to do of one sort; `hidden` is how many more there are, `url` where all are."""

    name: str
    heading: str
    icon: str
    rows: list[Row] = field(default_factory=list)
    hidden: int = 0
    url: str = ""


class WaitingPanel(Component):
    """Everything that waits for one person, the most pressing first."""

    name = "waiting"
    template_name = "home/panels/waiting.html"
    order = 10

    class Media:
        css = {"all": ["home/admin.css"]}

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Add ``groups`` to act on, ``submitted`` to know of, and the visits of the day."""
        assert parent_context is not None  # noqa: S101 - Wagtail always gives one
        user = parent_context["request"].user
        submissions, reviews = waiting.submissions(user), waiting.reviews(user)
        groups = [
            sent_back(submissions), overdue(user), drafts(user), sections(user), chores(user),
        ]  # fmt: skip
        groups = [group for group in groups if group.rows]
        return {
            "groups": groups,
            "submitted": submitted(one for one in submissions if one.state.pk not in reviews),
            "nothing": not groups and not reviews,
            "visits": visits.today(),
            "csrf_token": parent_context.get("csrf_token", ""),
        }


def sent_back(submissions: Iterable[Submission]) -> Group:
    """Return the pages whose reviewer wants something changed, with what was said."""
    rows = [
        Row(
            title=one.page.get_admin_display_title(),
            url=_edit(one.page),
            note=_when(one.state.current_task_state, _language(one.page)),
            quote=one.state.current_task_state.comment if one.state.current_task_state else "",
            step=Step(_("Correct it"), _edit(one.page)),
        )
        for one in submissions
        if one.is_sent_back
    ]
    return _group("sent-back", _("Sent back to you"), "comment", rows)


def submitted(submissions: Iterable[Submission]) -> Group:
    """Return the pages that wait for somebody else's approval."""
    rows = [
        Row(
            title=one.page.get_admin_display_title(),
            url=_edit(one.page),
            note=_joined(_day(one.state.created_at), _language(one.page)),
        )
        for one in submissions
        if not one.is_sent_back
    ]
    return _group("submitted", _("Waiting for approval by others"), "time", rows)


def overdue(user: Any) -> Group:
    """Return the documents that the law wants online by now."""
    documents = waiting.overdue_documents(user)
    shown = list(documents[: SHOWN + 1])
    rows = []
    for document in shown[:SHOWN]:
        deadline = deadline_of(document)
        rows.append(
            Row(
                title=document.get_admin_display_title(),
                url=_edit(document),
                tag=deadline.text if deadline else "",
                tone="red",
                step=Step(_("Publish"), _edit(document)),
            )
        )
    hidden = documents.count() - SHOWN if len(shown) > SHOWN else 0
    heading = _("Documents past their deadline")
    return Group(name="overdue", heading=heading, icon="warning", rows=rows, hidden=hidden,
                 url=reverse("legal_documents:index"))  # fmt: skip


def drafts(user: Any) -> Group:
    """Return what the person began and did not publish."""
    pages = waiting.drafts(user)
    shown = list(pages[: SHOWN + 1])
    rows = [
        Row(
            title=page.get_admin_display_title(),
            url=_edit(page),
            note=_joined(_day(page.latest_revision_created_at), _language(page)),
            tag=_("Unpublished changes") if page.live else _("Draft"),
        )
        for page in shown[:SHOWN]
    ]
    hidden = pages.count() - SHOWN if len(shown) > SHOWN else 0
    return Group(name="drafts", heading=_("Your drafts"), icon="edit", rows=rows, hidden=hidden)


def sections(user: Any) -> Group:
    """Return the mandatory sections that the person can do something for."""
    steps = [
        (one, step) for one, step in next_steps(standings(), user) if one.duty and step is not None
    ]
    rows = [
        Row(
            title=one.title,
            url=_edit(one.page) if one.page else "",
            note=_last_update(one),
            tag=one.state.label,
            tone=one.tone,
            step=step,
        )
        for one, step in sorted(steps, key=lambda pair: pair[0].urgency)
    ]
    heading, address = _("Mandatory sections"), reverse("home_places")
    return _group("sections", heading, "list-ul", rows, address)


def _last_update(standing: Standing) -> str:
    if standing.state is not State.STALE or standing.last is None:
        return ""
    return _("Last update: %(day)s") % {"day": _day(standing.last)}


def chores(user: Any) -> Group:
    """Return what can be put right when there is time."""
    pictures = waiting.undescribed_pictures(user)
    rows = []
    if pictures:
        text = ngettext(
            "%(count)s picture without alternative text",
            "%(count)s pictures without alternative text",
            pictures,
        )
        rows.append(Row(title=text % {"count": pictures}, url=reverse("media_without_alt_text")))
    broken = waiting.broken_links(user)
    if broken:
        text = ngettext("%(count)s broken link", "%(count)s broken links", broken)
        rows.append(Row(title=text % {"count": broken}, url=reverse(REPORT)))
    return _group("chores", _("When there is time"), "clipboard-list", rows)


def _group(name: str, heading: str, icon: str, rows: list[Row], url: str = "") -> Group:
    hidden = max(len(rows) - SHOWN, 0)
    return Group(name=name, heading=heading, icon=icon, rows=rows[:SHOWN], hidden=hidden, url=url)


def _edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _language(page: Page) -> str:
    """Return the name of a page's language where it is not the first."""
    code = page.locale.language_code
    return "" if code == "vi" else str(page.locale.get_display_name())


def _when(task_state: Any, language: str) -> str:
    if task_state is None:
        return language
    by = task_state.finished_by.get_full_name() if task_state.finished_by else ""
    return _joined(by, _day(task_state.finished_at), language)


def _day(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "d/m/Y") if moment else ""


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))
