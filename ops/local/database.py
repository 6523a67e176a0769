"""The demo's PostgreSQL: found or started, with its two roles, as environment variables."""

from __future__ import annotations

import shutil
from pathlib import Path

from motcua.db import server
from ops.local.messages import Stop
from ops.local.state import CHECKOUT, State

DATABASE = "motcua"
ROOM_FOR_A_PROVINCE = 2048
ROOM_TO_GO_ON = 300
NAMES = {
    "given": "DATABASE_URL",
    "machine": "PostgreSQL {major} của máy / of this machine",
    "embedded": "PostgreSQL {major} nhúng / embedded",
}


class DemoDatabase:
    """The server the demo uses, and the addresses of its database."""

    def __init__(self, state: State) -> None:
        self.folder = server.default_data_dir(CHECKOUT, state.folder)
        self.state = state
        self.cluster: server.Cluster | None = None

    def require_room(self) -> None:
        """Raise Stop when the disk has no room for the province (MB)."""
        needed = ROOM_TO_GO_ON if (self.folder / "data").exists() else ROOM_FOR_A_PROVINCE
        for folder in (self.folder, self.state.folder):
            place = _nearest_existing(folder)
            free = shutil.disk_usage(place).free // 2**20
            if free < needed:
                raise Stop(
                    f"Ổ đĩa chứa {place} còn {free} MB; cần ít nhất {needed} MB.",
                    f"The disk of {place} has {free} MB left; at least {needed} MB are needed.",
                )

    def open(self) -> dict[str, str]:
        """Start what has to be started.

        Returns:
            ``DATABASE_URL`` and ``DATABASE_OWNER_URL``.

        Raises:
            ServerError: see :func:`motcua.db.server.find_or_start`.
        """
        self.cluster = server.find_or_start(self.folder)
        urls = self.cluster.urls or server.ensure_roles(
            self.cluster.admin_url, DATABASE, self.state.database_passwords
        )
        return {"DATABASE_URL": urls.application, "DATABASE_OWNER_URL": urls.owner}

    def settle(self) -> None:
        """Bring what was built to disk."""
        if self.cluster:
            self.cluster.settle()

    def close(self) -> None:
        """Stop the server, unless it was given to us."""
        if self.cluster:
            self.cluster.stop()

    @property
    def description(self) -> str:
        """Which PostgreSQL it is, for people."""
        if self.cluster is None:
            return ""
        return NAMES[self.cluster.source].format(major=self.cluster.major)

    def remove(self) -> None:
        """Delete the demo's own cluster for good; a given database is never touched."""
        server.remove_data(self.folder)


def _nearest_existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.exists())
