"""Telephone numbers in any writing become one, and links that dial it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from sites.organisation.phones import PhoneField, parse_phone, uri_of


@pytest.mark.parametrize(
    ("written", "shown", "uri"),
    [
        ("(0273) 3.872.184", "0273 3872 184", "tel:+842733872184"),
        ("+84 273 3872184", "0273 3872 184", "tel:+842733872184"),
        ("0084-273-3872184", "0273 3872 184", "tel:+842733872184"),
        ("+84 (0)273 3872 184", "0273 3872 184", "tel:+842733872184"),
        ("024.38251234", "024 3825 1234", "tel:+842438251234"),
        ("0912.345.678", "0912 345 678", "tel:+84912345678"),
        ("84912345678", "0912 345 678", "tel:+84912345678"),
        ("1900 1234", "1900 1234", "tel:19001234;phone-context=+84"),
        ("1022", "1022", "tel:1022;phone-context=+84"),
        ("0273 3872184 máy lẻ 12", "0273 3872 184 - 12", "tel:+842733872184;ext=12"),
        ("0273 3872 184 - 12", "0273 3872 184 - 12", "tel:+842733872184;ext=12"),
        ("0273.3872184 (ext. 105)", "0273 3872 184 - 105", "tel:+842733872184;ext=105"),
    ],
)
def test_number_is_understood_in_any_writing(written: str, shown: str, uri: str) -> None:
    phone = parse_phone(written)
    assert (str(phone), phone.uri) == (shown, uri)
    assert parse_phone(shown) == phone, "what is stored is understood again"


@pytest.mark.parametrize(
    "written",
    ["", "Phòng 204", "0912 345 67", "0273 3872184; 0273 3872185", "0123 456 789", "+1 202 555 01"],
)
def test_what_is_no_number_is_refused_and_never_dialled(written: str) -> None:
    with pytest.raises(ValueError, match="0273 3872 184"):
        parse_phone(written)
    assert uri_of(written) == ""


def test_field_keeps_the_usual_grouping_and_tells_what_is_wrong() -> None:
    field = PhoneField(blank=True)
    assert field.clean("02733872184", None) == "0273 3872 184"
    assert field.clean("", None) == ""
    with pytest.raises(ValidationError, match="0273 3872 184"):
        field.clean("gọi sau", None)
