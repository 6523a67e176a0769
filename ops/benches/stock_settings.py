"""The same portal as plain Wagtail: Django's own backend, one schema, no site to look up.

The other side of ``ops/bench request``. ``BENCH_SCHEMA`` names the schema whose page is shown.
"""

import os

from motcua.settings.dev import *  # noqa: F403
from motcua.settings.dev import CACHES, DATABASES, MIDDLEWARE

SCHEMA = os.environ["BENCH_SCHEMA"]
DATABASES["default"]["ENGINE"] = "ops.benches.stock_backend"
DATABASES["default"]["OPTIONS"] = {
    **DATABASES["default"].get("OPTIONS", {}),
    "options": f"-c search_path={SCHEMA},public",
}
MIDDLEWARE = [
    "ops.benches.stock_backend.StubbedSite" if name == "motcua.web.sites.SiteMiddleware" else name
    for name in MIDDLEWARE
]
CACHES = {
    alias: {key: value for key, value in cache.items() if "KEY_FUNCTION" not in key}
    for alias, cache in CACHES.items()
}
