"""How wagtail-localize's slow work is done here: by a job of the current site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail_localize.tasks import BaseJobBackend


class SiteBackground(BaseJobBackend):
    """Queues the synchronisation of trees; everything else runs at once, as it would anyway."""

    def enqueue(self, func: Callable[..., Any], args: Any, kwargs: Any) -> None:
        """Do ``func``, or queue our own job that makes the missing aliases."""
        if func.__name__ != "synchronize_tree":
            func(*args, **kwargs)
            return
        from .jobs import mirror_pages

        mirror_pages.enqueue()
