"""The states of a job and every way between them: one table, used by the code and the docs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Where a job stands. A failed job that will be tried again is READY with a later start."""

    READY = "ready", _("Ready")
    RUNNING = "running", _("Running")
    SUCCEEDED = "succeeded", _("Succeeded")
    DEAD = "dead", _("Dead")


@dataclass(frozen=True)
class Transition:
    """One allowed step. ``why`` is for people who read the docs or the logs."""

    name: str
    source: Any  # a Status: without its stubs, Django's enumerations have no type of their own
    target: Any
    why: str


CLAIM = Transition("claim", Status.READY, Status.RUNNING, "a worker takes the job")
SUCCEED = Transition("succeed", Status.RUNNING, Status.SUCCEEDED, "the task returned")
RETRY = Transition("retry", Status.RUNNING, Status.READY, "the task failed, attempts are left")
RECOVER = Transition("recover", Status.RUNNING, Status.READY, "its worker died")
POSTPONE = Transition("postpone", Status.RUNNING, Status.READY, "its site cannot run jobs now")
BURY = Transition("bury", Status.RUNNING, Status.DEAD, "no attempt is left, or the site is gone")
REVIVE = Transition("revive", Status.DEAD, Status.READY, "an operator tries it again")

TRANSITIONS = (CLAIM, SUCCEED, RETRY, RECOVER, POSTPONE, BURY, REVIVE)

WAITING = (Status.READY, Status.RUNNING)
FINISHED = (Status.SUCCEEDED, Status.DEAD)


def as_markdown() -> str:
    """The table of transitions for the docs, one row each."""
    rows = [f"| {t.name} | {t.source.value} | {t.target.value} | {t.why} |" for t in TRANSITIONS]
    return "\n".join(["| transition | from | to | when |", "|---|---|---|---|", *rows])
