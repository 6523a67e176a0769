"""Folding for search and normalising for storage.

Vietnamese reaches us composed (NFC) or decomposed (NFD), with the tone of *hòa* or of *hoà*,
with eth (Ð) instead of Đ, with no-break and zero-width spaces from word processors, and in
capitals with a Cyrillic Р among them. A citizen types none of that: ``thu tuc dat dai``.

Three functions, from the most forgiving to the least:

``fold``       what a search compares; diacritics, case and typography are gone
``tone_key``   what *exact diacritics first* compares; only spelling habits are gone
``normalise``  what is stored; nothing a reader can see is gone
"""

from __future__ import annotations

import re
import unicodedata

# The five written tones, in no order: order is the business of `sorting`.
TONES = "\u0300\u0301\u0303\u0309\u0323"

_ETHS = "ÐðƉɖ"
_TO_D_WITH_STROKE = str.maketrans("ÐðƉɖ", "ĐđĐđ")
# Letters no Vietnamese word has. A word with one of them keeps its eth (Icelandic, Faroese).
_NORDIC = frozenset("þæöøåœ")
_WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+")

_LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_ODD_SPACES = re.compile(r"[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Control characters but tab and newline, format characters without a shape, half surrogates.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f"
    r"\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
# A joiner holds emoji together; anywhere else it only hides in names and codes.
_STRAY_JOINER = re.compile(r"(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d")
# Some keyboards put the tone under the circumflex or breve; NFC then cannot compose the two.
_TONE_BEFORE_SHAPE = re.compile(r"([aeoAEO]\u0323?)([\u0300\u0301\u0303\u0309]+)([\u0302\u0306])")

_FORMAT_CATEGORIES = frozenset({"Cf", "Cc", "Cs"})
_MARKS = re.compile(
    r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]"
)
# Applied after case folding, so small letters are enough.
LATIN_LETTERS = str.maketrans(
    # ƣ (gha) is what converted documents have for ư: "đƣợc", in published procedures.
    {"đ": "d", "ð": "d", "ɖ": "d", "ƣ": "u", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i"}
    | {"æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"}
)
_PUNCTUATION = str.maketrans(
    dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("‘’‚‛′ʼ`´", "'")
    | dict.fromkeys("“”„‟″«»", '"')
    | {"⁄": "/", "∕": "/"}
)
# Cyrillic letters whose capital looks Latin; one hides in a published "112/2021/NĐ-CР".
CYRILLIC_LOOKALIKES = str.maketrans("авекмнорстухіјѕ", "abekmhopctyxijs")
# From a word's beginning only, or a long word without any would be read once for each letter.
_CYRILLIC_WORD = re.compile(r"(?<![a-z])[a-z]*[\u0430-\u045f][a-z\u0430-\u045f]*")

_VOWELS = frozenset("aăâeêioôơuưy")
_SHAPED_VOWELS = frozenset("ăâêôơư")
_TONE_ON_LAST = frozenset({"oa", "oe", "uy"})


def fold(text: str) -> str:
    """Return `text` as a search compares it: small letters, no diacritics, single spaces.

    ``đ``, ``Đ``, ``ð`` and ``Ð`` become ``d``; dashes and quotation marks become ASCII; control
    and zero-width characters vanish. Punctuation stays, so codes remain recognisable. The result
    is the same for NFC and NFD, and folding it again changes nothing.
    """
    decomposed = _decompose(_visible(text))
    plain = _MARKS.sub("", decomposed).translate(LATIN_LETTERS).translate(_PUNCTUATION)
    words = " ".join(_without_format(plain).split())
    return unicodedata.normalize("NFC", _CYRILLIC_WORD.sub(_without_lookalikes, words))


def normalise(text: str) -> str:
    """Return `text` as it should be stored: NFC, Đ for eth, nothing invisible.

    - no-break and typographic spaces become spaces, every kind of line break becomes ``\\n``;
      tabs stay, spaces are not collapsed (see `normalise_line`);
    - control characters, zero-width characters, direction marks and soft hyphens go;
    - eth becomes đ where Vietnamese can have it: at the start of a word (``Bình Ðịnh``) and,
      as a capital, anywhere (``QÐ-UBND``). Small eth inside a word (``Davíð``), and any eth in a
      word with a Nordic letter (``Þórður``), is left alone: Vietnamese never writes đ there.
    """
    return _with_d_for_eth(_compose(_visible(text)))


def normalise_line(text: str) -> str:
    """Return `text` normalised for a field of one line: trimmed, runs of white space one space."""
    return " ".join(normalise(text).split())


def tone_key(text: str) -> str:
    """Return a key equal for spellings that differ only in habit, not in diacritics.

    Case, white space and the place of the tone within its syllable do not count: ``hòa`` equals
    ``hoà``, ``Qúy`` equals ``quý``. Everything else does: ``hoa`` and ``hòa`` differ, ``d`` and
    ``đ`` differ. The key itself is readable Vietnamese with the tone where schoolbooks since the
    1980s put it (hoà, thuỷ).
    """
    caseless = normalise_line(normalise(text).casefold())
    return _WORD.sub(lambda match: _with_settled_tone(match.group()), caseless)


def _visible(text: str) -> str:
    """Return `text` with plain spaces and line breaks, and without what nobody sees."""
    text = _ODD_SPACES.sub(" ", _LINE_BREAKS.sub("\n", text))
    return _STRAY_JOINER.sub("", _INVISIBLE.sub("", text))


def _decompose(text: str) -> str:
    """Return compatibility-decomposed, case-folded text (folding case can compose again)."""
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())


