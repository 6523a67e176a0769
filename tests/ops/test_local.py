"""The small parts under ops/demo: options, ports, state."""

from __future__ import annotations

import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from ops.local import options
from ops.local.messages import Stop
from ops.local.ports import require_free
from ops.local.state import CHECKOUT, State


def test_options_have_defaults() -> None:
    assert options.read([]) == options.Options(port=8000, sites=None, reset=False, serve=True)


@pytest.mark.parametrize("wrong", [["--port", "0"], ["--port", "x"], ["--sites", "-1"], ["what"]])
def test_wrong_option_is_refused(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        options.read(wrong)
    assert caught.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_taken_port_is_refused_with_its_listener_in_both_languages() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(Stop) as caught:
            require_free(port)
    assert f"Cổng {port} đang được" in str(caught.value)
    assert f"--port {port + 1}" in str(caught.value)
    require_free(port)


def test_secrets_are_private_and_stay_the_same(tmp_path: Path) -> None:
    state = State(tmp_path / "state")
    state.make()
    first = state.secrets()
    assert stat.S_IMODE((tmp_path / "state" / "secrets.env").stat().st_mode) == 0o600
    assert State(tmp_path / "state").secrets() == first
    assert all(len(value) >= 16 for value in first.values())


def test_state_folder_has_one_user(tmp_path: Path) -> None:
    state = State(tmp_path)
    program = (
        "import sys; from pathlib import Path; from ops.local.state import State\n"
        "with State(Path(sys.argv[1])).sole_user(): pass"
    )
    with state.sole_user():
        second = subprocess.run(
            [sys.executable, "-c", program, str(tmp_path)],
            cwd=CHECKOUT, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert second.returncode != 0
    assert "Another ops/demo is running" in second.stderr
    with State(tmp_path).sole_user():
        pass


def test_reset_leaves_only_the_lock(tmp_path: Path) -> None:
    state = State(tmp_path)
    state.secrets()
    (tmp_path / "media" / "main").mkdir(parents=True)
    with state.sole_user():
        state.empty()
    assert [path.name for path in tmp_path.iterdir()] == ["lock"]
