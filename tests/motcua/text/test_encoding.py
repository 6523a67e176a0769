"""Encodings of uploaded lists: certain, or refused with line and byte."""

from __future__ import annotations

import codecs
import unicodedata

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from motcua.text.encoding import EncodingError, Problem, decode_csv

TEXT = "tên,loại\r\nXã Tân Hòa Đông,xã\r\nPhường Đạo Thạnh,phường\r\n"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text: str) -> bytes:
    """Encode as Windows does: shapes composed, the tone a byte of its own."""
    encoded = b""
    for char in text:
        marks = unicodedata.normalize("NFD", char)
        base = unicodedata.normalize("NFC", "".join(c for c in marks if c not in TONES))
        encoded += (base + "".join(c for c in marks if c in TONES)).encode("cp1258")
    return encoded


def refusal(data: bytes) -> EncodingError:
    with pytest.raises(EncodingError) as caught:
        decode_csv(data)
    return caught.value


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
)
def test_unicode_files_are_read_without_their_mark(data: bytes) -> None:
    assert decode_csv(data) == TEXT


@given(st.text(st.characters(exclude_characters="\0\ufeff\ufffd", max_codepoint=0x7F)))
def test_ascii_is_read_as_it_is(text: str) -> None:
    assert decode_csv(text.encode()) == text


@pytest.mark.parametrize("data", [b"", codecs.BOM_UTF8])
def test_an_empty_file_is_an_empty_text(data: bytes) -> None:
    assert decode_csv(data) == ""


def test_decomposed_names_are_read_and_left_to_normalising() -> None:
    decomposed = unicodedata.normalize("NFD", TEXT)
    assert decode_csv(decomposed.encode()) == decomposed


def test_windows_1258_is_named_with_line_and_byte() -> None:
    error = refusal(b"ten,loai\r\n" + windows_1258("Xã Tân Hòa Đông,xã\r\n"))
    assert (error.problem, error.line, error.byte) == (Problem.WINDOWS_1258, 2, 3)


def test_tcvn3_is_named_with_line_and_byte() -> None:
    # "Xã Tân Hòa Đông" as .VnTime shows it: ã B7, â A9, ò DF, Đ A7, ô AB.
    error = refusal(b"ten\nX\xb7 T\xa9n H\xdfa \xa7\xabng\n")
    assert (error.problem, error.line, error.byte) == (Problem.TCVN3, 2, 2)


def test_one_line_in_another_encoding_is_found() -> None:
    error = refusal(TEXT.encode() + windows_1258("Xã Đạo Thạnh\r\n") + "Xã Mỹ Phong".encode())
    assert (error.problem, error.line, error.byte) == (Problem.MIXED, 4, 3)


def test_lines_of_old_macintosh_files_are_counted() -> None:
    assert refusal(b"a\rb\rc\xff").line == 3


@pytest.mark.parametrize("damaged", [TEXT.encode().decode("cp1252", "replace"), "Ti\ufffdn Giang"])
def test_letters_damaged_before_are_refused(damaged: str) -> None:
    error = refusal(f"ten\n{damaged}".encode())
    assert (error.problem, error.line) == (Problem.DAMAGED, 2)


def test_vietnamese_beside_french_quotation_marks_is_not_taken_for_damage() -> None:
    assert decode_csv("«tôm, cá» và «Ăn quả»".encode()) == "«tôm, cá» và «Ăn quả»"


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0rest", TEXT.encode("utf-16-le"), b"a\0b"]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    assert refusal(data).problem is Problem.NOT_TEXT


def test_half_a_utf_16_file_is_refused() -> None:
    error = refusal("một\nhai".encode("utf-16")[:-1])
    assert (error.problem, error.line, error.byte) == (Problem.UTF_16, 2, 5)


@pytest.mark.parametrize("problem", Problem)
def test_the_message_names_line_and_byte(problem: Problem) -> None:
    with translation.override("en"):
        assert str(EncodingError(problem, line=7, byte=12)).startswith("Line 7, byte 12: ")


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_with_a_place(data: bytes) -> None:
    line, byte = place_of_refusal(data) or (1, 1)
    assert 1 <= line <= len(data) + 1
    assert 1 <= byte <= len(data) + 1


def place_of_refusal(data: bytes) -> tuple[int, int] | None:
    try:
        decode_csv(data)
    except EncodingError as error:
        return error.line, error.byte
    return None
