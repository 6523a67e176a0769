"""The states of a site and the only ways between them.

Everything that speaks of states reads this table: the model's check, the buttons of the
administration, the shell commands, the documentation.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class Status(models.TextChoices):
    """What a site is to the public."""

    PREPARING = "preparing", _("Preparing")
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    ARCHIVED = "archived", _("Archived")
    MERGED = "merged", _("Merged")


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One way from some states to another: ``name`` in code and audit, ``label`` on a button."""

    name: str
    label: StrOrPromise
    sources: frozenset[Status]
    target: Status


TRANSITIONS: dict[str, Transition] = {
    transition.name: transition
    for transition in (
        Transition(
            name="launch",
            label=_("Launch"),
            sources=frozenset({Status.PREPARING}),
            target=Status.ACTIVE,
        ),
        Transition(
            name="suspend",
            label=_("Suspend"),
            sources=frozenset({Status.ACTIVE}),
            target=Status.SUSPENDED,
        ),
        Transition(
            name="resume",
            label=_("Resume"),
            sources=frozenset({Status.SUSPENDED}),
            target=Status.ACTIVE,
        ),
        Transition(
            name="archive",
            label=_("Archive"),
            sources=frozenset({Status.ACTIVE, Status.SUSPENDED}),
            target=Status.ARCHIVED,
        ),
        Transition(
            name="restore",
            label=_("Restore"),
            sources=frozenset({Status.ARCHIVED}),
            target=Status.ACTIVE,
        ),
        Transition(
            name="merge",
            label=_("Merge into its successor"),
            sources=frozenset({Status.ACTIVE, Status.SUSPENDED, Status.ARCHIVED}),
            target=Status.MERGED,
        ),
    )
}


def transitions_from(status: str) -> list[Transition]:
    """Return the transitions that a site in ``status`` may take."""
    return [transition for transition in TRANSITIONS.values() if status in transition.sources]
