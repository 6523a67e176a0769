"""What is wrong with something a person wrote, in words for that person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.text import format_lazy
from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Problem:
    """What is wrong with one value; `message` is translated when it is shown."""

    field: str
    message: StrOrPromise

    def both(self) -> str:
        """Return the message in Vietnamese and English, for a terminal or a log."""
        return " / ".join(in_both_languages(self.message).values())


@dataclass(frozen=True)
class LineProblem(Problem):
    """What is wrong with one line of a file; `line` counts the file's lines from 1.

    `names_line` says that the message itself begins with the place, as those about encodings do.
    """

    line: int
    names_line: bool = False

    def both(self) -> str:
        """Return line, column and message in Vietnamese and English."""
        if self.names_line:
            return super().both()
        both = in_both_languages(self.message)
        column = f"{self.field}: " if self.field else ""
        return f"Dòng {self.line}: {column}{both['vi']} / Line {self.line}: {column}{both['en']}"


class InvalidError(ValueError):
    """A value that cannot be taken; `message` is for people and translated when it is shown."""

    def __init__(self, message: StrOrPromise, **params: Any) -> None:
        self.message: StrOrPromise = format_lazy(message, **params) if params else message
        super().__init__(self.message)


def in_both_languages(message: StrOrPromise) -> dict[str, str]:
    """Return a lazy message as it reads in Vietnamese and in English."""
    texts = {}
    for language in ("vi", "en"):
        with translation.override(language):
            texts[language] = str(message)
    return texts
