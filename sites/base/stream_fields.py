"""A StreamField whose blocks stay out of migrations."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from wagtail.blocks import Block, CharBlock, StreamBlock, TextBlock
from wagtail.fields import StreamField


class BlocksField(StreamField):
    """A StreamField that a migration knows as a column only.

    The blocks change nothing in the database. Named in migrations, each new block would be a
    migration of every page type, to be run on every site of the province.
    """

    @cached_property
    def stream_block(self) -> StreamBlock:
        """The blocks; words that a stored block lacks are empty words.

        A block that is older than one of its fields has nothing there. Wagtail would say None,
        which stops the extraction of words for translation.
        """
        blocks: StreamBlock = super().stream_block
        _default_to_no_words(blocks)
        return blocks

    def deconstruct(self) -> Any:
        """Leave the blocks out of what a migration records."""
        name, path, _blocks, options = super().deconstruct()
        options.pop("block_lookup", None)
        return name, path, [[]], options


def _default_to_no_words(block: Block) -> None:
    if isinstance(block, CharBlock | TextBlock) and block.meta.default is None:
        block.meta.default = ""
    inner = [*getattr(block, "child_blocks", {}).values(), getattr(block, "child_block", None)]
    for child in filter(None, inner):
        _default_to_no_words(child)
