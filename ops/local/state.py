"""What an installation keeps in its state folder: secrets, media, mail, logs, the lock."""

from __future__ import annotations

import base64
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ops.local.messages import Stop

CHECKOUT = Path(__file__).resolve().parents[2]


class State:
    """The state folder: ``var/`` in the checkout, or ``MOTCUA_STATE``."""

    def __init__(self, folder: Path | None = None) -> None:
        given = os.environ.get("MOTCUA_STATE", "")
        self.folder = (folder or Path(given or CHECKOUT / "var")).absolute()

    def make(self) -> None:
        """Make the folder; only its owner may look into it."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise Stop(
                f"Không ghi được vào thư mục {self.folder}.",
                f"The folder {self.folder} cannot be written.",
                str(error),
            ) from error

    @property
    def database_passwords(self) -> Path:
        """Where the passwords of the two database roles are kept."""
        return self.folder / "database.json"

    @property
    def gunicorn_log(self) -> Path:
        """What the web server has to say."""
        return self.folder / "gunicorn.log"

    @property
    def gunicorn_pid(self) -> Path:
        """The web server's process id while it runs."""
        return self.folder / "gunicorn.pid"

    def secrets(self) -> dict[str, str]:
        """The installation's secrets as environment variables, generated on first use."""
        path = self.folder / "secrets.env"
        known = _read(path)
        fresh = {name: make() for name, make in GENERATED.items() if name not in known}
        if fresh:
            known |= fresh
            write_private(path, _environment_file(known))
        return known

    def remember_environment(self, variables: dict[str, str]) -> Path:
        """Write what ``manage.py`` needs to work on this installation from another terminal."""
        path = self.folder / "demo.env"
        write_private(path, _environment_file(variables))
        return path

    def forget_environment(self) -> None:
        """The addresses in ``demo.env`` hold only while the database runs."""
        (self.folder / "demo.env").unlink(missing_ok=True)

    @contextmanager
    def sole_user(self) -> Iterator[None]:
        """Hold the state folder alone; the operating system lets go when the process ends."""
        with self._lock.open("w", encoding="ascii") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Stop(
                    f"ops/demo đang chạy ở nơi khác với thư mục {self.folder}.",
                    f"Another ops/demo is running with the folder {self.folder}.",
                ) from error
            yield

    def empty(self) -> None:
        """Delete everything in the folder but the lock, which the caller holds."""
        for entry in self.folder.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            elif entry != self._lock:
                entry.unlink()

    @property
    def _lock(self) -> Path:
        return self.folder / "lock"


def write_private(path: Path, text: str) -> None:
    """Write *text* whole or not at all, readable by the owner only."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    fresh.replace(path)


def _encryption_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


GENERATED = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(50),
    "MOTCUA_CITIZEN_ID_KEYS": _encryption_key,
    "MOTCUA_ADMIN_PASSWORD": lambda: secrets.token_urlsafe(12),
}


def _environment_file(variables: dict[str, str]) -> str:
    # Every value is made of characters that no shell interprets, or stands in single quotes.
    return "".join(f"{name}='{value}'\n" for name, value in sorted(variables.items()))


def _read(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if "=" in line)
    return {name: value.strip("'") for name, _, value in pairs}
