"""From a host name to its site, remembered for seconds so that a page pays nothing for it."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from django_tenants.utils import schema_context

from tenants.models import Domain, Tenant

CAPACITY = 5000  # hosts; strangers' inventions push out the longest unused
KNOWN_FOR = 5.0  # seconds
UNKNOWN_FOR = 1.0


@dataclass(frozen=True)
class Found:
    """A site and the domain under which it was asked for."""

    tenant: Tenant
    domain: Domain


class HostCache:
    """A bounded map from host to site whose entries expire; safe between threads."""

    def __init__(self) -> None:
        self._entries: OrderedDict[str, tuple[float, Found | None]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, host: str) -> Found | None:
        """Return the site of ``host`` (lower-case, without port), or nothing."""
        now = time.monotonic()
        with self._lock:
            expires, found = self._entries.get(host, (0.0, None))
            if expires > now:
                self._entries.move_to_end(host)
                return found
        found = _look_up(host)
        with self._lock:
            self._entries[host] = (now + (KNOWN_FOR if found else UNKNOWN_FOR), found)
            self._entries.move_to_end(host)
            while len(self._entries) > CAPACITY:
                self._entries.popitem(last=False)
        return found

    def clear(self) -> None:
        """Forget everything, after the registry changed in this process."""
        with self._lock:
            self._entries.clear()


def _look_up(host: str) -> Found | None:
    with schema_context("public"):
        domain = (
            Domain.objects.filter(domain=host)
            .select_related("tenant", "tenant__successor")
            .prefetch_related("tenant__domains", "tenant__successor__domains")
            .first()
        )
    return Found(domain.tenant, domain) if domain else None


cache = HostCache()
