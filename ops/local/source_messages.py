"""Finding the messages of Python sources and Django templates, without gettext's programs."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation.template import templatize


class Message(NamedTuple):
    """What a catalogue has one entry for."""

    context: str | None
    singular: str
    plural: str


SOURCES = ("platform", "tenants", "sites", "themes")

# How many of the first arguments are context, singular and plural, for each of Django's functions.
_SHAPES = {
    "_": "s", "gettext": "s", "gettext_lazy": "s", "gettext_noop": "s",
    "ngettext": "sp", "ngettext_lazy": "sp",
    "pgettext": "cs", "pgettext_lazy": "cs",
    "npgettext": "csp", "npgettext_lazy": "csp",
}  # fmt: skip
_STRING = r"u?(?:'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\")"
_TEMPLATE_CALL = re.compile(
    rf"(?<!\w)(_|n?p?gettext)\(\s*({_STRING}(?:\s*,\s*{_STRING})*)(?:\s*,\s*count)?\s*\)"
)


def messages_of_project(root: Path) -> dict[Message, list[str]]:
    """Collect every message of the checkout at *root*.

    Returns:
        For each message the files it stands in, relative to *root* and sorted.
    """
    found: dict[Message, list[str]] = {}
    for path in sorted(_files(root)):
        for message in messages_of_file(path):
            places = found.setdefault(message, [])
            name = str(path.relative_to(root))
            if name not in places:
                places.append(name)
    return found


def messages_of_file(path: Path) -> Iterator[Message]:
    """Yield the messages of one ``.py``, ``.html`` or ``.txt`` file in their order.

    Raises:
        SyntaxError: a Python file, or a translation tag of a template, is broken.
    """
    text = path.read_text(encoding="utf-8")
    return messages_of_python(text) if path.suffix == ".py" else messages_of_template(text)


def messages_of_python(source: str) -> Iterator[Message]:
    """Yield what ``_()``, ``gettext()`` and their kin are called with; not what is computed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (shape := _SHAPES.get(_name(node.func))):
            texts = [_constant(argument) for argument in node.args[: len(shape)]]
            if message := _message(shape, texts):
                yield message


def messages_of_template(source: str) -> Iterator[Message]:
    """Yield the messages of the tags ``translate`` and ``blocktranslate`` and of ``_()``."""
    for name, arguments in _TEMPLATE_CALL.findall(templatize(source)):
        texts = list(ast.literal_eval(f"({arguments},)"))
        if message := _message(_SHAPES[name], texts):
            yield message


def _files(root: Path) -> Iterator[Path]:
    for folder in SOURCES:
        for path in (root / folder).rglob("*"):
            if path.suffix in {".py", ".html", ".txt"} and "static" not in path.parts:
                yield path


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _constant(argument: ast.expr) -> str | None:
    is_text = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    return argument.value if is_text else None  # type: ignore[attr-defined]


def _message(shape: str, texts: list[str | None]) -> Message | None:
    part = dict(zip(shape, texts, strict=False))
    if not part.get("s") or len(texts) < len(shape) or None in texts:
        return None
    return Message(part.get("c"), str(part["s"]), part.get("p") or "")
