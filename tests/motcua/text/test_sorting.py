"""The Vietnamese order, on names of real places and people."""

from __future__ import annotations

import random
import string
import unicodedata
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.text.sorting import name_sort_key, sort_key

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]

IN_ORDER = [
    "Phường 1",
    "Phường 2",
    "Phường 10",
    "Phường Tân Long",
    "Thành phố Mỹ Tho",
    "Thị trấn Mỹ Phước",
    "Thị xã Gò Công",
    "Xã An Hữu",
    "Xã Bàn Long",
    "Xã Bình Ân",
    "Xã Bình Đông",
    "Xã Bình Đức",
    "Xã Dưỡng Điềm",
    "Xã Đạo Thạnh",
    "Xã Đăng Hưng Phước",
    "Xã Đông Hòa",
    "Xã Đồng Sơn",
    "Xã Hậu Mỹ Bắc A",
    "Xã Hậu Mỹ Bắc B",
    "Xã Tam Bình",
    "Xã Tam Hiệp",
    "Xã Tăng Hoà",
    "Xã Tân Điền",
    "Xã Tân Hòa Đông",
    "Xã Tân Hòa Tây",
    "Xã Tân Hòa Thành",
    "Xã Tân Hội",
    "Xã Vĩnh Hựu",
    "Xã Yên Luông",
]


def in_order(texts: Iterable[str]) -> list[str]:
    """Return `texts` sorted by their keys, shuffled before so that no luck helps."""
    shuffled = list(texts)
    random.Random(2).shuffle(shuffled)
    return sorted(shuffled, key=sort_key)


def test_real_places_stand_in_dictionary_order() -> None:
    assert in_order(IN_ORDER) == IN_ORDER


def test_single_letters_stand_in_the_alphabet() -> None:
    assert in_order(ALPHABET) == list(ALPHABET)


@pytest.mark.parametrize("vowel", "aăâeêioôơuưy")
def test_tones_follow_their_order_after_the_letters(vowel: str) -> None:
    words = [unicodedata.normalize("NFC", vowel + tone) for tone in TONES]
    assert in_order(words) == words
    assert sort_key(words[-1]) < sort_key(f"{vowel}b")


def test_syllables_are_compared_one_after_the_other() -> None:
    assert sorted(["tuần chay", "tuân thủ"], key=sort_key) == ["tuân thủ", "tuần chay"]
    assert sorted(["Bà Rịa", "Ba Vì", "Ba Tri", "Ba"], key=sort_key) == [
        "Ba",
        "Ba Tri",
        "Ba Vì",
        "Bà Rịa",
    ]


def test_case_punctuation_and_tone_placement_do_not_count() -> None:
    assert sort_key("Bà Rịa - Vũng Tàu") == sort_key("bà rịa, vũng tàu")
    assert sort_key("Thạnh Hoà") == sort_key("Thạnh Hòa")
    assert sort_key("Bình Ðịnh") == sort_key("Bình Định")


def test_numbers_compare_by_value() -> None:
    names = ["Tân Phước 1", "Tân Phước 02", "Tân Phước 3", "Tân Phước 10", "Tân Phước 100"]
    assert in_order(names) == names
    assert sort_key("9" * 40) < sort_key("a")


def test_other_scripts_come_last() -> None:
    assert sorted(["公告", "z", "zz", "Москва"], key=sort_key) == ["z", "zz", "Москва", "公告"]


def test_people_sort_by_given_name_first() -> None:
    people = ["Trần Thị An", "Nguyễn Văn An", "Lê Thanh Bình", "Nguyễn Ngọc Hai", "Đỗ Đức Ân"]
    assert sorted(people, key=name_sort_key) == [
        "Nguyễn Văn An",
        "Trần Thị An",
        "Đỗ Đức Ân",
        "Lê Thanh Bình",
        "Nguyễn Ngọc Hai",
    ]
    assert name_sort_key("") == ""


syllables = st.text("aăâbcdđeêhinoôơuưyạảãáàấ", min_size=1, max_size=4)


@given(syllables, syllables)
def test_keys_order_letters_as_the_alphabet_does(one: str, other: str) -> None:
    def places(word: str) -> list[int]:
        bare = "".join(c for c in unicodedata.normalize("NFD", word) if c not in TONES[1:])
        return [ALPHABET.index(letter) for letter in unicodedata.normalize("NFC", bare)]

    if places(one) != places(other):
        assert (sort_key(one) < sort_key(other)) == (places(one) < places(other))


@given(st.text())
def test_keys_hold_only_what_every_collation_orders_alike(text: str) -> None:
    assert set(sort_key(text)) <= set(string.digits + string.ascii_lowercase)


@given(st.text())
def test_keys_do_not_see_the_normal_form(text: str) -> None:
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(text)


@given(st.text("aăâbdđoôơ12 "), st.text("aăâbdđoôơ12 "), st.integers(1, 12))
def test_cut_keys_never_contradict_whole_ones(one: str, other: str, length: int) -> None:
    if sort_key(one) <= sort_key(other):
        assert sort_key(one, length) <= sort_key(other, length)
