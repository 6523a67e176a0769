"""What the domain name system says of a site's domain, asked with patience of a second."""

from __future__ import annotations

import socket
import threading
from enum import Enum

from django.core.cache import cache

PATIENCE = 1.0  # seconds a screen waits
REMEMBERED = 60  # seconds

# Names that never stand in DNS (RFC 6761, section 6): every machine answers `localhost` itself.
LOCAL_SUFFIXES = (".localhost", ".test", ".example", ".invalid")


class Answer(Enum):
    """What is known of a name."""

    FOUND = "found"
    MISSING = "missing"
    SILENT = "silent"
    LOCAL = "local"


def ask(domain: str) -> Answer:
    """Look a domain up; no connection is made to it.

    Returns:
        `FOUND` or `MISSING` as the system's resolver says, `SILENT` if it said nothing within
        a second, `LOCAL` for names that are for one machine only and are not looked up.
    """
    if f".{domain}".endswith(LOCAL_SUFFIXES):
        return Answer.LOCAL
    key = f"dns:{domain}"
    known: str | None = cache.get(key)
    if known is None:
        known = _look_up(domain).value
        cache.set(key, known, REMEMBERED)
    return Answer(known)


def _look_up(domain: str) -> Answer:
    """Ask in a thread, because `getaddrinfo` knows no time limit."""
    answers: list[Answer] = []
    thread = threading.Thread(target=lambda: answers.append(_resolve(domain)), daemon=True)
    thread.start()
    thread.join(PATIENCE)
    return answers[0] if answers else Answer.SILENT


def _resolve(domain: str) -> Answer:
    try:
        socket.getaddrinfo(domain, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        # EAI_AGAIN: the resolver itself cannot be reached, which says nothing about the name.
        return Answer.SILENT if error.errno == socket.EAI_AGAIN else Answer.MISSING
    except (OSError, UnicodeError):
        return Answer.SILENT
    return Answer.FOUND
