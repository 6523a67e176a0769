"""A machine outside of the platform, on loopback, that fails in every way a machine can."""

from __future__ import annotations

import contextlib
import gzip
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

XML = "text/xml; charset=utf-8"
JSON = "application/json; charset=utf-8"


class Outside:
    """The server: `answers` maps paths to bodies or to functions that misbehave."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.host = f"127.0.0.1:{port}"
        self.answers: dict[str, tuple[str, bytes] | Callable[[Handler], None]] = {**MISBEHAVIOUR}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.over = threading.Event()

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"


class Handler(BaseHTTPRequestHandler):
    """One request."""

    outside: Outside
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.outside.asked.append(self.path)
        self.outside.headers.append(dict(self.headers.items()))
        self.close_connection = True
        answer = self.outside.answers.get(self.path.partition("?")[0])
        with contextlib.suppress(OSError):
            if callable(answer):
                answer(self)
            elif answer is None:
                self.answer(b"<html>Not here</html>", "text/html", status=404)
            else:
                self.answer(answer[1], answer[0])

    def answer(
        self, body: bytes, content_type: str = XML, status: int = 200, **headers: str
    ) -> None:
        self.send_response(status)
        given = {"Content-Type": content_type, "Content-Length": str(len(body)), **{
            name.replace("_", "-"): value for name, value in headers.items()}}  # fmt: skip
        for name, value in given.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def redirect(self, location: str) -> None:
        self.answer(b"", status=302, Location=location)

    def log_message(self, format: str, *args: object) -> None:
        """Be quiet."""


def hang(handler: Handler) -> None:
    handler.outside.over.wait(20)


def drip(handler: Handler, start: bytes) -> None:
    """Send a byte now and then, so that no single wait is long."""
    handler.wfile.write(start)
    while not handler.outside.over.wait(0.05):
        handler.wfile.write(b" ")


def drip_headers(handler: Handler) -> None:
    drip(handler, b"HTTP/1.1 200 OK\r\nX-Endless: ")


def drip_body(handler: Handler) -> None:
    drip(handler, b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<a>")


def huge(handler: Handler) -> None:
    """Promise nothing about the size and send more than anybody wants."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n")
    for _ in range(100):
        handler.wfile.write(b"x" * 100_000)


def bomb(handler: Handler) -> None:
    """Fifty megabytes in fifty kilobytes."""
    handler.answer(gzip.compress(b"\0" * 50_000_000), Content_Encoding="gzip")


def truncated(handler: Handler) -> None:
    handler.answer(b"<ExrateList>", Content_Length="5000")


def truncated_gzip(handler: Handler) -> None:
    handler.answer(gzip.compress(b"<a>" * 5000)[:40], Content_Encoding="gzip")


def no_gzip(handler: Handler) -> None:
    handler.answer(b"<a/>", Content_Encoding="gzip")


def broken_chunks(handler: Handler) -> None:
    handler.wfile.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
    )


def no_http(handler: Handler) -> None:
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")


def cut_off(handler: Handler) -> None:
    """Hang up without a word."""


def in_circles(handler: Handler) -> None:
    handler.redirect(handler.path)


def to_cloud_secrets(handler: Handler) -> None:
    handler.redirect("http://169.254.169.254/latest/meta-data/")


def to_elsewhere(handler: Handler) -> None:
    handler.redirect("https://elsewhere.example/")


def to_a_file(handler: Handler) -> None:
    handler.redirect("file:///etc/passwd")


def to_nowhere(handler: Handler) -> None:
    handler.answer(b"", status=302)


def to_good(handler: Handler) -> None:
    handler.redirect("/good")


MISBEHAVIOUR: dict[str, Callable[[Handler], None] | tuple[str, bytes]] = {
    "/good": (XML, b"<good/>"),
    "/gzip": lambda handler: handler.answer(gzip.compress(b"<good/>"), Content_Encoding="gzip"),
    "/to-good": to_good,
    "/hang": hang,
    "/drip-headers": drip_headers,
    "/drip-body": drip_body,
    "/huge": huge,
    "/bomb": bomb,
    "/truncated": truncated,
    "/truncated-gzip": truncated_gzip,
    "/no-gzip": no_gzip,
    "/broken-chunks": broken_chunks,
    "/no-http": no_http,
    "/cut-off": cut_off,
    "/in-circles": in_circles,
    "/to-cloud-secrets": to_cloud_secrets,
    "/to-elsewhere": to_elsewhere,
    "/to-a-file": to_a_file,
    "/to-nowhere": to_nowhere,
    "/brotli": lambda handler: handler.answer(b"?", Content_Encoding="br"),
    "/page": ("text/html", b"<html>Sorry</html>"),
    "/error": lambda handler: handler.answer(b"<html>Oops</html>", "text/html", status=500),
    "/teapot": lambda handler: handler.answer(b"", status=204),
}


@contextlib.contextmanager
def outside_server() -> Iterator[Outside]:
    """Run the machine for the duration."""
    handler = type("OwnHandler", (Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    outside = Outside(server.server_port)
    handler.outside = outside
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield outside
    finally:
        outside.over.set()
        time.sleep(0)
        server.shutdown()
        thread.join()
        server.server_close()
