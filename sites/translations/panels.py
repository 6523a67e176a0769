"""What the admin's home says of the site's translation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component

from .importing import PERMISSION
from .progress import State, progress


class TranslationsPanel(Component):
    """How much of the site is translated, with the ways to what is not; for who translates."""

    name = "translations"
    template_name = "translations/panels/translations.html"
    order = 70

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Add the counts and where each leads; nothing for who may not translate."""
        assert parent_context is not None  # noqa: S101 - Wagtail always gives one
        if not parent_context["request"].user.has_perm(PERMISSION):
            return {"counts": []}
        found = progress()
        report = reverse("translations:progress")
        numbers = {State.TRANSLATED: found.translated, State.BEHIND: found.behind,
                   State.MISSING: found.missing}  # fmt: skip
        return {
            "progress": found,
            "report_url": report,
            "files_url": reverse("translations:po"),
            "counts": [(state, n, f"{report}?state={state.value}") for state, n in numbers.items()],
        }
