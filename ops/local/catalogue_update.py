"""``ops/messages``: bring the project's catalogues in line with the sources and tell what is left.

Entries keep their translation, new messages get an empty one, messages that no source has any
more are dropped. Nothing is guessed: there are no fuzzy entries.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import NamedTuple

import polib

from ops.local.messages import Stop, complain, say
from ops.local.source_messages import Message, messages_of_project
from ops.local.state import CHECKOUT

LINE = 98
_PERCENT = re.compile(r"%(\(\w+\))?[sdfr]")
_BRACES = re.compile(r"\{\w*\}")


class Outcome(NamedTuple):
    """What became of one catalogue: its messages without translation, the new, the dropped."""

    missing: list[str]
    added: list[str]
    dropped: list[str]
    changed: bool


def run(arguments: list[str]) -> int:
    """Update both catalogues; with ``--check`` only look.

    Returns:
        0 if every message has its Vietnamese and, when only looking, nothing would change.
    """
    write = "--check" not in arguments
    found = messages_of_project(CHECKOUT)
    outcomes = [update(path_of(language), found, write=write) for language in ("vi", "en")]
    missing = outcomes[0].missing
    _report(outcomes[0], len(found))
    return 1 if missing or (not write and any(o.changed for o in outcomes)) else 0


def path_of(language: str) -> Path:
    """The project's own catalogue of *language*."""
    return CHECKOUT / "locale" / language / "LC_MESSAGES" / "django.po"


def update(path: Path, found: dict[Message, list[str]], *, write: bool = True) -> Outcome:
    """Make the catalogue *path* hold exactly the messages *found*, with the files they stand in.

    Raises:
        Stop: the catalogue is missing or no valid PO file.
    """
    old = _read(path)
    known = {key_of(entry): entry for entry in old if not entry.obsolete}
    new = polib.POFile(wrapwidth=LINE)
    new.metadata, new.header = old.metadata, old.header
    plurals = int(re.search(r"nplurals=(\d)", old.metadata["Plural-Forms"])[1])  # type: ignore[index]
    for message in sorted(found, key=lambda m: (found[m][0], m.singular, m.context or "")):
        new.append(_entry(message, found[message], known.get(message), plurals))
    text = f"{new}\n" if not str(new).endswith("\n") else str(new)
    changed = text != path.read_text(encoding="utf-8")
    if write and changed:
        path.write_text(text, encoding="utf-8")
    return Outcome(
        missing=[entry.msgid for entry in new if not entry.translated()],
        added=[message.singular for message in found if message not in known],
        dropped=[message.singular for message in known if message not in found],
        changed=changed,
    )


def key_of(entry: polib.POEntry) -> Message:
    """The message that *entry* translates."""
    return Message(entry.msgctxt, entry.msgid, entry.msgid_plural or "")


def _read(path: Path) -> polib.POFile:
    try:
        return polib.pofile(str(path), wrapwidth=LINE)
    except OSError as error:
        raise Stop(f"Không đọc được {path}.", f"Cannot read {path}.", str(error)) from error


def _entry(
    message: Message, places: list[str], old: polib.POEntry | None, plurals: int
) -> polib.POEntry:
    entry = polib.POEntry(
        msgctxt=message.context,
        msgid=message.singular,
        msgid_plural=message.plural,
        occurrences=[(place, "") for place in places],
        flags=_flags(message.singular + message.plural),
        tcomment=old.tcomment if old else "",
    )
    kept = old if old and "fuzzy" not in old.flags else None
    if message.plural:
        forms = kept.msgstr_plural if kept else {}
        entry.msgstr_plural = {form: forms.get(form, "") for form in range(plurals)}
    else:
        entry.msgstr = kept.msgstr if kept else ""
    return entry


def _flags(text: str) -> list[str]:
    flags = ["python-format"] if _PERCENT.search(text) else []
    return [*flags, "python-brace-format"] if _BRACES.search(text) else flags


def _report(outcome: Outcome, total: int) -> None:
    say(f"{total} chuỗi", f"{total} messages")
    for vi, en, messages in (
        ("Mới", "New", outcome.added),
        ("Không còn dùng, đã bỏ", "No longer used, dropped", outcome.dropped),
        ("Chưa dịch", "Without translation", outcome.missing),
    ):
        if messages:
            say(f"{vi}: {len(messages)}", f"{en}: {len(messages)}")
            for message in messages:
                print(f"  {message!r}")


if __name__ == "__main__":
    try:
        sys.exit(run(sys.argv[1:]))
    except (Stop, SyntaxError) as reason:
        complain(reason)
        sys.exit(2)
