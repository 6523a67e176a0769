"""`ops/demo` itself, from nothing to answering sites, stopped, killed and started again."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops.local.state import CHECKOUT

pytestmark = pytest.mark.slow
SECONDS = 240


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder for state and data, with nothing of it running afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-demo-", dir="/var/tmp"))
    folder.chmod(0o711)
    yield folder
    run_demo(folder, "--reset", "--no-serve", "--sites", "0")
    shutil.rmtree(folder)


def environment(place: Path) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    return ours | {
        "MOTCUA_STATE": str(place / "state"),
        "MOTCUA_PGDATA": str(place / "postgresql"),
        "PYTHONPATH": f"{CHECKOUT}:{CHECKOUT / 'platform'}",
    }


def start_demo(place: Path, *options: str) -> subprocess.Popen[str]:
    """The demo as a process; its words go to ``demo.log``."""
    with (place / "demo.log").open("w", encoding="utf-8") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "ops.local.demo", *options], cwd=CHECKOUT, text=True,
            env=environment(place), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip


def run_demo(place: Path, *options: str) -> str:
    """Run the demo to its end; its words."""
    assert start_demo(place, *options).wait(SECONDS) == 0, words(place)
    return words(place)


def words(place: Path) -> str:
    return (place / "demo.log").read_text(encoding="utf-8")


def wait_until_served(place: Path, demo: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + SECONDS
    while "Ctrl-C" not in words(place):
        assert demo.poll() is None, words(place)
        assert time.monotonic() < deadline, words(place)
        time.sleep(0.2)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def get(port: int, host: str) -> tuple[int, str]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/", headers={"Host": f"{host}:{port}"}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_demo_serves_a_province_survives_a_kill_and_stops_cleanly(place: Path) -> None:
    port = free_port()
    demo = start_demo(place, "--sites", "2", "--port", str(port))
    wait_until_served(place, demo)
    assert "Tỉnh Tiền Giang" in get(port, "tiengiang.localhost")[1]
    assert get(port, "localhost")[0] == 200
    assert "Văn phòng Ủy ban nhân dân tỉnh" in get(port, "vpubnd.tiengiang.localhost")[1]
    assert get(port, "nobody.tiengiang.localhost")[0] == 404

    demo.send_signal(signal.SIGKILL)
    demo.wait()
    demo = start_demo(place, "--sites", "2", "--port", str(port))
    wait_until_served(place, demo)
    assert (
        f"http://vpubnd.tiengiang.localhost:{port}/" in get(port, "vpubnd.tiengiang.localhost")[1]
    )

    demo.send_signal(signal.SIGINT)
    assert demo.wait(120) == 0, words(place)
    assert not (place / "postgresql" / "data" / "postmaster.pid").exists()
    with pytest.raises(urllib.error.URLError):
        get(port, "localhost")


def test_taken_port_ends_the_demo_before_anything_is_started(place: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        demo = start_demo(place, "--port", str(listener.getsockname()[1]))
        assert demo.wait(60) == 1
    assert "đang được" in words(place)
    assert "is used by" in words(place)
    assert not (place / "postgresql").exists()
