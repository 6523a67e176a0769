"""`fetch`: one GET that stays within its limits."""

from __future__ import annotations

import http.client
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urljoin

from .addresses import Resolve, Target, addresses_of, system_resolve, target_of
from .connections import Deadline, asked
from .errors import AddressRefused, BadStatus, TooLarge, TooManyRedirects, Truncated, WrongType

REDIRECTS = frozenset({301, 302, 303, 307, 308})
CHUNK = 16_384
GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True)
class Limits:
    """`seconds` for everything together, `size` in bytes as unpacked, hops after the first."""

    seconds: float = 5.0
    size: int = 1_000_000
    redirects: int = 3


@dataclass(frozen=True)
class Fetched:
    """What came back: the unpacked body, its media type in lower case, and from where."""

    body: bytes
    content_type: str
    url: str


DEFAULT = Limits()


def fetch(
    url: str,
    *,
    hosts: Collection[str],
    accepts: Collection[str],
    limits: Limits = DEFAULT,
    resolve: Resolve = system_resolve,
) -> Fetched:
    """Get what is at an address, over http or https, without cookies and without any proxy.

    Args:
        url: the address; it and every address it redirects to must be on the list.
        hosts: the list, lower-case: ``host`` for the standard ports, else ``host:port``.
        accepts: media types, without parameters; another one is an error.
        limits: of time, size and redirects.
        resolve: finds a name's addresses; asked once for each hop, and the connection goes to
            what was checked, so that a name cannot change its mind in between.

    Raises:
        FetchError: one of `motcua.fetching.errors`, for whatever goes wrong.
    """
    deadline = Deadline.after(limits.seconds)
    for _hop in range(limits.redirects + 1):
        target = target_of(url, hosts)
        addresses = addresses_of(target, resolve, deadline.left())
        with asked(target, addresses, deadline) as answer:
            if answer.status not in REDIRECTS:
                return _taken(answer, url, accepts, limits)
            url = _next(url, target, answer.headers.get("Location", ""))
    raise TooManyRedirects(f"more than {limits.redirects} redirects")


def _next(url: str, target: Target, location: str) -> str:
    following = urljoin(url, location.strip())
    if not location or (target.scheme == "https" and not following.startswith("https:")):
        raise AddressRefused(f"{target.host} redirects to a place that is not allowed")
    return following


def _taken(
    answer: http.client.HTTPResponse, url: str, accepts: Collection[str], limits: Limits
) -> Fetched:
    if answer.status != http.client.OK:
        raise BadStatus(answer.status)
    content_type = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if content_type not in accepts:
        raise WrongType(f"{content_type[:100]!r} is not what was asked for")
    return Fetched(_body(answer, limits.size), content_type, url)


def _body(answer: http.client.HTTPResponse, size: int) -> bytes:
    encoding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in {"gzip", "x-gzip", "identity", ""}:
        raise WrongType(f"unknown encoding {encoding[:40]!r}")
    packed = _packed(answer, size)
    return _unpacked(packed, size) if "gzip" in encoding else packed


def _packed(answer: http.client.HTTPResponse, size: int) -> bytes:
    body = bytearray()
    while chunk := answer.read(CHUNK):
        body += chunk
        if len(body) > size:
            raise TooLarge(f"more than {size} bytes")
    if answer.length:  # what Content-Length still promises
        raise Truncated(f"{answer.length} bytes are missing")
    return bytes(body)


def _unpacked(packed: bytes, size: int) -> bytes:
    unpacker = zlib.decompressobj(GZIP)
    try:
        body = unpacker.decompress(packed, size + 1)
    except zlib.error as error:
        raise Truncated("not gzip") from error
    if len(body) > size:
        raise TooLarge(f"more than {size} bytes, unpacked")
    if not unpacker.eof:
        raise Truncated("the packed answer breaks off")
    return body
