"""Telephone numbers as Vietnamese offices write them, and as telephones dial them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from motcua.text.folding import fold

# After folding: "may le 12", "may nhanh 12", "so le 12", "ext. 12", "x12".
_EXTENSION = re.compile(
    r"\(?\s*(?:-\s*)?(?:so |so may |may )?(?:le|nhanh|ext\.?|x)\s*:?\s*(\d{1,6})\)?$"
)
_SEPARATORS = re.compile(r"[\s.()/-]+")
_COUNTRY = re.compile(r"^(?:\+84|0084|84(?=[235789]\d{8,9}$))(?:\(?0\)?)?")
# Circular 22/2014/TT-BTTTT with the area codes of decision 2036/QĐ-BTTTT and the mobile numbers
# of 2018: 10 digits for mobiles, 11 for land lines.
_MOBILE = re.compile(r"0[35789]\d{8}")
_CITY = re.compile(r"02[48]\d{8}")  # Hà Nội and Hồ Chí Minh City: area code of three digits
_LAND = re.compile(r"02\d{9}")
_HOTLINE = re.compile(r"1[89]00\d{4}(?:\d{2})?")
_SHORT = re.compile(r"1\d{2,4}")


@dataclass(frozen=True)
class Phone:
    """One number: its digits as dialled within Viet Nam, and an office's extension."""

    digits: str
    extension: str = ""

    def __str__(self) -> str:
        """The number in groups, such as ``0273 3872 184``."""
        number = " ".join(_groups(self.digits))
        return f"{number} - {self.extension}" if self.extension else number

    @property
    def uri(self) -> str:
        """The number for a link (RFC 3966), international where one may call from abroad."""
        number = f"+84{self.digits[1:]}" if self.digits.startswith("0") else self.digits
        context = "" if number.startswith("+") else ";phone-context=+84"
        extension = f";ext={self.extension}" if self.extension else ""
        return f"tel:{number}{extension}{context}"


def parse_phone(text: str) -> Phone:
    """Return the number that `text` states, in any usual writing.

    Understands ``(0273) 3.872.184``, ``+84 273 3872184``, ``0912-345-678``, ``1900 1234``,
    ``1022`` and an extension: ``0273 3872184 máy lẻ 12``, ``… ext. 12``, ``… - 12``.

    Raises:
        ValueError: it is no Vietnamese number, or more than one; with a message for people.
    """
    plain = fold(text).strip()
    extension = _EXTENSION.search(plain) or re.search(r" - (\d{1,4})$", plain)
    if extension:
        plain = plain[: extension.start()].strip()
    digits = _COUNTRY.sub("0", _SEPARATORS.sub("", plain))
    kinds = (_MOBILE, _LAND, _HOTLINE, _SHORT)
    if not any(kind.fullmatch(digits) for kind in kinds):
        raise ValueError(
            format_lazy(
                _("“{text}” is not a Vietnamese telephone number. Write one number with its area "
                  "code, such as 0273 3872 184 or 0912 345 678."), text=text.strip()[:40],
            )
        )  # fmt: skip
    return Phone(digits, extension[1] if extension else "")


def digits_of(text: str) -> str:
    """Return the digits of a number as dialled within Viet Nam, from whatever is left of it."""
    return re.sub(r"\D", "", _COUNTRY.sub("0", _SEPARATORS.sub("", text)))


def uri_of(text: str) -> str:
    """Return the link of a number, or nothing for a text that is none."""
    try:
        return parse_phone(text).uri if text else ""
    except ValueError:
        return ""


def validate_phone(text: str) -> None:
    """Accept what `parse_phone` understands.

    Raises:
        ValidationError: the text is no number.
    """
    try:
        parse_phone(text)
    except ValueError as error:
        raise ValidationError(str(error)) from None


class PhoneField(models.CharField[str, str]):
    """One Vietnamese telephone number, stored in its usual grouping."""

    default_validators = [validate_phone]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 30)
        super().__init__(*args, **kwargs)

    def clean(self, value: Any, model_instance: models.Model | None) -> str:
        """Return the number in its usual grouping; `ValidationError` where it is none."""
        text: str = super().clean(value, model_instance)
        return str(parse_phone(text)) if text else text


def _groups(digits: str) -> list[str]:
    if _CITY.fullmatch(digits):
        return [digits[:3], digits[3:7], digits[7:]]
    if _LAND.fullmatch(digits):
        return [digits[:4], digits[4:8], digits[8:]]
    if _MOBILE.fullmatch(digits):
        return [digits[:4], digits[4:7], digits[7:]]
    return [digits[:4], digits[4:]] if _HOTLINE.fullmatch(digits) else [digits]
