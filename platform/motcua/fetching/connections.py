"""One exchange over a connection to an address that was checked, under one limit of time."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from .addresses import Target
from .errors import TooSlow, Truncated, Unreachable

HEADERS = {
    "Accept-Encoding": "gzip",
    "Connection": "close",
    "User-Agent": "MotCua",
}
ONE_ADDRESS = 2.0  # seconds to wait for one address before the next is tried


@dataclass(frozen=True)
class Deadline:
    """A moment after which nothing is waited for."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """Return the deadline so many seconds from now."""
        return cls(time.monotonic() + seconds)

    def left(self) -> float:
        """Return the seconds left. Raises `TooSlow` when there are none."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise TooSlow("the time is over")
        return left


class _Incoming(io.RawIOBase):
    """What a socket sends. Each read waits until the deadline at most, however slow the drip."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._deadline.left())
        return self._sock.recv_into(buffer)


class _Pipe:
    """A socket as ``http.client`` uses it."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return what comes in."""
        return io.BufferedReader(_Incoming(self._sock, self._deadline))

    def sendall(self, data: bytes) -> None:
        """Send everything, or fail when the time is over."""
        self._sock.settimeout(self._deadline.left())
        self._sock.sendall(data)

    def close(self) -> None:
        """Do nothing: the answer may still be on its way, and `asked` hangs up."""


@contextmanager
def asked(
    target: Target, addresses: list[str], deadline: Deadline
) -> Iterator[http.client.HTTPResponse]:
    """Send the request and yield the answer, its body still to be read.

    Raises:
        TooSlow, Truncated, Unreachable: also from what the caller reads inside.
    """
    sock: socket.socket | None = None
    try:
        sock = _connect(target, addresses, deadline)
        exchange = http.client.HTTPConnection(target.host, target.port)
        exchange.sock = _Pipe(sock, deadline)
        exchange.putrequest("GET", target.path, skip_host=True, skip_accept_encoding=True)
        for name, value in {"Host": target.name, **HEADERS}.items():
            exchange.putheader(name, value)
        exchange.endheaders()
        yield exchange.getresponse()
    except TimeoutError as error:
        raise TooSlow(f"{target.host} is too slow") from error
    except (http.client.HTTPException, ValueError) as error:
        raise Truncated(f"{type(error).__name__} from {target.host}") from error
    except OSError as error:
        raise Unreachable(f"{target.host}: {type(error).__name__}") from error
    finally:
        if sock is not None:
            sock.close()


def _connect(target: Target, addresses: list[str], deadline: Deadline) -> socket.socket:
    """Connect to the first address that answers."""
    for place, address in enumerate(addresses, start=1):
        is_last = place == len(addresses)
        wait = deadline.left() if is_last else min(deadline.left(), ONE_ADDRESS)
        try:
            plain = socket.create_connection((address, target.port), timeout=wait)
        except OSError:
            if is_last:
                raise
        else:
            return _secured(plain, target, deadline)
    raise Unreachable(target.host)


def _secured(plain: socket.socket, target: Target, deadline: Deadline) -> socket.socket:
    """Begin TLS where the scheme asks for it; the certificate must be the name's."""
    if target.scheme == "http":
        return plain
    try:
        plain.settimeout(deadline.left())
        context = ssl.create_default_context()
        return context.wrap_socket(plain, server_hostname=target.host)
    except BaseException:
        plain.close()
        raise
