"""The order of Vietnamese names and titles, as a key that a database can sort.

The order is that of Vietnamese dictionaries and of the Vietnamese collation in Unicode's CLDR
(common/collation/vi.xml): the letters a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y,
with f, j, w, z where the Latin alphabet has them; then, between equal letters, the tones ngang,
huyền, hỏi, ngã, sắc, nặng. As in dictionaries, and unlike CLDR, syllables are compared one after
the other, so that *tuân thủ* precedes *tuần chay* and all *Ba …* precede all *Bà …*.

Numbers compare by value (*Phường 2* before *Phường 10*) and precede letters; case, punctuation and
the place of the tone (hòa, hoà) do not count. A key consists of ``0-9a-z`` only, so it sorts alike
in Python, under ``COLLATE "C"`` (which its column should have) and under other collations.

A key is a row of tokens, none a prefix of another:

    letter  the base letter and its variant:   a → a0   ă → a1   â → a2   đ → d1
    other   a letter of another script, after z, by code point:   z9 and six digits
    end     0, the tones of the syllable (1 huyền … 5 nặng), 0
    number  1, its length (1–9, a–z), its digits
"""

from __future__ import annotations

import re
import unicodedata

from motcua.text.folding import LATIN_LETTERS, normalise

_TONE_RANK = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_SHAPES = {
    ("a", "\u0306"): "1",
    ("a", "\u0302"): "2",
    ("e", "\u0302"): "1",
    ("o", "\u0302"): "1",
    ("o", "\u031b"): "2",
    ("u", "\u031b"): "1",
}
_D_WITH_STROKE = {"đ": "d1", "ð": "d1", "ɖ": "d1"}
_PART = re.compile(r"[0-9]+|(?:(?![\d_])[\w\u0300-\u036f])+")
_LENGTHS = "0123456789abcdefghijklmnopqrstuvwxyz"


def sort_key(text: str, max_length: int | None = None) -> str:
    """Return the key by which `text` sorts in Vietnamese: ASCII, at most `max_length` characters.

    A cut key still sorts by what is left of it. Texts with the same letters, tones and numbers
    have the same key: add a second column (the primary key) where the order must be total.
    """
    decomposed = unicodedata.normalize("NFKD", normalise(text).casefold())
    return "".join(_token(part) for part in _PART.findall(decomposed))[:max_length]


def name_sort_key(name: str, max_length: int | None = None) -> str:
    """Return the key by which a person's name sorts: given name (the last word), then the rest.

    So lists of Vietnamese people read: Nguyễn Văn **An**, Trần Thị **An**, Lê **Bình**.
    """
    *others, given = name.split() or [""]
    return sort_key(" ".join([given, *others]), max_length)


def _token(part: str) -> str:
    return _number(part) if part[0] in _LENGTHS[:10] else _syllable(part)


def _number(digits: str) -> str:
    value = digits.lstrip("0") or "0"
    return "1" + _LENGTHS[min(len(value), len(_LENGTHS) - 1)] + value


def _syllable(marked: str) -> str:
    """Return the token of a syllable in NFD: its letters, then its tones wherever they stand."""
    letters: list[str] = []
    tones = ""
    for char in marked:
        if unicodedata.combining(char):
            tones += _TONE_RANK.get(char, "")
            _shape(letters, char)
        else:
            letters.extend(_letter(char))
    return f"{''.join(letters)}0{tones}0"


def _letter(char: str) -> list[str]:
    if char in _D_WITH_STROKE:
        return [_D_WITH_STROKE[char]]
    plain = char.translate(LATIN_LETTERS)
    if plain.isascii():
        return [f"{letter}0" for letter in plain if letter in _LENGTHS]
    return [f"z9{ord(char):06x}"]


def _shape(letters: list[str], mark: str) -> None:
    """Turn the last letter into the one that `mark` makes of it: a with a breve into ă."""
    if letters and (letters[-1][0], mark) in _SHAPES:
        letters[-1] = letters[-1][0] + _SHAPES[letters[-1][0], mark]
