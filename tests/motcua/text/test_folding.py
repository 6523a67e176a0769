"""Folding, normalising and tone placement, on what the provinces' own pages really contain."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.text.folding import fold, normalise, normalise_line, tone_key

VIETNAMESE = st.text(
    "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
    "AĂÂĐEÊIOÔƠUƯYÀÁẢÃẠẤỆỢỰÐð 0123456789/-–.\u00a0\u200b\u0300\u0301\u0323\u0302\u0306\u031b\n"
)
ANY_TEXT = st.one_of(VIETNAMESE, st.text())


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Thủ tục đất đai", "thu tuc dat dai"),
        ("ỦY BAN NHÂN DÂN XÃ TÂN HÒA THÀNH", "uy ban nhan dan xa tan hoa thanh"),
        ("tỉnh Bình Ðịnh", "tinh binh dinh"),  # eth
        ("  Quảng \u00a0 Ngãi\n", "quang ngai"),
        ("Số 1507/QĐ–UBND", "so 1507/qd-ubnd"),
        ("112/2021/NĐ-CР", "112/2021/nd-cp"),  # Cyrillic Р
        ("“một cửa”", '"mot cua"'),
        ("đường\u200bbộ", "duongbo"),
        ("Ｔｉề\uff4e Giang", "tien giang"),
        ("Москва", "москва"),
        ("", ""),
    ],
)
def test_fold_is_what_a_citizen_types(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(nfd(text)) == folded


def test_folding_makes_both_tone_placements_one() -> None:
    assert fold("hòa") == fold("hoà") == fold(nfd("hòa")) == "hoa"


def test_every_vietnamese_letter_folds_to_ascii() -> None:
    letters = [
        chr(code) for code in range(0xC0, 0x1EFA) if "LATIN" in unicodedata.name(chr(code), "")
    ]
    vietnamese = [char for char in letters if char in VIETNAMESE_LETTERS]
    assert len(vietnamese) == len(VIETNAMESE_LETTERS)
    assert all(fold(char).isascii() for char in vietnamese)


VIETNAMESE_LETTERS = frozenset(
    "ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
    "ĂÂĐÊÔƠƯÀÁẢÃẠẰẮẲẴẶẦẤẨẪẬÈÉẺẼẸỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌỒỐỔỖỘỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ"
)


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_fold_does_not_see_the_normal_form(text: str) -> None:
    assert fold(nfd(text)) == fold(text) == fold(unicodedata.normalize("NFC", text))


@given(ANY_TEXT)
def test_what_is_stored_folds_as_what_was_typed(text: str) -> None:
    assert fold(normalise(text)) == fold(text)


def test_no_single_character_breaks_folding_or_normalising() -> None:
    assigned = (chr(code) for code in range(0xE0080) if unicodedata.category(chr(code)) != "Cn")
    for char in assigned:
        assert fold(fold(char)) == fold(char), hex(ord(char))
        assert normalise(normalise(char)) == normalise(char), hex(ord(char))


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("CQNN) tỉnh Bình Ðịnh giai đoạn", "CQNN) tỉnh Bình Định giai đoạn"),
        ("57/2018/NÐ-CP", "57/2018/NĐ-CP"),
        ("QÐ-UBND, HÐND, SLÐTBXH", "QĐ-UBND, HĐND, SLĐTBXH"),
        ("ðường bộ", "đường bộ"),
        ("thị trấn Ɖầm Hà", "thị trấn Đầm Hà"),
        ("Davíð Stefánsson", "Davíð Stefánsson"),
        ("Þórður", "Þórður"),
        ("ngày\u00a025", "ngày 25"),
        ("Tiền\u200b\ufeff Giang\u00ad", "Tiền Giang"),
        ("một\r\nhai\rba\u2028bốn\x0bnăm", "một\nhai\nba\nbốn\nnăm"),
        ("cột\tcột", "cột\tcột"),
        ("hai  cách", "hai  cách"),
        ("a\x00b\x1fc\ud800", "abc"),
        ("👨\u200d👩 x\u200dy", "👨\u200d👩 xy"),
        ("ti\u0065\u0301\u0302ng", "tiếng"),  # the tone typed before the circumflex
        ("\uf02b dấu đầu dòng", "\uf02b dấu đầu dòng"),  # a bullet of a symbol font, lost nowhere
    ],
)
def test_normalise_keeps_what_a_reader_sees(text: str, stored: str) -> None:
    assert normalise(text) == stored


def test_normalise_composes() -> None:
    assert normalise(nfd("Ủy ban nhân dân thị xã Gò Công")) == "Ủy ban nhân dân thị xã Gò Công"


@given(ANY_TEXT)
def test_normalised_text_is_nfc_and_stays(text: str) -> None:
    once = normalise(text)
    assert unicodedata.is_normalized("NFC", once)
    assert normalise(once) == once
    assert normalise(nfd(once)) == once


def test_a_line_has_single_spaces_only() -> None:
    assert normalise_line("  Sở\u00a0 Y\n tế ") == "Sở Y tế"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "hoà"),
        ("Thủy", "thuỷ"),
        ("xóa", "xoá"),
        ("khỏe", "khoẻ"),
        ("Qúy", "Quý"),
        ("gìa", "già"),
        ("cuả", "của"),
        ("Xã  Thạnh Hoà", "xã Thạnh Hòa"),  # both spellings are in one official list
        ("Bình Ðịnh", "Bình Định"),
    ],
)
def test_spelling_habits_have_one_tone_key(one: str, other: str) -> None:
    assert tone_key(one) == tone_key(other) == tone_key(nfd(one))


MODERN_SPELLING = """
    hoà hoàn thuỷ huỳnh quý quốc già giếng tiếng của múa khuỷu ngoài người rượu xoèn uyển
"""


@pytest.mark.parametrize("word", MODERN_SPELLING.split())
def test_the_tone_key_of_modern_spelling_is_itself(word: str) -> None:
    assert tone_key(word) == word


def test_the_tone_key_keeps_diacritics_apart() -> None:
    words = ["ma", "mà", "má", "mả", "mã", "mạ", "mă", "mâ", "da", "đa"]
    assert len({tone_key(word) for word in words}) == len(words)


@given(ANY_TEXT)
def test_the_tone_key_is_stable_and_folds_like_the_text(text: str) -> None:
    key = tone_key(text)
    assert tone_key(key) == key
    assert fold(key) == fold(text)


@pytest.mark.parametrize("text", ["a" * 200_000, "đ" * 200_000, "а" * 200_000, " " * 200_000])
def test_folding_a_very_long_word_takes_no_longer_than_reading_it(text: str) -> None:
    before = time.monotonic()
    fold(text)
    assert time.monotonic() - before < 5


def test_gha_of_converted_documents_is_found_as_u_with_horn() -> None:
    assert fold("đƣợc tổ chức công nhận, ĐƢỢC") == fold("được tổ chức công nhận, ĐƯỢC")
