"""Everything of `sites.widgets` that is stored."""

from __future__ import annotations

from .notices import Notice
from .settings import WidgetSettings

__all__ = ["Notice", "WidgetSettings"]
