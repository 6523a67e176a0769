#!/usr/bin/env python
"""Run a management command: ``python manage.py help``."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Put the source root ``platform/`` on the path and hand over to Django."""
    sys.path.insert(0, str(Path(__file__).resolve().parent / "platform"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings.dev")
    from django.core.management import execute_from_command_line
    from django.db import InterfaceError, OperationalError, ProgrammingError

    try:
        execute_from_command_line(sys.argv)
    except (InterfaceError, OperationalError, ProgrammingError) as error:
        complain(error)


def complain(error: Exception) -> None:
    """End with a clear message where the database is away, full or empty; else show the error."""
    from motcua.db import complaints

    message = complaints.explain(error)
    if not message or "--traceback" in sys.argv:
        raise error
    sys.stderr.write(f"{message}\n")
    sys.exit(complaints.AWAY_OR_FULL)


if __name__ == "__main__":
    main()
