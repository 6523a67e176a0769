"""What can be checked of a translation without reading it."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import polib
import pytest

from ops.local.source_messages import Message
from tests.locale.catalogues import (
    ALL,
    OF_PACKAGES,
    OWN,
    catalogues_of_packages,
    key_of,
    name_of,
    read,
    translation_of,
)

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdr]|\{\w*\}")
TAG = re.compile(r"</?[a-zA-Z][^>]*>")
# Words that are the same in Vietnamese.
SAME_WORDS = {
    "%s GB", "%s KB", "%s MB", "%s PB", "%s TB", "IPv4", "IPv6", "IPv4 or IPv6", "URL", "Zalo",
    "Facebook", "YouTube", "X", "Video", "video", "%(amount)s đồng",
}  # fmt: skip
# Where it stands in the English text, one of the words must stand in the Vietnamese (GLOSSARY.md).
GLOSSARY = {
    r"alias(es)?": "bản sao đồng bộ",
    r"collections?": "bộ sưu tập",
    r"comments?": "nhận xét|góp ý",
    r"documents?": "tài liệu|văn bản",
    r"drafts?": "nháp|dự thảo",
    r"images?": "hình|ảnh",
    r"locales?": "ngôn ngữ",
    r"passwords?": "mật khẩu",
    r"revisions?": "phiên bản",
    r"redirects?": "chuyển hướng",
    r"settings": "thiết lập",
    r"sites?": "cổng|trang",
    r"snippets?": "nội dung dùng chung",
    r"unpublish": "gỡ xuất bản",
    r"upload(ed|ing)?": "tải",
    r"workflows?": "quy trình",
}
# Said in other words where the term would be clumsy.
FREE = {
    "You haven't created any %(snippet_type_name)s snippets. Why not "
    '<a href="%(wagtailsnippets_create_snippet_url)s" target="_blank" rel="noreferrer">'
    "create one now</a>?",
    "You decided to cancel logging in to our site using one of your existing accounts. "
    'If this was a mistake, please proceed to <a href="%(login_url)s">sign in</a>.',
    "Decisions, drawings, invitation documents, reports.",  # "hồ sơ mời thầu" is the term
    "Open for comment",
}

each_catalogue = pytest.mark.parametrize("path", ALL, ids=name_of)


def entries(path: Path) -> list[polib.POEntry]:
    return [entry for entry in read(path) if not entry.obsolete]


def shown(entry: polib.POEntry) -> str:
    return f"{entry.msgid!r} → {translation_of(entry)!r}"


@each_catalogue
def test_vietnamese_has_one_plural_form(path: Path) -> None:
    assert read(path).metadata["Plural-Forms"] == "nplurals=1; plural=0;"
    assert read(path).metadata["Language"] == "vi"
    assert [shown(e) for e in entries(path) if e.msgid_plural and set(e.msgstr_plural) != {0}] == []


@each_catalogue
def test_every_entry_is_translated_for_certain(path: Path) -> None:
    assert [shown(e) for e in entries(path) if "fuzzy" in e.flags or not e.translated()] == []
    assert list(read(path).obsolete_entries()) == []


@each_catalogue
def test_placeholders_agree(path: Path) -> None:
    assert [shown(e) for e in entries(path) if not placeholders_agree(e)] == []


def placeholders_agree(entry: polib.POEntry) -> bool:
    """A single form may use what either English form has, and loses nothing both have."""
    here = sorted(PLACEHOLDER.findall(translation_of(entry)))
    one, many = (sorted(PLACEHOLDER.findall(t)) for t in (entry.msgid, entry.msgid_plural))
    if not entry.msgid_plural:
        return set(here) == set(one) and (here == one or "%(" in entry.msgid)
    return here in (one, many) or set(one) & set(many) <= set(here) <= set(one) | set(many)


@each_catalogue
def test_tags_of_html_agree(path: Path) -> None:
    def tags(text: str) -> list[str]:
        return sorted(TAG.findall(text))

    assert [
        shown(e)
        for e in entries(path)
        if tags(translation_of(e)) not in (tags(e.msgid), tags(e.msgid_plural))
    ] == []


@each_catalogue
def test_space_at_both_ends_agrees(path: Path) -> None:
    def ends(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert [shown(e) for e in entries(path) if ends(e.msgid) != ends(translation_of(e))] == []


@each_catalogue
def test_nothing_is_left_in_english(path: Path) -> None:
    def words(text: str) -> str:
        return TAG.sub("", PLACEHOLDER.sub("", text))

    assert [
        shown(e)
        for e in entries(path)
        if translation_of(e) == e.msgid
        and re.search("[A-Za-z]", words(e.msgid))
        and e.msgid not in SAME_WORDS
    ] == []


@each_catalogue
def test_name_of_many_things_fits_behind_a_number(path: Path) -> None:
    """The admin writes “2 mục nhật ký”; with *các* in the name it would not be Vietnamese."""
    assert [shown(e) for e in entries(path) if translation_of(e).startswith("các ")] == []


@each_catalogue
def test_letters_are_composed_and_tones_stand_where_the_house_puts_them(path: Path) -> None:
    """NFC; hòa and xóa, not hoà and xoá; no eth for đ."""
    late_tone = re.compile(r"(?<![qQ])(o[àáảãạ]|o[èéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)")
    assert [
        shown(e)
        for e in entries(path)
        if (text := translation_of(e)) != unicodedata.normalize("NFC", text)
        or late_tone.search(text)
        or set(text) & set("ðÐ")
    ] == []


@each_catalogue
def test_terms_follow_the_glossary(path: Path) -> None:
    def breaks(entry: polib.POEntry) -> bool:
        english = re.sub(r"https?://\S+", "", PLACEHOLDER.sub("", TAG.sub("", entry.msgid))).lower()
        vietnamese = translation_of(entry).lower()
        return any(
            re.search(rf"\b{term}\b", english) and not re.search(word, vietnamese)
            for term, word in GLOSSARY.items()
        )

    assert [shown(e) for e in entries(path) if e.msgid not in FREE and breaks(e)] == []


# Words of which the project's own meaning is another than a package's. The project's wins, so
# each of these must read well in both places.
TWO_MEANINGS = {"task", "Words", "Text"}


def test_one_message_has_one_translation_in_all_our_catalogues() -> None:
    """Catalogues are merged: the same message can only say one thing in the whole admin."""
    seen: dict[tuple[str, Message], set[str]] = {}
    for path in OF_PACKAGES:
        for entry in entries(path):
            seen.setdefault((path.stem, key_of(entry)), set()).add(translation_of(entry))
    assert {key: texts for key, texts in seen.items() if len(texts) > 1} == {}


def test_words_of_the_project_do_not_change_what_the_packages_say() -> None:
    said = {
        key_of(entry): translation_of(entry)
        for path in [*catalogues_of_packages(), *(p for p in OF_PACKAGES if p.stem == "django")]
        for entry in read(path)
        if entry.translated()
    }
    clashes = {
        entry.msgid: (entry.msgstr, said[key_of(entry)])
        for entry in entries(OWN)
        if said.get(key_of(entry), translation_of(entry)) != translation_of(entry)
    }
    assert set(clashes) == TWO_MEANINGS, clashes
