"""A gunicorn of the tests' own, its static files and its outgoing mail."""

from __future__ import annotations

import email
import email.policy
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from email.message import EmailMessage
from pathlib import Path
from urllib.error import HTTPError, URLError

from tenants.models import Tenant

CHECKOUT = Path(__file__).resolve().parents[2]
READY_SECONDS = 60
MAIL_SECONDS = 20
BETWEEN_MAILS = re.compile(r"^-{70,}$", re.MULTILINE)


def free_port() -> int:
    """Return a port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def collect_static(state: Path) -> None:
    """Collect the static files into a state folder as a deployment does."""
    _manage({**os.environ, **_settings(state, 0)}, "collectstatic", "--noinput", "-v0")


def _settings(state: Path, port: int) -> dict[str, str]:
    """The environment of a machine that serves plain HTTP on one port."""
    return {
        "DJANGO_SETTINGS_MODULE": "motcua.settings.dev",
        "PYTHONPATH": f"{CHECKOUT}:{CHECKOUT / 'platform'}",
        "MOTCUA_STATE": str(state),
        "MOTCUA_PUBLIC_PORT": str(port),
        "MOTCUA_DOMAIN_SUFFIXES": "tinh.test",
        "MOTCUA_BIND": f"127.0.0.1:{port}",
        "MOTCUA_WORKERS": "1",
        "MOTCUA_INPROCESS_WORKER": "1",
        "MOTCUA_LOG_JSON": "0",
        "LOG_LEVEL": "WARNING",
    }


def _manage(environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, str(CHECKOUT / "manage.py"), *arguments]
    subprocess.run(command, cwd=CHECKOUT, env=environment, check=True)


class LiveProvince:
    """The province of one test on a port of its own."""

    def __init__(self, database: dict[str, str], state: Path, port: int) -> None:
        self.port = port
        self.state = state
        self.mail = state / "mail"
        self.log = state / f"gunicorn-{port}.log"
        self.environment = {**database, **_settings(state, port)}
        self.process: subprocess.Popen[bytes] | None = None

    def url(self, site: Tenant | str, path: str = "/") -> str:
        """The address of a path on a site, or on a host."""
        host = site if isinstance(site, str) else site.primary_domain
        return f"http://{host}:{self.port}{path}"

    def start(self) -> None:
        """Start gunicorn and wait until it is ready.

        Raises:
            RuntimeError: it ended or was not ready in time; with its log.
        """
        shutil.rmtree(self.mail, ignore_errors=True)
        command = [sys.executable, "-m", "gunicorn", "-c", "ops/gunicorn.conf.py"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "--no-control-socket", "motcua.wsgi:application"],
                cwd=CHECKOUT, env=self.environment, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        deadline = time.monotonic() + READY_SECONDS
        while not self._ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(self.log.read_text(encoding="utf-8"))
            time.sleep(0.1)

    def stop(self) -> None:
        """Kill gunicorn with its workers: the database and the files are thrown away anyway."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def get(self, site: Tenant | str, path: str = "/") -> tuple[int, bytes]:
        """Ask a site for a path as a program does; returns the status and the answer's body."""
        host = site if isinstance(site, str) else site.primary_domain
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", headers={"Host": host}
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read()
        except HTTPError as error:
            return error.code, error.read()

    def wait_for_mail(self, to: str) -> EmailMessage:
        """Return the latest mail to an address, once the worker has sent one.

        Raises:
            TimeoutError: none came.
        """
        deadline = time.monotonic() + MAIL_SECONDS
        while time.monotonic() < deadline:
            found = [message for message in self._messages() if message["To"] == to]
            if found:
                return found[-1]
            time.sleep(0.2)
        raise TimeoutError(f"no mail to {to}\n{self.log.read_text(encoding='utf-8')}")

    def _messages(self) -> list[EmailMessage]:
        texts = [file.read_bytes().decode() for file in sorted(self.mail.glob("*.log"))]
        parts = [part for text in texts for part in BETWEEN_MAILS.split(text) if part.strip()]
        return [
            email.message_from_bytes(part.lstrip().encode(), policy=email.policy.default)  # type: ignore[misc]
            for part in parts
        ]

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/-/ready", timeout=5):
                return True
        except (URLError, OSError):
            return False


def link_in(message: EmailMessage, part: str) -> str:
    """Return the address in a mail's plain text that contains ``part``."""
    body = message.get_body(("plain",))
    assert body is not None
    found = re.search(rf"http://\S*{re.escape(part)}\S*", body.get_content())
    assert found, body.get_content()
    return found.group(0)
