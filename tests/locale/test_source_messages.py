"""Messages are found where Django's own extraction with gettext finds them."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from ops.local.catalogue_update import update
from ops.local.messages import Stop
from ops.local.source_messages import Message, messages_of_python, messages_of_template

HEADER = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('_("Site")', Message(None, "Site", "")),
        ('translation.gettext_lazy("a " "b")', Message(None, "a b", "")),
        ('ngettext("%(n)s site", "%(n)s sites", n)', Message(None, "%(n)s site", "%(n)s sites")),
        ('pgettext("verb", "Open")', Message("verb", "Open", "")),
        ('npgettext_lazy("c", "one", "many", "n")', Message("c", "one", "many")),
    ],
)
def test_call_in_python_is_found(source: str, expected: Message) -> None:
    assert list(messages_of_python(source)) == [expected]


@pytest.mark.parametrize("source", ["_(name)", "_(f'{name}')", "ngettext('one', many, n)", "_('')"])
def test_computed_or_empty_text_is_no_message(source: str) -> None:
    assert list(messages_of_python(source)) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% translate "It\'s open" %}', Message(None, "It's open", "")),
        ('{% translate "Open" context "verb" %}', Message("verb", "Open", "")),
        ("{{ name|default:_('Nobody') }}", Message(None, "Nobody", "")),
        (
            "{% blocktranslate trimmed with a=b %}\n  Hello\n  {{ a }}\n{% endblocktranslate %}",
            Message(None, "Hello %(a)s", ""),
        ),
        (
            "{% blocktranslate count n=n %}a site{% plural %}{{ n }} sites{% endblocktranslate %}",
            Message(None, "a site", "%(n)s sites"),
        ),
    ],
)
def test_tag_in_a_template_is_found(source: str, expected: Message) -> None:
    assert list(messages_of_template(source)) == [expected]


def test_update_keeps_adds_and_drops(tmp_path: Path) -> None:
    path = tmp_path / "django.po"
    path.write_text(
        f'{HEADER}msgid "Kept"\nmsgstr "Giữ"\n\nmsgid "Gone"\nmsgstr "Bỏ"\n', encoding="utf-8"
    )
    found = {Message(None, "Kept", ""): ["a.py"], Message(None, "%(n)s new", "%(n)s"): ["b.py"]}
    outcome = update(path, found)
    assert (outcome.missing, outcome.added) == (["%(n)s new"], ["%(n)s new"])
    assert outcome.dropped == ["Gone"]
    entries = {entry.msgid: entry for entry in polib.pofile(str(path))}
    assert entries["Kept"].msgstr == "Giữ"
    assert entries["%(n)s new"].flags == ["python-format"]
    assert not update(path, found).changed


def test_guess_of_a_translation_counts_as_missing(tmp_path: Path) -> None:
    path = tmp_path / "django.po"
    path.write_text(f'{HEADER}#, fuzzy\nmsgid "Open"\nmsgstr "Đóng"\n', encoding="utf-8")
    found = {Message(None, "Open", ""): ["a.py"]}
    assert update(path, found, write=False).missing == ["Open"]


def test_broken_catalogue_stops_the_update(tmp_path: Path) -> None:
    path = tmp_path / "django.po"
    path.write_text('msgid "a"\nmsgstr\n  oops', encoding="utf-8")
    with pytest.raises(Stop, match=r"django\.po"):
        update(path, {})
