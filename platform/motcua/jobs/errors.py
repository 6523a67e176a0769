"""What is kept of an exception: enough to find the fault, as little personal data as possible."""

from __future__ import annotations

import re
import traceback

from django_tasks.utils import get_module_path

MAX_MESSAGE = 500
MAX_TRACEBACK = 8000

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Citizen IDs have 12 digits, the older ones 9; phone numbers 10 or 11.
_LONG_NUMBER = re.compile(r"(?<!\d)\d(?:[ .-]?\d){8,}(?!\d)")
# What PostgreSQL's text cannot hold: NUL, and halves of surrogate pairs.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
# PostgreSQL quotes the offending row's values there.
_DETAIL = re.compile(r"^\s*DETAIL:.*$", re.MULTILINE)


def mask(text: str) -> str:
    """The text without e-mail addresses, long numbers and PostgreSQL's ``DETAIL`` lines.

    What PostgreSQL could not store becomes ``�``.
    """
    text = _DETAIL.sub("DETAIL: …", _UNSTORABLE.sub("�", text))
    return _LONG_NUMBER.sub("…", _EMAIL.sub("…@…", text))


def class_path(error: BaseException) -> str:
    """The dotted path of the exception's class."""
    return get_module_path(type(error))


def words(error: BaseException) -> str:
    """The exception's message, also of one that cannot tell it."""
    try:
        return str(error)
    except Exception as another:
        return f"<no message: {type(another).__name__}>"


def describe(error: BaseException) -> str:
    """Stack (files, lines, functions) and masked messages of an exception and its causes.

    Source lines and local variables are left out: a line may hold a literal, a local anything.
    The end is what matters, so a long text loses its beginning.
    """
    return "\n".join(_parts(error, seen=set()))[-MAX_TRACEBACK:]


def _parts(error: BaseException, seen: set[int]) -> list[str]:
    seen.add(id(error))
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = _parts(earlier, seen) if earlier is not None and id(earlier) not in seen else []
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    return [*before, *lines, f"{class_path(error)}: {mask(words(error))[:MAX_MESSAGE]}"]
