"""Gunicorn for one machine; the environment says how big.

Few processes with threads: a database backend keeps memory for every site whose tables it
touched, so connections are few and recycled (ARCHITECTURE, past one machine).
"""

import os
from pathlib import Path

_checkout = Path(__file__).resolve().parent.parent

chdir = str(_checkout)
pythonpath = f"{_checkout},{_checkout / 'platform'}"
bind = os.environ.get("MOTCUA_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("MOTCUA_WORKERS", "2"))
threads = int(os.environ.get("MOTCUA_THREADS", "4"))
max_requests = 5000
max_requests_jitter = 500
timeout = 60
graceful_timeout = 15
accesslog = None
errorlog = "-"


def post_worker_init(worker: object) -> None:
    """Do background jobs inside the web process where the setting says so (the demo)."""
    from motcua.jobs.in_process import start_in_process

    start_in_process()
