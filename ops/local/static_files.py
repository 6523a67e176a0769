"""Collecting static files only when they differ from what was collected."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ops.local.state import CHECKOUT, State

SOURCES = ("themes/*/static/**/*", "sites/*/static/**/*", "platform/motcua/*/static/**/*")


def collect(state: State) -> bool:
    """Collect the static files if anything changed; returns whether it did. Needs Django."""
    from django.core.management import call_command

    stamp = state.folder / "static.stamp"
    current = _fingerprint()
    manifest = state.folder / "static" / "staticfiles.json"
    if manifest.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == current:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(current, encoding="ascii")
    return True


def _fingerprint() -> str:
    """Changes when a static file of ours, or a locked package that ships some, changes."""
    digest = hashlib.sha256()
    for path in [CHECKOUT / "requirements.txt", *_files()]:
        if path.is_file():
            facts = path.stat()
            digest.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _files() -> list[Path]:
    return sorted(path for pattern in SOURCES for path in CHECKOUT.glob(pattern))
