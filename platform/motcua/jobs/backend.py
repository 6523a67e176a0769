"""The ``django_tasks`` backend: one INSERT in the caller's transaction, with the caller's site."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.exceptions import ValidationError
from django.db import connection
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.signals import task_enqueued
from django_tasks.utils import normalize_json

from .inline import is_inline
from .retries import policy_for

# Packages whose tasks make sense in a site only. In `public` a file deletion, for one, would
# quietly find nothing to delete.
SITE_ONLY = ("wagtail.", "wagtail_localize.", "modelsearch.")


class SiteMissing(Exception):
    """A site's task was enqueued in ``public``: whoever did it has forgotten its site."""


class SiteJobBackend(BaseTaskBackend):
    """Queues tasks in ``public.jobs_job``.

    The job belongs to ``connection.schema_name`` at the time of the call; a rollback of the
    caller's transaction takes it back. A task of ``COALESCED_TASKS`` does what the rows say when
    it runs: if the same call waits already, that one will do. Coroutines are refused: their
    database calls may run in another thread, whose connection is in another site.
    """

    supports_async_task = False
    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(
        self, task: Task[..., Any], args: Iterable[Any], kwargs: dict[str, Any]
    ) -> TaskResult[Any]:
        """Queue one call in the current site; arguments must be JSON.

        Raises ``InvalidTaskError`` for an unknown queue, ``TypeError`` for other arguments and
        ``SiteMissing`` for a task of Wagtail's outside of any site.
        """
        self.validate_task(task)
        if connection.schema_name == "public" and task.module_path.startswith(SITE_ONLY):
            raise SiteMissing(f"{task.module_path} was enqueued outside of any site.")
        from . import models, results

        job = self._new_job(task, args, kwargs)
        if is_inline():
            return self._run_here(task, job)
        if task.module_path in settings.COALESCED_TASKS:
            waiting = models.Job.objects.hold_waiting_twin(job)
            if waiting is not None:
                return results.result_of(waiting, task)
        job.save(force_insert=True)
        result = results.result_of(job, task)
        task_enqueued.send(type(self), task_result=result)
        return result

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """A job of the current site (in ``public``: of any) by its id.

        Raises ``TaskResultDoesNotExist``.
        """
        from . import models, results

        try:
            return results.result_of(models.Job.objects.get(pk=result_id))
        except (models.Job.DoesNotExist, ValidationError) as error:
            raise TaskResultDoesNotExist(result_id) from error

    def check(self, **kwargs: Any) -> Iterable[checks.CheckMessage]:
        """Its table must be there."""
        if not apps.is_installed("motcua.jobs"):
            yield checks.Error("SiteJobBackend needs motcua.jobs in SHARED_APPS.", id="jobs.E001")

    def _new_job(self, task: Task[..., Any], args: Iterable[Any], kwargs: dict[str, Any]) -> Any:
        # Tasks are defined, and this class is loaded, before models may be imported.
        from .models import Job

        job = Job(
            site=connection.schema_name,
            task_path=task.module_path,
            args=normalize_json(list(args)),
            kwargs=normalize_json(kwargs),
            queue=task.queue_name,
            priority=task.priority,
            max_attempts=policy_for(task.module_path).max_attempts,
        )
        if task.run_after is not None:
            job.run_after = task.run_after
        return job

    def _run_here(self, task: Task[..., Any], job: Any) -> TaskResult[Any]:
        from . import results, states

        value = results.call(task, results.result_of(job, task))
        job.status, job.attempts = states.Status.SUCCEEDED, 1
        job.return_value = normalize_json(value)
        return results.result_of(job, task)
