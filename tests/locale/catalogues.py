"""The catalogues of the checkout, and the messages of the packages they translate."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polib

from ops.local.source_messages import Message, messages_of_file

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "locale"
OWN = LOCALE / "vi" / "LC_MESSAGES" / "django.po"
OF_PACKAGES = sorted((LOCALE / "packages").glob("*/vi/LC_MESSAGES/*.po"))
ALL = [OWN, *OF_PACKAGES]


def name_of(path: Path) -> str:
    """Short name of a catalogue for the report of a test."""
    return str(path.relative_to(LOCALE))


@cache
def read(path: Path) -> polib.POFile:
    """Read one catalogue; a message that stands there twice is an error."""
    return polib.pofile(str(path), check_for_duplicates=True)


def key_of(entry: polib.POEntry) -> Message:
    """The message that *entry* translates."""
    return Message(entry.msgctxt, entry.msgid, entry.msgid_plural or "")


def translation_of(entry: polib.POEntry) -> str:
    """The Vietnamese text; Vietnamese has one form for every number."""
    return entry.msgstr or entry.msgstr_plural.get(0, "")


def packages() -> dict[str, dict[str, Any]]:
    """What ``packages.toml`` says of each translated package."""
    return tomllib.loads((Path(__file__).parent / "packages.toml").read_text(encoding="utf-8"))


def messages_of_package(folders: list[str], domain: str) -> set[Message]:
    """Every message of the installed *folders*: of their sources and their English catalogues."""
    found: set[Message] = set()
    for folder in map(_folder, folders):
        for catalogue in folder.glob(f"**/locale/en/LC_MESSAGES/{domain}.po"):
            found |= {key_of(e) for e in polib.pofile(str(catalogue)) if not e.obsolete}
        if domain == "django":
            found |= {m for path in _sources(folder) for m in messages_of_file(path)}
    return found


def translated_messages(folders: list[str], domain: str) -> set[Message]:
    """Every message with a Vietnamese entry of ours (for whatever package) or of *folders*."""
    upstream = [
        path for f in folders for path in _folder(f).glob(f"**/locale/vi/LC_MESSAGES/{domain}.po")
    ]
    ours = [path for path in OF_PACKAGES if path.stem == domain]
    return {
        key_of(entry)
        for path in [*upstream, *ours]
        for entry in polib.pofile(str(path))
        if entry.translated()
    }


def catalogues_of_packages() -> list[Path]:
    """The Vietnamese catalogues that the packages of ``packages.toml`` bring along."""
    folders = {folder for facts in packages().values() for folder in facts["folders"]}
    return [
        path
        for folder in sorted(folders)
        for path in sorted(_folder(folder).glob("**/locale/vi/LC_MESSAGES/django.po"))
    ]


def _folder(name: str) -> Path:
    package, _, rest = name.partition("/")
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / rest


def _sources(folder: Path) -> list[Path]:
    """Sources that a site may show: no tests, no skeletons of new projects."""
    unseen = {"test", "tests", "project_template", "conf_template", "static"}
    return [
        path
        for path in folder.rglob("*")
        if path.suffix in {".py", ".html", ".txt"} and not unseen & set(path.parts)
    ]
