"""``ops/test``: pytest on a PostgreSQL that exists for this run only."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import FrameType

from motcua.db import server
from motcua.web.catalogues import compile_catalogues
from ops.local.messages import complain, say
from ops.local.state import CHECKOUT


def run(arguments: list[str]) -> int:
    """Run pytest with *arguments*; ``--all`` among them means everything on both servers.

    Returns:
        The exit code: pytest's, or the first that is not 0.
    """
    compile_catalogues(CHECKOUT / "locale")
    if "--all" in arguments:
        rest = [argument for argument in arguments if argument != "--all"]
        sources = _available()
        say(f"PostgreSQL: {', '.join(sources)}")
        return max([_run_on(source, rest) for source in sources], key=abs)
    if not arguments:
        arguments = _in_parallel()
    selected = [] if any(a == "-m" or a.startswith("-m=") for a in arguments) else _without_long()
    return _run_on(os.environ.get("MOTCUA_PG", ""), [*selected, *arguments])


def _run_on(source: str, arguments: list[str]) -> int:
    """Run pytest on the given kind of server (empty: the usual order), then throw it away."""
    # Where the server's own user may look in, even if root keeps TMPDIR to itself.
    folder = Path(tempfile.mkdtemp(prefix="motcua-test-", dir="/var/tmp"))
    folder.chmod(0o711)
    if source:
        os.environ["MOTCUA_PG"] = source
    cluster = None
    try:
        cluster = server.find_or_start(folder / "postgresql", durable=False)
        say(f"PostgreSQL {cluster.major} ({cluster.source})")
        return _pytest(arguments, _environment(cluster, folder))
    finally:
        if cluster:
            cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _environment(cluster: server.Cluster, folder: Path) -> dict[str, str]:
    """What the tests' settings and conftest read."""
    urls = cluster.urls or server.ensure_roles(
        cluster.admin_url, "motcua", folder / "database.json"
    )
    state = folder / "state"
    state.mkdir()
    return {
        "MOTCUA_TEST_ADMIN_URL": cluster.admin_url or urls.owner,
        "MOTCUA_TEST_SERVER": cluster.source,
        "MOTCUA_STATE": str(state),
        "DATABASE_URL": urls.application,
        "DATABASE_OWNER_URL": urls.owner,
    }


def _pytest(arguments: list[str], environment: dict[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.call(command, cwd=CHECKOUT, env=os.environ | environment)


def _without_long() -> list[str]:
    return ["-m", "not slow"]


def _in_parallel() -> list[str]:
    """One process more than cores, as each waits for its database now and then; whole files,
    because each process makes the province it tests; in their order, because the browser's, the
    first, take longest."""
    processes = str((os.cpu_count() or 1) + 1)
    return ["-n", processes, "--dist", "loadfile", "--no-loadscope-reorder"]


def _available() -> list[str]:
    found = {binaries.source for binaries in server.find_binaries()}
    return [source for source in ("machine", "embedded") if source in found]


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> int:
    """Run the tests; returns the exit code."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return run(sys.argv[1:])
    except server.ServerError as reason:
        complain(reason)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
