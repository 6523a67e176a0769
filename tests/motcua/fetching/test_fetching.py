"""Whatever a machine outside does, the fetcher stays within its limits and says what was wrong."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest

from motcua.fetching import FetchError, Limits, errors, fetch
from motcua.fetching.addresses import is_public, target_of
from tests.outside import Outside, outside_server

SHORT = Limits(seconds=0.6)
PUBLIC = "93.184.215.14"


@pytest.fixture(scope="module")
def server() -> Iterator[Outside]:
    with outside_server() as outside:
        yield outside


@pytest.fixture
def outside(server: Outside, settings: Any) -> Outside:
    settings.FETCH_TEST_HOSTS = [server.host]
    server.asked.clear()
    server.headers.clear()
    return server


def get(outside: Outside, path: str, **options: Any) -> Any:
    options = {"limits": SHORT, "hosts": [outside.host], "accepts": ["text/xml"], **options}
    return fetch(outside.url(path), **options)


@pytest.mark.parametrize("path", ["/good", "/gzip", "/to-good"])
def test_a_good_answer_is_fetched(path: str, outside: Outside) -> None:
    fetched = get(outside, path)
    assert (fetched.body, fetched.content_type) == (b"<good/>", "text/xml")
    assert fetched.url.startswith(f"http://{outside.host}/")


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("/hang", errors.TooSlow),
        ("/drip-headers", errors.TooSlow),
        ("/drip-body", errors.TooSlow),
        ("/huge", errors.TooLarge),
        ("/bomb", errors.TooLarge),
        ("/truncated", errors.Truncated),
        ("/truncated-gzip", errors.Truncated),
        ("/no-gzip", errors.Truncated),
        ("/broken-chunks", errors.Truncated),
        ("/no-http", errors.Truncated),
        ("/cut-off", errors.FetchError),
        ("/in-circles", errors.TooManyRedirects),
        ("/to-cloud-secrets", errors.AddressRefused),
        ("/to-elsewhere", errors.AddressRefused),
        ("/to-a-file", errors.AddressRefused),
        ("/to-nowhere", errors.AddressRefused),
        ("/brotli", errors.WrongType),
        ("/page", errors.WrongType),
        ("/error", errors.BadStatus),
        ("/not-here", errors.BadStatus),
        ("/teapot", errors.BadStatus),
    ],
)
def test_a_bad_answer_is_an_error_of_its_own_within_the_time(
    path: str, error: type[FetchError], outside: Outside
) -> None:
    started = time.monotonic()
    with pytest.raises(error) as caught:
        get(outside, path)
    assert time.monotonic() - started < 10 * SHORT.seconds
    assert caught.value.code


def test_the_status_is_told(outside: Outside) -> None:
    with pytest.raises(errors.BadStatus) as caught:
        get(outside, "/error")
    assert caught.value.status == 500


def test_nobody_listens() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{closed.getsockname()[1]}"
    with pytest.raises(errors.AddressRefused):  # loopback, and no test has asked for it
        fetch(f"http://{host}/", hosts=[host], accepts=["text/xml"])


def test_a_refused_connection(settings: Any) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{closed.getsockname()[1]}"
    settings.FETCH_TEST_HOSTS = [host]
    with pytest.raises(errors.Unreachable):
        fetch(f"http://{host}/", hosts=[host], accepts=["text/xml"])


def test_tls_with_somebody_who_speaks_none_or_nothing(outside: Outside) -> None:
    with pytest.raises(FetchError):
        fetch(f"https://{outside.host}/good", hosts=[outside.host], accepts=["text/xml"],
              limits=SHORT)  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [
        "ftp://host.example/",
        "file:///etc/passwd",
        "gopher://host.example/",
        "//host.example/",
        "http://",
        "http://user:password@host.example/",
        "http://host.example@169.254.169.254/",
        "http://host.example:22/",
        "http://host.example:99999/",
        "http://host.example./",
        "http://sub.host.example/",
        "http://hostxexample/",
        "http://host.example/\r\nX-Injected: 1",
        "http://host.example/a b",
        "http://hóst.example/",
        "http://[::1]/",
        "http://2130706433/",
        "http://[host.example/",
    ],
)
def test_only_what_is_on_the_list_is_asked(url: str) -> None:
    with pytest.raises(errors.AddressRefused):
        target_of(url, ["host.example"])


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "239.1.1.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
        "240.0.0.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1",
        "2002:7f00:1::", "2001:db8::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_of_the_public_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", [PUBLIC, "203.113.131.1", "2606:4700::1111", "64:ff9b::808:808"]
)
def test_addresses_of_the_public_internet(address: str) -> None:
    assert is_public(address)


def ask_name(*answers: list[str] | Exception, seconds: float = 0) -> Any:
    """Fetch from a name whose name server gives these answers, one after the other."""
    left = list(answers)

    def resolve(_host: str, _port: int) -> list[str]:
        answer = left.pop(0)
        time.sleep(seconds)
        if isinstance(answer, Exception):
            raise answer
        return answer

    try:
        fetch("http://host.example/", hosts=["host.example"], accepts=["text/xml"],
              limits=Limits(seconds=0.3), resolve=resolve)  # fmt: skip
    except FetchError as error:
        return type(error), len(left)
    raise AssertionError


def test_names_that_lead_nowhere_or_inside() -> None:
    assert ask_name(socket.gaierror("unknown")) == (errors.NameNotFound, 0)
    assert ask_name(UnicodeError("label too long")) == (errors.NameNotFound, 0)
    assert ask_name([]) == (errors.NameNotFound, 0)
    assert ask_name(["127.0.0.1"]) == (errors.AddressRefused, 0)
    assert ask_name([PUBLIC, "10.0.0.1"]) == (errors.AddressRefused, 0)
    assert ask_name([PUBLIC], seconds=1) == (errors.TooSlow, 0)


def test_a_name_is_asked_for_once_and_the_connection_goes_there(outside: Outside) -> None:
    """A name that changes its mind between the check and the connection gains nothing."""
    asked = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    assert get(outside, "/good", resolve=resolve).body == b"<good/>"
    assert asked == ["127.0.0.1"]


def test_no_cookie_no_name_no_proxy(outside: Outside, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    get(outside, "/good?x=1")
    assert outside.asked == ["/good?x=1"]
    [headers] = outside.headers
    assert headers.keys() == {"Host", "Accept-Encoding", "Connection", "User-Agent"}
