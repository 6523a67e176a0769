"""Where this machine's Chromium is: for pictures, scores and tests in a browser."""

from __future__ import annotations

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str | None:
    """Return the path of the first one that is installed."""
    return next(filter(None, map(shutil.which, NAMES)), None)
