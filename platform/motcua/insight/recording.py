"""Counting in memory, and handing it on every few seconds: a request pays nothing for it.

Each process has one recorder. A thread of its own stores what was counted, also when the process
ends in an orderly way; one that is killed loses the last `VISITS_FLUSH_SECONDS`.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading

from django.conf import settings
from django.db import connection

from .storing import Counts, Visitor, store

logger = logging.getLogger(__name__)


class Recorder:
    """Counts page views of one process; safe between threads and across forks."""

    def __init__(self) -> None:
        self._hooked = False
        self.begin()

    def begin(self) -> None:
        """Forget everything: after a fork the counts and the thread are the parent's."""
        self._lock = threading.Lock()
        self._counts = Counts()
        self._thread: threading.Thread | None = None

    def add(self, visitor: Visitor, *, member: bool, page_id: int | None) -> None:
        """Count one page that somebody was shown."""
        with self._lock:
            self._counts.add(visitor, member=member, page_id=page_id)
            if self._thread is None:
                self._start()

    def flush(self) -> None:
        """Store what was counted. What cannot be stored now is kept for the next time."""
        with self._lock:
            counts, self._counts = self._counts, Counts()
        if not counts:
            return
        try:
            store(counts)
        except Exception:
            logger.warning("visits cannot be stored now", exc_info=True)
            with self._lock:
                counts.merge(self._counts)
                self._counts = counts

    def _start(self) -> None:
        """Start the thread, unless the setting says that somebody else calls `flush`."""
        pause = float(settings.VISITS_FLUSH_SECONDS)
        if not pause:
            return
        if not self._hooked:
            self._hooked = True
            atexit.register(self.flush)
            os.register_at_fork(after_in_child=self.begin)
        self._thread = threading.Thread(target=self._run, args=(pause,), name="visits", daemon=True)
        self._thread.start()

    def _run(self, pause: float) -> None:
        """Flush for ever; a quiet process holds no connection."""
        waiting = threading.Event()
        while True:
            waiting.wait(pause)
            if self._counts:
                self.flush()
            else:
                connection.close()


recorder = Recorder()
