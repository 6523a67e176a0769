"""A worker inside the web server's processes, so that the demo needs no second service."""

from __future__ import annotations

import atexit
import logging
import os
import threading

from django.conf import settings

from .worker import Worker

logger = logging.getLogger(__name__)

# A web process must end soon; a job that takes longer is recovered by another worker.
LAST_WORDS = 10.0


class _InProcess:
    """The worker thread of this process; a fork takes it along to the child."""

    def __init__(self) -> None:
        self.worker: Worker | None = None
        self.thread: threading.Thread | None = None
        self.wanted = False
        self.hooked = False

    def start(self) -> None:
        self.wanted = True
        if self.thread is not None and self.thread.is_alive():
            return
        self.worker = Worker()
        self.thread = threading.Thread(target=self.worker.run, name="jobs-in-process", daemon=True)
        self.thread.start()
        if not self.hooked:
            self.hooked = True
            atexit.register(self.stop)
            os.register_at_fork(after_in_child=self._in_child, after_in_parent=self._in_parent)

    def stop(self) -> None:
        self.wanted = False
        if self.worker is not None and self.thread is not None:
            self.worker.stop()
            self.thread.join(LAST_WORDS)
        self.worker = self.thread = None

    def _in_child(self) -> None:
        """Threads do not survive a fork, and a lock may have been taken along: begin anew."""
        self.worker = self.thread = None
        if self.wanted:
            self.start()

    def _in_parent(self) -> None:
        """A process that forks (gunicorn's with ``preload``) is not the one that serves."""
        if self.worker is not None:
            self.worker.stop()


_in_process = _InProcess()


def start_in_process() -> bool:
    """Start a daemon thread that works on the queue, if the setting ``INPROCESS_WORKER`` is on.

    For processes that serve pages: call it from ``wsgi.py`` or gunicorn's ``post_worker_init``.
    Calling it twice does no harm; after a fork the child works and the parent stops. Returns
    whether a worker runs.
    """
    if not getattr(settings, "INPROCESS_WORKER", False):
        return False
    _in_process.start()
    return True


def stop_in_process() -> None:
    """Stop the thread, waiting up to ten seconds for its job."""
    _in_process.stop()
