"""Whether a document is in force: one table, read both by Python and by the database.

A document's row holds what it follows from: the status its webmaster stated, its own dates, and
the days from which other documents replace or amend it. So a date that arrives shows by itself,
without a job.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Q, TextChoices, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Whether a document is in force (tình trạng hiệu lực)."""

    PENDING = "pending", _("Not yet in force")
    IN_FORCE = "in_force", _("In force")
    PARTLY = "partly", _("Partly expired")
    EXPIRED = "expired", _("Expired")
    UNKNOWN = "unknown", _("Not determined")


# What a webmaster may state; nothing stated means that dates and relations decide.
STATED = [(state.value, state.label) for state in State if state is not State.UNKNOWN]


@dataclass(frozen=True)
class Rule:
    """A document is in `state` if what `fact` holds is the word or has come, as `test` says.

    Tests: ``is`` (the stated status is `state`), ``arrived`` (a day up to today), ``coming``.
    """

    state: State
    fact: str
    test: str

    def holds(self, facts: Mapping[str, Any], today: date) -> bool:
        """Whether the rule applies to a document."""
        value = facts.get(self.fact)
        if self.test == "is":
            return value == self.state.value
        if not value:
            return False
        day: date = date.fromisoformat(value) if isinstance(value, str) else value
        return (day <= today) == (self.test == "arrived")

    def condition(self, today: date) -> Q:
        """Return the same for the database."""
        lookups = {"is": self.state.value, "arrived": today, "coming": today}
        suffix = {"is": "", "arrived": "__lte", "coming": "__gt"}
        return Q(**{f"{self.fact}{suffix[self.test]}": lookups[self.test]})


# The first that applies decides. An end beats everything; a date says more than a word.
RULES = (
    Rule(State.EXPIRED, "stated", "is"),
    Rule(State.EXPIRED, "replaced_on", "arrived"),
    Rule(State.EXPIRED, "expires", "arrived"),
    Rule(State.PARTLY, "stated", "is"),
    Rule(State.PENDING, "effective", "coming"),
    Rule(State.PARTLY, "amended_on", "arrived"),
    Rule(State.IN_FORCE, "stated", "is"),
    Rule(State.IN_FORCE, "effective", "arrived"),
    Rule(State.PENDING, "stated", "is"),
)
FACTS = ("stated", "effective", "expires", "replaced_on", "amended_on")


def state_of(facts: Mapping[str, Any], today: date | None = None) -> State:
    """Return the state that follows from `facts`.

    Args:
        facts: by the names of `FACTS`; dates as dates or in ISO 8601, as the hub's details of a
            document have them. What is missing or empty is not known.
        today: the local day; default is today.
    """
    day = today or timezone.localdate()
    return next((rule.state for rule in RULES if rule.holds(facts, day)), State.UNKNOWN)


def state_expression(today: date | None = None) -> Case:
    """Return the state as an expression over the columns named in `FACTS`."""
    day = today or timezone.localdate()
    return Case(
        *(When(rule.condition(day), then=Value(rule.state.value)) for rule in RULES),
        default=Value(State.UNKNOWN.value),
        output_field=CharField(),
    )
