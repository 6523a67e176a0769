"""Text typed in the fonts of the 1990s: Latin letters that only look Vietnamese in their font.

TCVN3 (TCVN 5712:1993 VN3) puts Vietnamese letters in the places of others; the fonts are named
.VnTime, .VnArial …, and those that end in H show capitals only. VNI puts a tone behind its vowel.
"""

from __future__ import annotations

import re
import unicodedata

_TCVN3 = str.maketrans(
    "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉË®ÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùýúûüþ¡¢§£¤¥¦",
    "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵĂÂĐÊÔƠƯ",
)

_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_SINGLE = dict(zip("ñíìæóòîôö", "đíìỉĩịỵơư", strict=True))
_MARKS = {
    **_TONES,
    **{mark: f"\u0302{tone}" for mark, tone in _CIRCUMFLEX.items()},
    **{mark: f"\u0306{tone}" for mark, tone in _BREVE.items()},
}
_VNI = re.compile(rf"([aeouyôö])([{''.join(_MARKS)}])|[{''.join(_SINGLE)}]", re.IGNORECASE)

# Letters of the old encodings inside words: “ViÖt”, “Vieät”. Real Vietnamese lies above U+0100.
_GARBLED = re.compile(
    r"[A-Za-z][¨©ª«¬®¸µ¶·¹»¼½¾]|[¨©ª«¬®¸µ¶·¹»¼½¾][A-Za-z]|[aeo][äåëïøûü]|[ÖÕÒÓ×ØÞÜ](?=[a-z])"
)
_GARBLED_FROM = 3  # such pairs in one paragraph


def encoding_of(font: str) -> str:
    """Return ``tcvn3`` or ``vni`` for a font's name that tells so, else nothing."""
    name = font.strip().lower()
    if name.startswith((".vn", "vntime", "abc ")):
        return "tcvn3"
    return "vni" if name.startswith("vni") else ""


def to_unicode(text: str, font: str) -> str:
    """Return what a text shows in an old font; text that is Unicode already stays.

    Letters above U+0100 exist in neither encoding: whoever typed them had a Unicode keyboard.
    """
    encoding = encoding_of(font)
    if not encoding or any(char > "\u00ff" and char.isalpha() for char in text):
        return text
    if encoding == "vni":
        return _from_vni(text)
    shown = text.translate(_TCVN3)
    return shown.upper() if font.strip().lower().endswith("h") else shown


def looks_garbled(text: str) -> bool:
    """Tell whether a paragraph reads as if its old font was lost on the way."""
    return len(_GARBLED.findall(text)) >= _GARBLED_FROM


def _from_vni(text: str) -> str:
    return _VNI.sub(_vni_letter, text)


def _vni_letter(match: re.Match[str]) -> str:
    if match.group(1) is None:
        letter = _SINGLE[match.group(0).lower()]
        return letter.upper() if match.group(0).isupper() else letter
    vowel, mark = match.group(1), _MARKS[match.group(2).lower()]
    base = _SINGLE.get(vowel.lower(), vowel.lower())
    composed = unicodedata.normalize("NFC", base + mark)
    return composed.upper() if vowel.isupper() else composed
