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

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
