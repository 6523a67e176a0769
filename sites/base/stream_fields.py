"""A StreamField whose blocks stay out of migrations."""

from __future__ import annotations

from typing import Any

from wagtail.fields import StreamField


class BlocksField(StreamField):
    """A StreamField that a migration knows as a column only.

    The blocks change nothing in the database. Named in migrations, each new block would be a
    migration of every page type, to be run on every site of the province.
    """

    def deconstruct(self) -> Any:
        """Leave the blocks out of what a migration records."""
        name, path, _blocks, options = super().deconstruct()
        options.pop("block_lookup", None)
        return name, path, [[]], options
