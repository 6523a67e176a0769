"""The admin's slug field and the server make the same slug of a title."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.text.slugs import slugify
from sites.base.slug_input import VietnameseSlugInput, formatters

LETTERS = (
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
)


def in_browser(title: str) -> str:
    """What the field's script makes of a title: the formatters in order, then small letters."""
    for pattern, plain in formatters():
        title = re.sub(pattern, plain, title)
    return title.lower()


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Đường đến xã", "duong-den-xa"),
        ("Quyết định số 1507/QĐ-UBND", "quyet-dinh-so-1507-qd-ubnd"),
        ("  Ðất đai – “hỏi & đáp”!  ", "dat-dai-hoi-dap"),
        (unicodedata.normalize("NFD", "Thủ tục đất đai"), "thu-tuc-dat-dai"),
        ("People's Committee", "peoples-committee"),
    ],
)
def test_titles_become_readable_addresses(title: str, slug: str) -> None:
    assert in_browser(title) == slugify(title) == slug


@given(st.text(alphabet=LETTERS + LETTERS.upper() + " 0123456789-/.,'’"))
def test_browser_and_server_agree(title: str) -> None:
    assert in_browser(title) == slugify(title)


def test_field_carries_the_rules() -> None:
    assert "đ" in VietnameseSlugInput().attrs["data-w-slug-formatters-value"] or (
        "\\u0111" in VietnameseSlugInput().attrs["data-w-slug-formatters-value"]
    )
