"""Find or start PostgreSQL: what is given, else the machine's programs, else the embedded wheel.

Importable without Django, because ``ops/demo`` and ``ops/test`` need a server before settings
exist (ARCHITECTURE, decision 2).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from motcua.db.binaries import Binaries, find_binaries, pg_dump_for
from motcua.db.private_cluster import PrivateCluster, ServerError
from motcua.db.role_setup import DatabaseUrls, checkpoint, drop_database, ensure_roles

__all__ = [
    "Cluster",
    "DatabaseUrls",
    "ServerError",
    "default_data_dir",
    "drop_database",
    "ensure_roles",
    "find_binaries",
    "find_or_start",
    "pg_dump_for",
    "remove_data",
]


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL server that answers.

    A *given* one (``DATABASE_URL``) has ``urls`` and no ``admin_url``; one of our own has an
    ``admin_url`` for :func:`ensure_roles` and can be stopped.
    """

    source: str
    """``given``, ``machine`` or ``embedded``."""
    major: int
    admin_url: str = ""
    urls: DatabaseUrls | None = None
    started: bool = False
    """Whether this call started it."""
    private: PrivateCluster | None = None

    def settle(self) -> None:
        """After many writes: bring our own server's data to disk, so that stopping is quick."""
        if self.private:
            self.private.flush()
            checkpoint(self.admin_url)

    def stop(self) -> None:
        """Stop the server if it is ours; a given one is left alone."""
        if self.private:
            self.private.stop()


def find_or_start(data_dir: Path, *, durable: bool = True) -> Cluster:
    """The PostgreSQL to use, started if it is ours and not running.

    Order: ``DATABASE_URL`` (with ``DATABASE_OWNER_URL``, if there are two roles); the newest
    PostgreSQL installed on the machine, as a private cluster; the embedded wheel's. Data made
    earlier stay with the programs that made them. ``MOTCUA_PG=machine|embedded`` forces one.

    Args:
        data_dir: folder of the private cluster.
        durable: False turns off ``fsync``, for clusters that are thrown away.

    Raises:
        ServerError: nothing found, or it does not start or answer; says what to do.
    """
    given = os.environ.get("DATABASE_URL", "")
    forced = os.environ.get("MOTCUA_PG", "")
    if given and not forced:
        return _given(given, os.environ.get("DATABASE_OWNER_URL", "") or given)
    binaries = _choose(data_dir, forced)
    private = PrivateCluster(data_dir, binaries, durable)
    try:
        started = private.start()
    except BaseException:
        private.stop()  # Ctrl-C while it was starting must not leave it behind
        raise
    return Cluster(
        binaries.source, binaries.major, private.admin_url(), started=started, private=private
    )


def default_data_dir(checkout: Path, state: Path) -> Path:
    """Where a checkout's private cluster keeps its data.

    In *state*, next to the other things the installation writes. Root's is in ``/var/lib``
    under a name made from the checkout's path: the server runs as another user, who may not
    look into root's own folders. ``MOTCUA_PGDATA`` overrides both.
    """
    chosen = os.environ.get("MOTCUA_PGDATA", "")
    if chosen:
        return Path(chosen).absolute()
    if os.geteuid() != 0:
        return state / "postgresql"
    place = hashlib.sha256(f"{checkout.resolve()}\n{state.resolve()}".encode()).hexdigest()[:12]
    return Path(f"/var/lib/motcua-{place}")


def remove_data(data_dir: Path) -> None:
    """Stop the private cluster in *data_dir*, if any, and delete its data for good."""
    if not data_dir.exists():
        return
    made_by = _made_by(data_dir)
    for binaries in find_binaries():
        if made_by and (binaries.source, binaries.major) == made_by:
            PrivateCluster(data_dir, binaries).stop()
    shutil.rmtree(data_dir)


def _choose(data_dir: Path, forced: str) -> Binaries:
    if forced not in ("", "machine", "embedded"):
        raise ServerError(
            f"MOTCUA_PG={forced}: chỉ nhận machine hoặc embedded.\n"
            f"MOTCUA_PG={forced}: only machine or embedded are known."
        )
    found = [b for b in find_binaries() if forced in ("", b.source)]
    made_by = _made_by(data_dir)
    if made_by:
        found = [b for b in found if (b.source, b.major) == made_by] or [
            b for b in found if b.major == made_by[1]
        ]
    if not found:
        raise ServerError(_nothing_found(data_dir, made_by))
    return found[0]


def _made_by(data_dir: Path) -> tuple[str, int] | None:
    """Source and major version of the programs that made the data, if there are any data."""
    try:
        origin = json.loads((data_dir / "cluster.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return origin["source"], origin["major"]


def _nothing_found(data_dir: Path, made_by: tuple[str, int] | None) -> str:
    if made_by:
        source, major = made_by
        return (
            f"Dữ liệu trong {data_dir} thuộc PostgreSQL {major} ({source}) nhưng không dùng được "
            f"bản đó. Cài lại PostgreSQL {major}, bỏ MOTCUA_PG, hoặc xóa dữ liệu bằng --reset.\n"
            f"The data in {data_dir} belong to PostgreSQL {major} ({source}), which is not usable. "
            f"Install PostgreSQL {major} again, unset MOTCUA_PG, or delete the data with --reset."
        )
    return (
        "Không tìm thấy PostgreSQL. Đặt DATABASE_URL, hoặc cài đặt: apt install postgresql.\n"
        "No PostgreSQL found. Set DATABASE_URL, or install it: apt install postgresql."
    )


def _given(application: str, owner: str) -> Cluster:
    major = 0
    for name, url in (("DATABASE_OWNER_URL", owner), ("DATABASE_URL", application)):
        major = _answering_major(name, url)
    return Cluster("given", major, urls=DatabaseUrls(application, owner))


def _answering_major(name: str, url: str) -> int:
    """The major version of the server at *url*, which the variable *name* holds."""
    import psycopg2

    try:
        connection = psycopg2.connect(url, connect_timeout=10)
    except psycopg2.Error as error:
        raise ServerError(
            f"Không kết nối được tới cơ sở dữ liệu trong {name}.\n"
            f"Cannot connect to the database in {name}.\n{str(error).strip()}"
        ) from error
    try:
        return int(connection.server_version) // 10000
    finally:
        connection.close()
