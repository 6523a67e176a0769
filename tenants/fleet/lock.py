"""One upgrade at a time, on however many machines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.utils.translation import gettext as _

KEY = 0x4D43_464C_4545_54  # "MCFLEET"


@contextmanager
def only_one(say: Callable[[str], object] = lambda _line: None) -> Iterator[None]:
    """Wait until no other upgrade runs on this database, and keep others out.

    The lock is on a connection of its own and goes with it. Forked workers share the socket, so
    after a crash of the parent it stays until the last of them has finished its site.

    Args:
        say: is told when there is somebody to wait for.
    """
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
            if not cursor.fetchone()[0]:
                say(_("Another upgrade is running; waiting for it to end."))
                cursor.execute("SELECT pg_advisory_lock(%s)", [KEY])
        yield
    finally:
        own.close()
