"""Gunicorn as a child that never outlives the demo."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil

from ops.local.messages import Stop
from ops.local.ports import addresses
from ops.local.state import CHECKOUT, State

READY_SECONDS = 60
PR_SET_PDEATHSIG = 1


class WebServer:
    """One gunicorn, started on the loopback addresses."""

    def __init__(self, state: State, port: int, environment: dict[str, str]) -> None:
        self.state = state
        self.port = port
        self.environment = environment
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start gunicorn and wait until it is ready.

        Raises:
            Stop: it ended or was not ready in time; with the end of its log.
        """
        with self.state.gunicorn_log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command(), cwd=CHECKOUT, env=os.environ | self.environment, stdout=log,
                stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
                preexec_fn=_die_with_parent,
            )  # fmt: skip
        deadline = time.monotonic() + READY_SECONDS
        while not self._ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise Stop(
                    f"Máy chủ web không khởi động được. Nhật ký: {self.state.gunicorn_log}",
                    f"The web server did not start. Log: {self.state.gunicorn_log}",
                    _tail(self.state.gunicorn_log),
                )
            time.sleep(0.1)

    def wait(self) -> None:
        """Wait until it ends, which it should not do by itself.

        Raises:
            Stop: it ended.
        """
        assert self.process is not None
        code = self.process.wait()
        raise Stop(
            f"Máy chủ web đã dừng (mã {code}). Nhật ký: {self.state.gunicorn_log}",
            f"The web server ended (code {code}). Log: {self.state.gunicorn_log}",
            _tail(self.state.gunicorn_log),
        )

    def stop(self) -> None:
        """Let requests finish and stop it."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def _command(self) -> list[str]:
        binds = [part for address in addresses(self.port) for part in ("--bind", address)]
        return [
            sys.executable, "-m", "gunicorn", "--config", str(CHECKOUT / "ops/gunicorn.conf.py"),
            "--pid", str(self.state.gunicorn_pid), *binds, "motcua.wsgi",
        ]  # fmt: skip

    def _ready(self) -> bool:
        try:
            # Always straight to this machine, whatever proxy the environment names.
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(f"http://127.0.0.1:{self.port}/-/ready", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


def stop_leftover(state: State) -> None:
    """Stop the gunicorn of an earlier demo that was killed before it could do so itself."""
    try:
        process = psutil.Process(int(state.gunicorn_pid.read_text(encoding="ascii")))
        if str(state.gunicorn_pid) in process.cmdline():
            process.terminate()
            process.wait(20)
    except (OSError, ValueError, psutil.Error):
        pass
    state.gunicorn_pid.unlink(missing_ok=True)


def _die_with_parent() -> None:
    """Runs in the child: ask Linux for a SIGTERM when the demo dies, however it dies."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _tail(path: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-12:])
