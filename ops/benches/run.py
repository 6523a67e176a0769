"""``ops/bench``: a throwaway PostgreSQL with a province in it, and one of the benches on it."""

from __future__ import annotations

import argparse
import importlib
import os
import secrets
import shutil
import sys
import tempfile
from pathlib import Path

from motcua.db import server

BENCHES = ("provisioning", "province", "fleet", "request")


def main() -> int:
    """Run the chosen bench; returns the exit code."""
    options = _options()
    folder = Path(tempfile.mkdtemp(prefix="motcua-bench-", dir="/var/tmp"))
    folder.chmod(0o711)  # the server's own user has to reach its data
    cluster = None
    try:
        cluster = server.find_or_start(folder / "postgresql")
        _enter(cluster, folder)
        bench = importlib.import_module(f"ops.benches.{options.bench}")
        bench.run(options.sites)
    finally:
        if cluster:
            cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="ops/bench", description=__doc__)
    parser.add_argument("bench", choices=BENCHES)
    parser.add_argument("--sites", type=int, default=0, help="Size of the largest fleet.")
    return parser.parse_args()


def _enter(cluster: server.Cluster, folder: Path) -> None:
    """Set Django up on the cluster and make what every bench begins with."""
    urls = cluster.urls or server.ensure_roles(
        cluster.admin_url, "motcua_bench", folder / "database.json"
    )
    os.environ.update(
        DATABASE_URL=urls.application,
        DATABASE_OWNER_URL=urls.owner,
        MOTCUA_STATE=str(folder),
        SECRET_KEY=secrets.token_urlsafe(32),
        MOTCUA_CITIZEN_ID_KEYS="x3nBG_q9yhQeJiyvHfHCMbsrJq3lIBB9B7ApMhHSNkg=",
        LOG_LEVEL="WARNING",
        DJANGO_SETTINGS_MODULE="motcua.settings.dev",
    )
    import django

    django.setup()
    from tenants import deploying, main_portal
    from tenants.models import Kind
    from tenants.provisioning import NewSite

    deploying.prepare(lambda _line: None)
    spec = NewSite(label="tinh", domain="tiengiang.localhost", name_vi="Tỉnh", kind=Kind.PROVINCE)
    main_portal.ensure(spec, serve_also=[])


if __name__ == "__main__":
    sys.exit(main())