def _without_format(text: str) -> str:
    return "".join(
        char
        for char in text
        if char.isspace() or unicodedata.category(char) not in _FORMAT_CATEGORIES
    )


def _without_lookalikes(match: re.Match[str]) -> str:
    """Return a word in one script: Cyrillic among Latin letters is meant to be Latin."""
    word = match.group()
    has_latin = any("a" <= char <= "z" for char in word)
    return word.translate(CYRILLIC_LOOKALIKES) if has_latin else word


def _compose(text: str) -> str:
    """Return NFC, also where the tone was typed before the circumflex or breve."""
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _TONE_BEFORE_SHAPE.sub(r"\1\3\2", decomposed))


def _with_d_for_eth(text: str) -> str:
    if not any(eth in text for eth in _ETHS):
        return text
    return _WORD.sub(lambda match: _word_with_d(match.group()), text)


def _word_with_d(word: str) -> str:
    if not _NORDIC.isdisjoint(word.casefold()):
        return word
    first, rest = word[0].translate(_TO_D_WITH_STROKE), word[1:]
    return first + rest.replace("Ð", "Đ").replace("Ɖ", "Đ")


def _with_settled_tone(word: str) -> str:
    """Move the single tone of `word` (small letters, NFC) to where modern spelling has it."""
    decomposed = unicodedata.normalize("NFD", word)
    places = [place for place, char in enumerate(decomposed) if char in TONES]
    if len(places) != 1:
        return word
    tone = decomposed[places[0]]
    letters = unicodedata.normalize("NFC", decomposed.replace(tone, ""))
    bearer = len(unicodedata.normalize("NFC", decomposed[: places[0]])) - 1
    if bearer < 0 or bearer >= len(letters) or letters[bearer] not in _VOWELS:
        return word
    after = _tone_place(letters, bearer) + 1
    return unicodedata.normalize("NFC", letters[:after] + tone + letters[after:])


def _tone_place(letters: str, bearer: int) -> int:
    """Return the index of the vowel that carries the tone of the syllable around `bearer`."""
    start, end = _vowels_around(letters, bearer)
    vowels = letters[start:end]
    shaped = [place for place, vowel in enumerate(vowels) if vowel in _SHAPED_VOWELS]
    if shaped:
        return start + shaped[-1]
    if end < len(letters) or vowels in _TONE_ON_LAST:
        return end - 1
    return start if len(vowels) < 3 else start + 1


def _vowels_around(letters: str, bearer: int) -> tuple[int, int]:
    """Return the span of vowels around `bearer`, without the glide of *qu* and *gi*."""
    start, end = bearer, bearer + 1
    while start > 0 and letters[start - 1] in _VOWELS:
        start -= 1
    while end < len(letters) and letters[end] in _VOWELS:
        end += 1
    glide = letters[max(start - 1, 0) : start + 1]
    return (start + 1 if glide in {"qu", "gi"} and end - start > 1 else start), end
