"""How far a thing has come: one table for each kind, from which forms, filters and tags are made.

The groups of projects (in preparation, under way, completed) are those of decree 43/2011/NĐ-CP,
article 10.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Status:
    """One state: its word, and the tone and sign of its tag, so that colour is never alone."""

    value: str
    label: Any
    tone: str
    icon: str


PROJECT = (
    Status("preparing", _("In preparation"), "wait", "clock"),
    Status("bidding", _("Selecting the contractor"), "leaf", "megaphone"),
    Status("running", _("Under way"), "info", "calendar-clock"),
    Status("finished", _("Completed"), "ok", "circle-check"),
    Status("suspended", _("Suspended"), "wait", "triangle-alert"),
    Status("cancelled", _("Cancelled"), "bad", "x"),
)
RECORD = (
    Status("drafting", _("Being drawn up"), "wait", "clock"),
    Status("consulting", _("Open for comment"), "leaf", "messages-square"),
    Status("running", _("Being carried out"), "info", "calendar-clock"),
    Status("finished", _("Carried out"), "ok", "circle-check"),
    Status("replaced", _("Replaced"), "bad", "x"),
)


def choices(table: tuple[Status, ...]) -> list[tuple[str, Any]]:
    """Return a table as the choices of a model field."""
    return [(status.value, status.label) for status in table]


def named(table: tuple[Status, ...], value: str) -> Status | None:
    """Return the status of that value, if the table has it."""
    return next((status for status in table if status.value == value), None)
