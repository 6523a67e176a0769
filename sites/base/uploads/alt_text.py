"""What counts as a text that says what a picture shows (WCAG 2.2, 1.1.1)."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from motcua.text.folding import fold

from . import names

# What says nothing of a picture, folded: people type it to get past the form.
EMPTY_WORDS = frozenset(
    "anh, hinh, hinh anh, anh minh hoa, hinh minh hoa, anh chup, buc anh, tam anh, minh hoa, "
    "image, images, picture, photo, photograph, img, illustration, file, tep, test, untitled, "
    "khong, khong co, none, anh dai dien, anh bia".split(", ")
)
_FILE_NAME = re.compile(r"\.(jpe?g|png|gif|webp|heic|bmp|tiff?)$|^(img|dsc|dscn|pxl|mvi|image|photo"
                        r"|z|screenshot)[\W_]*\d[\d\W_]*$|^[\d\W_]+$", re.I)  # fmt: skip


def check_alt_text(text: str, stem: str = "") -> None:
    """Refuse an alternative text that describes nothing; `stem` is the file's name.

    Raises:
        ValidationError: with the code ``alt_missing`` or ``alt_empty``.
    """
    if not text:
        raise ValidationError(
            _("Describe the picture for people who do not see it, or mark it as purely "
              "decorative."),
            code="alt_missing",
        )  # fmt: skip
    folded = fold(text)
    if folded in EMPTY_WORDS or looks_like_a_file(text) or (stem and _same(folded, stem)):
        raise ValidationError(
            _("“%(text)s” does not say what the picture shows. Describe it in one sentence."),
            code="alt_empty",
            params={"text": text[:60]},
        )


def looks_like_a_file(text: str) -> bool:
    """Tell whether a text is what a camera or a disk calls a picture."""
    return bool(_FILE_NAME.search(text.strip()))


def _same(folded: str, stem: str) -> bool:
    # One word or two may well be both a fair name and a poor description; a sentence is neither.
    return names.safe_name(folded) == names.safe_name(stem) and len(folded.split()) < 4
