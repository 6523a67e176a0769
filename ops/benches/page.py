"""One side of ``ops/bench request``: shows pages when told to, and says what they cost.

Reads lines ``<path> <requests>`` and answers each with ``<CPU ms per request> <queries>``.
"""

from __future__ import annotations

import os
import sys
import time

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def main() -> None:
    """Serve the parent's wishes until it closes the pipe."""
    django.setup()
    client = Client(HTTP_HOST=os.environ["BENCH_HOST"])
    for line in sys.stdin:
        path, count = line.split()
        _show(client, path)  # what is cached by either side is cached now
        with CaptureQueriesContext(connection) as captured:
            _show(client, path)
        queries = len(captured)  # read now: the next request empties the log
        begun = time.process_time()
        for _request in range(int(count)):
            _show(client, path)
        spent = (time.process_time() - begun) * 1000 / int(count)
        print(f"{spent:.4f} {queries}", flush=True)


def _show(client: Client, path: str) -> None:
    response = client.get(path)
    if response.status_code != 200:
        raise SystemExit(f"{path}: {response.status_code}")


if __name__ == "__main__":
    main()
