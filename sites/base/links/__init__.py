"""Where the links of pages lead, and which of them lead nowhere.

`finding` reads the links out of a page, `checking` asks the site itself, `outside` other
machines (only where an administrator allows it); `actions` keeps what they found, and `reports`
shows it to webmasters.
"""

from __future__ import annotations


def broken_count() -> int:
    """Return how many links of the current site's public pages lead nowhere."""
    from .models import BrokenLink

    return BrokenLink.objects.on_public_pages().count()
