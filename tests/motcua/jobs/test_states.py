"""The table of states is the only source of what may happen to a job."""

from __future__ import annotations

from pathlib import Path

import pytest

from motcua.jobs import states
from motcua.jobs.models import Job
from motcua.jobs.states import FINISHED, TRANSITIONS, WAITING, Status, as_markdown

ADR = Path(__file__).parents[3] / "docs" / "adr" / "0004-jobs.md"


def test_documentation_shows_the_table_of_the_code() -> None:
    assert as_markdown() in ADR.read_text()


def test_every_state_is_either_waiting_or_finished() -> None:
    assert set(Status) == {*WAITING, *FINISHED}


def test_every_state_but_success_can_be_left() -> None:
    assert {step.source for step in TRANSITIONS} == set(Status) - {Status.SUCCEEDED}


@pytest.mark.parametrize("status", Status.values)
def test_a_step_from_the_wrong_state_does_nothing(queue: None, status: str) -> None:
    job = Job.objects.create(site="public", task_path="a.b", queue="default", status=status)
    moved = {
        states.SUCCEED: job.succeed(None),
        states.REVIVE: status == Status.RUNNING or job.revive(),
    }
    assert moved[states.SUCCEED] == (status == Status.RUNNING)
    assert moved[states.REVIVE] == (status in (Status.DEAD, Status.RUNNING))
