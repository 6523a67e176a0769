"""Django's own connection with the two names that the portal's code reads from it."""

from __future__ import annotations

import os
from typing import Any

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Stands in one schema for good."""

    tenant: Any = None
    schema_name = os.environ.get("BENCH_SCHEMA", "")
