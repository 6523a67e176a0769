"""The slug field of the admin's forms, which writes slugs as `motcua.text.slugs` does."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import cache
from typing import Any

from wagtail.admin.widgets import SlugInput

from motcua.text.folding import fold

LATIN_LETTERS = (range(0x00C0, 0x0250), range(0x1E00, 0x1F00))  # blocks of Unicode


class VietnameseSlugInput(SlugInput):
    """Wagtail's, told how to write Vietnamese letters: by itself it makes ``djng`` of *Đường*."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, formatters=formatters())


@cache
def formatters() -> list[tuple[str, str]]:
    """Return pairs of a pattern and what the browser writes in its place, in order.

    The same rules as `motcua.text.slugs.slugify`: marks vanish, apostrophes vanish, whatever is
    no ASCII letter or digit separates words.
    """
    letters: dict[str, list[str]] = defaultdict(list)
    for code in (code for block in LATIN_LETTERS for code in block):
        letter = chr(code)
        plain = fold(letter)
        if unicodedata.category(letter) in {"Lu", "Ll"} and plain.isascii() and plain:
            letters[plain].append(letter)
    folding = [(f"[{''.join(same)}]", plain) for plain, same in sorted(letters.items())]
    return [("[\u0300-\u036f'‘’‚‛′ʼ`´]", ""), *folding, ("[^A-Za-z0-9]+", "-"), ("^-+|-+$", "")]
