"""A PostgreSQL cluster of our own: made, started and stopped without touching any other.

It listens on 127.0.0.1 only, with passwords (SCRAM). PostgreSQL refuses to run as root, so
root hands it to the ``postgres`` user, or to ``nobody`` where that user is missing.
"""

from __future__ import annotations

import json
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motcua.db.binaries import Binaries

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "60",
    "shared_buffers": "256MB",
    # A dump, a DROP SCHEMA or a fleet-wide query locks every table of many sites at once.
    "max_locks_per_transaction": "1024",
    "max_wal_size": "2GB",
    # After a crash, flush the whole file system at once, not each of 100,000 files by itself.
    "recovery_init_sync_method": "syncfs",
    "checkpoint_timeout": "15min",
    # Compiling the fleet's long UNION ALL queries costs more than running them.
    "jit": "off",
    "lc_messages": "C",
}
THROWAWAY_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
SUPERUSER = "postgres"
START_SECONDS = 60


class ServerError(Exception):
    """PostgreSQL cannot be found or started; the text says so in Vietnamese and English."""


@dataclass(frozen=True)
class PrivateCluster:
    """One data folder and the programs that serve it."""

    folder: Path
    binaries: Binaries
    durable: bool = True

    @property
    def data(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """Where the server writes its log."""
        return self.folder / "postgresql.log"

    def start(self) -> bool:
        """Make the cluster if it is new and start it if it is not running.

        Returns:
            True if this call started it, False if it was running already.

        Raises:
            ServerError: with the end of the server's log.
        """
        self._prepare_folder()
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        if self.is_running():
            return False
        self._drop_stale_pid_file()
        self._start_server()
        return True

    def stop(self) -> None:
        """Stop the server if it runs, closing its connections and writing everything to disk."""
        if self.is_running():
            self.flush()
            self._run("pg_ctl", "stop", "-D", str(self.data), "-m", "fast", "-w", "-t", "600")

    def flush(self) -> None:
        """Have the operating system write all files of the cluster in one go.

        A province has 100,000 files. PostgreSQL's checkpoint flushes one by one, which takes
        minutes when all are new and seconds when they were flushed together before.
        """
        if self.durable:
            subprocess.run(["sync", "-f", str(self.data)], check=False)

    def is_running(self) -> bool:
        """Whether the process named by the pid file is this cluster's server."""
        pid = self._recorded_pid()
        return pid is not None and _working_folder(pid) == self.data.resolve()

    def admin_url(self, database: str = "postgres") -> str:
        """The superuser's address; the server must be running."""
        password = self._password_file.read_text(encoding="ascii").strip()
        return f"postgresql://{SUPERUSER}:{password}@127.0.0.1:{self._recorded_port()}/{database}"

    @property
    def _password_file(self) -> Path:
        return self.folder / "password"

    def _prepare_folder(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.geteuid() == 0:
            user = server_user()
            os.chown(self.folder, user.pw_uid, user.pw_gid)

    def _initialise(self) -> None:
        # initdb either finishes or leaves a folder that a crash made useless: start afresh.
        shutil.rmtree(self.data, ignore_errors=True)
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        self._write_password()
        self._run(
            "initdb", "-D", str(fresh), "-U", SUPERUSER, "--encoding=UTF8", *_locale_options(),
            "--auth=scram-sha-256", f"--pwfile={self._password_file}",
            *([] if self.durable else ["--no-sync"]),
        )  # fmt: skip
        fresh.rename(self.data)
        origin = {"source": self.binaries.source, "major": self.binaries.major}
        (self.folder / "cluster.json").write_text(json.dumps(origin), encoding="utf-8")

    def _write_password(self) -> None:
        self._password_file.unlink(missing_ok=True)
        handle = os.open(self._password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(24) + "\n")
        if os.geteuid() == 0:
            user = server_user()
            os.chown(self._password_file, user.pw_uid, user.pw_gid)

    def _start_server(self) -> None:
        settings = SETTINGS | ({} if self.durable else THROWAWAY_SETTINGS)
        deadline = time.monotonic() + START_SECONDS
        while True:
            options = settings | {"port": str(self._choose_port())}
            try:
                self._run(
                    "pg_ctl", "start", "-D", str(self.data), "-l", str(self.log), "-w",
                    "-t", str(START_SECONDS),
                    "-o", " ".join(f"-c {name}='{value}'" for name, value in options.items()),
                )  # fmt: skip
            except ServerError:
                # The children of a killed server hold its memory until they notice, and
                # another program may have taken the port in between: both pass.
                if time.monotonic() > deadline or not self._log_says_try_again():
                    raise
                time.sleep(0.5)
            else:
                return

    def _choose_port(self) -> int:
        """The port of the last run if it is free, else any free one."""
        previous = self.folder / "port"
        wanted = int(previous.read_text(encoding="ascii")) if previous.exists() else 0
        port = _free_port(wanted) or _free_port(0)
        previous.write_text(str(port), encoding="ascii")
        return port

    def _log_says_try_again(self) -> bool:
        tail = _tail(self.log, 12)
        return any(
            words in tail
            for words in ("shared memory block", "Address already in use", "is still in use")
        )

    def _recorded_pid(self) -> int | None:
        lines = self._pid_file_lines()
        return abs(int(lines[0])) if lines and lines[0].lstrip("-").isdigit() else None

    def _recorded_port(self) -> int:
        return int(self._pid_file_lines()[3])

    def _pid_file_lines(self) -> list[str]:
        # postmaster.pid: pid, data directory, start time, port, socket folder, address, …
        try:
            return (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []

    def _drop_stale_pid_file(self) -> None:
        # After a kill -9 or a reboot the number may belong to another program of the same
        # user, which PostgreSQL would take for a running server and refuse to start.
        if self._recorded_pid() is not None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(_runnable(self.binaries, self.folder).program(program)), *arguments]
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}
        # Output goes to a file: a pipe would be inherited by the server and never close.
        output = self.folder / "last-command.log"
        try:
            with output.open("w", encoding="utf-8") as file:
                done = subprocess.run(
                    command, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT,
                    cwd=self.folder, env=environment, check=False, **_as_server_user(),
                )  # fmt: skip
        except OSError as error:
            raise ServerError(_failed(program, str(error))) from error
        if done.returncode:
            raise ServerError(_failed(program, _tail(output, 8) + "\n" + _tail(self.log, 12)))


def server_user() -> pwd.struct_passwd:
    """The unprivileged user whom root lets run PostgreSQL."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise ServerError(
        "PostgreSQL không chạy được bằng quyền root và máy không có người dùng postgres hay "
        "nobody. Hãy chạy lại bằng một tài khoản thường.\n"
        "PostgreSQL refuses to run as root and this machine has neither a postgres nor a nobody "
        "user. Run this as an ordinary user."
    )


def _as_server_user() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    user = server_user()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _runnable(binaries: Binaries, folder: Path) -> Binaries:
    """*binaries*, where the server's user can run them.

    The wheel lies in the checkout's virtual environment, which root often keeps where nobody
    else may look (``/root``). Its programs are copied next to the data instead of opening
    every parent folder to the world.
    """
    if binaries.source != "embedded" or os.geteuid() != 0:
        return binaries
    package = binaries.folder.parent.parent
    home = folder / f"programs-{package.stat().st_mtime_ns}"
    if not home.exists():
        half = home.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        installed = binaries.folder.parent.name
        shutil.copytree(binaries.folder.parent, half / package.name / installed)
        # Its programs look for their libraries at $ORIGIN/../../../<package>.libs.
        shutil.copytree(package.parent / f"{package.name}.libs", half / f"{package.name}.libs")
        subprocess.run(["chmod", "-R", "a+rX", str(half)], check=True)
        half.rename(home)
    copied = home / package.name / binaries.folder.parent.name / "bin"
    return Binaries(binaries.source, binaries.major, copied)


def _locale_options() -> list[str]:
    """C.UTF-8 where the machine has it: code point order, and upper() that knows Đ and Ơ."""
    answer = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False)
    names = {line.strip().lower() for line in answer.stdout.splitlines()}
    return ["--locale=C.UTF-8"] if names & {"c.utf8", "c.utf-8"} else ["--locale=C"]


def _free_port(wanted: int) -> int:
    """*wanted* if 127.0.0.1 has it free (any free port for 0), else 0."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            return 0
        return int(probe.getsockname()[1])


def _working_folder(pid: int) -> Path | None:
    """The folder a process works in; a PostgreSQL server's is its data directory."""
    try:
        return Path(os.readlink(f"/proc/{pid}/cwd"))
    except OSError:
        return None


def _tail(path: Path, lines: int) -> str:
    try:
        return "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
    except OSError:
        return ""


def _failed(program: str, detail: str) -> str:
    return (
        f"Không chạy được {program} của PostgreSQL.\n"
        f"PostgreSQL's {program} failed.\n{detail.strip()}"
    )
