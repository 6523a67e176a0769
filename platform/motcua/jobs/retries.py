"""How often a task is tried and how long it rests in between.

``@retries(max_attempts=5)`` above ``@task()`` sets a task's policy; tasks of other packages are
listed in ``_policies`` by path, so that no layer above has to be imported.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django_tasks.utils import get_module_path

T = TypeVar("T")


@dataclass(frozen=True)
class Retries:
    """A task's policy. Times are in seconds.

    The rest before attempt *n + 1* is ``first_delay * factor ** (n - 1)``, never more than
    ``longest_delay``, moved by up to ``jitter`` (a share of it) so that jobs that failed together
    do not come back together.

    ``give_up_on`` exceptions bury a job at once: trying again cannot help.
    ``obsolete_on`` exceptions end it well: what it was about no longer exists.
    """

    max_attempts: int = 3
    first_delay: float = 10.0
    factor: float = 4.0
    longest_delay: float = 3600.0
    jitter: float = 0.2
    give_up_on: tuple[type[BaseException], ...] = ()
    obsolete_on: tuple[type[BaseException], ...] = ()

    def __post_init__(self) -> None:
        if self.max_attempts < 1:
            raise ValueError("max_attempts must be at least 1")

    def delay(self, attempt: int) -> float:
        """Seconds to rest after the given failed attempt (the first is 1)."""
        # The exponent is bounded because 4 ** 2000 is no float.
        plain = self.first_delay * self.factor ** min(attempt - 1, 100)
        moved = random.uniform(1 - self.jitter, 1 + self.jitter)  # noqa: S311  (no secret)
        return min(plain, self.longest_delay) * moved


DEFAULT = Retries()

_policies: dict[str, Retries] = {
    # Saving and then deleting an object leaves an index update behind that has nothing to do.
    "wagtail.tasks.update_reference_index_task": Retries(obsolete_on=(ObjectDoesNotExist,)),
    "wagtail.images.tasks.set_image_focal_point_task": Retries(obsolete_on=(ObjectDoesNotExist,)),
}


def policy_for(task_path: str) -> Retries:
    """The policy of the task at this dotted path, or the default of three attempts."""
    return _policies.get(task_path, DEFAULT)


def set_policy(task_path: str, policy: Retries) -> None:
    """Give a task that another package defines its policy, by its dotted path."""
    _policies[task_path] = policy


def retries(**options: Any) -> Callable[[T], T]:
    """Decorator for a task or its function; takes the fields of ``Retries``.

    >>> @retries(max_attempts=5, first_delay=30)
    ... @task()
    ... def send_invitation(invitation_id: int) -> None: ...
    """
    policy = Retries(**options)

    def decorate(task: T) -> T:
        set_policy(get_module_path(getattr(task, "func", task)), policy)
        return task

    return decorate
