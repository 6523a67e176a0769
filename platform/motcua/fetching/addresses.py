"""Which addresses may be asked: hosts on the list, at addresses that are public."""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from .errors import AddressRefused, NameNotFound, TooSlow

PORTS = {"http": 80, "https": 443}
# Prefixes whose addresses carry an IPv4 address to which a gateway may send the packets.
NAT64 = ipaddress.ip_network("64:ff9b::/96")
# What Python takes for public and is not: a network's own translation, the old site-local ones.
LOCAL = (ipaddress.ip_network("64:ff9b:1::/48"), ipaddress.ip_network("fec0::/10"))

Resolve = Callable[[str, int], list[str]]
IP = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True)
class Target:
    """One address, taken apart and found to be on the list."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def name(self) -> str:
        """Host, and port where it is not the scheme's own: as in a list and in ``Host``."""
        own = PORTS[self.scheme] == self.port
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if own else f"{host}:{self.port}"


def target_of(url: str, hosts: Collection[str]) -> Target:
    """Take an address apart.

    Args:
        url: absolute, http or https.
        hosts: what may be asked, lower-case: ``host`` for the standard ports, else ``host:port``.

    Raises:
        AddressRefused: it is not on the list, or not a plain address.
    """
    try:
        parts = urlsplit(url)
        target = _target(parts)
    except (KeyError, TypeError, ValueError) as error:
        raise AddressRefused(f"not an address to fetch from: {url[:200]!r}") from error
    if any(mark in url for mark in "\r\n\t ") or not url.isascii():
        raise AddressRefused("not a plain address")
    if parts.username is not None or target.name not in hosts:
        raise AddressRefused(f"{target.name} is not on the list")
    return target


def _target(parts: SplitResult) -> Target:
    if not parts.hostname:
        raise ValueError("no host")
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    port = PORTS[parts.scheme]  # a scheme of another kind is none of ours
    return Target(parts.scheme, parts.hostname, port if parts.port is None else parts.port, path)


def addresses_of(target: Target, resolve: Resolve, seconds: float) -> list[str]:
    """Return the public addresses of a target, asked for once: what follows uses no other.

    Raises:
        AddressRefused: one of them is not public; a name with both kinds is a trap.
        NameNotFound: there is none.
        TooSlow: the name server did not answer within `seconds`.
    """
    found = _resolve(target, resolve, seconds)
    if not found:
        raise NameNotFound(target.host)
    if not _is_tested(target):
        for address in found:
            if not is_public(address):
                raise AddressRefused(f"{target.host} leads to {address}")
    return found


def is_public(address: str) -> bool:
    """Tell whether an address is one of the public internet, also where it wraps another."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if any(ip in network for network in LOCAL):
        return False
    return all(one.is_global and not one.is_multicast for one in (ip, *_wrapped(ip)))


def _wrapped(ip: IP) -> list[IP]:
    """Return the addresses inside an IPv6 address: mapped, 6to4, Teredo, NAT64."""
    if ip.version == 4:
        return []
    inner: list[IP | None] = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in NAT64:
        inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return [one for one in inner if one is not None]


def _is_tested(target: Target) -> bool:
    """Tell whether tests have set up a server of their own there (never set in production)."""
    return f"{target.host}:{target.port}" in getattr(settings, "FETCH_TEST_HOSTS", ())


def system_resolve(host: str, port: int) -> list[str]:
    """Ask the system's name service. Raises ``OSError`` or ``UnicodeError``."""
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in rows))


def _resolve(target: Target, resolve: Resolve, seconds: float) -> list[str]:
    """Resolve in a thread: the system's call knows no limit of time."""
    answers: queue.Queue[list[str] | Exception] = queue.Queue()

    def ask() -> None:
        try:
            answers.put(resolve(target.host, target.port))
        except Exception as error:
            answers.put(error)

    threading.Thread(target=ask, name="resolve", daemon=True).start()
    try:
        answer = answers.get(timeout=max(seconds, 0))
    except queue.Empty:
        raise TooSlow(f"no address of {target.host} in time") from None
    if isinstance(answer, Exception):
        raise NameNotFound(target.host) from answer
    return answer
