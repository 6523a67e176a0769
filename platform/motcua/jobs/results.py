"""A job as the ``django_tasks`` interface shows it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.utils.module_loading import import_string
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.base import Task, TaskContext, TaskError

from .models import Job
from .states import Status

_STATUSES: dict[Any, Any] = {
    Status.READY: TaskResultStatus.READY,
    Status.RUNNING: TaskResultStatus.RUNNING,
    Status.SUCCEEDED: TaskResultStatus.SUCCESSFUL,
    Status.DEAD: TaskResultStatus.FAILED,
}


def task_at(path: str) -> Task[..., Any]:
    """The task at a dotted path.

    Raises ``ImportError`` when it is gone and ``SuspiciousOperation`` when it is no task.
    """
    found = import_string(path)
    if not isinstance(found, Task):
        raise SuspiciousOperation(f"{path} is not a task")
    return found


def result_of(job: Job, task: Task[..., Any] | None = None) -> TaskResult[Any]:
    """The job as a ``TaskResult``; of its workers and errors only the last is known."""
    if task is None:
        task = task_at(job.task_path).using(priority=job.priority, queue_name=job.queue)
    result: TaskResult[Any] = TaskResult(
        task=task,
        id=str(job.id),
        status=_STATUSES[job.status],
        enqueued_at=job.enqueued_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.started_at,
        args=job.args,
        kwargs=job.kwargs,
        backend=task.backend,
        errors=_errors(job),
        worker_ids=[job.worker] * job.attempts,
    )
    object.__setattr__(result, "_return_value", job.return_value)
    return result


def call(task: Task[..., Any], result: TaskResult[Any]) -> Any:
    """Call the task's function with the arguments of the result."""
    before = [TaskContext(task_result=result)] if task.takes_context else []
    return task.call(*before, *result.args, **result.kwargs)


def _errors(job: Job) -> list[TaskError]:
    if not job.error_class:
        return []
    return [TaskError(exception_class_path=job.error_class, traceback=job.error)]
