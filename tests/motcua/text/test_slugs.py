"""Slugs and host labels."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.text.slugs import django_slugify, domain_label, is_domain_label, slugify

LABEL = re.compile(r"(?!..--)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Thủ tục đất đai", "thu-tuc-dat-dai"),
        ("Đăng ký", "dang-ky"),
        ("Bình Ðịnh", "binh-dinh"),
        (
            "Sở Lao động - Thương binh và Xã hội",
            "so-lao-dong-thuong-binh-va-xa-hoi",
        ),
        (
            "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh",
            "van-phong-doan-dai-bieu-quoc-hoi-va-hoi-dong-nhan-dan-tinh",
        ),
        ("1507/QĐ-UBND", "1507-qd-ubnd"),
        ("Sở TT&TT", "so-tt-tt"),
        ("Đắk R'Lấp", "dak-rlap"),
        ("People’s Committee", "peoples-committee"),
        ("snake_case", "snake-case"),
        ("公告", ""),
        ("", ""),
    ],
)
def test_slugs_read_as_the_title_does(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_a_slug_is_cut_between_words() -> None:
    assert slugify("Thủ tục đất đai", max_length=10) == "thu-tuc"
    assert slugify("Thủ tục đất đai", max_length=11) == "thu-tuc-dat"
    assert slugify("Thủtụcđấtđai", max_length=5) == "thutu"


def test_the_slug_function_fits_where_django_puts_its_own() -> None:
    assert django_slugify("Đất đai", allow_unicode=True) == "dat-dai"


@given(st.text(), st.integers(min_value=1, max_value=80))
def test_slugs_are_ascii_words_and_stay(text: str, max_length: int) -> None:
    slug = slugify(text, max_length)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug)
    assert len(slug) <= max_length
    assert slugify(slug) == slug


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Sở Y tế", "soyte"),
        ("Mỹ Tho", "mytho"),
        ("Tân Phú Đông", "tanphudong"),
        ("Phường 5 Mỹ Tho", "phuong5mytho"),
        ("tân-phước", "tan-phuoc"),
        ("Sở Lao động - Thương binh", "solaodongthuongbinh"),
        ("xn--Bình", "xn-binh"),
        ("-a-", "a"),
        ("3G", "3g"),
    ],
)
def test_names_become_host_labels(name: str, label: str) -> None:
    assert domain_label(name) == label


def test_a_long_name_becomes_a_label_of_63_octets() -> None:
    assert len(domain_label("Đường " * 40)) == 63


@pytest.mark.parametrize("name", ["", "   ", "---", "公告", "\u0301"])
def test_a_name_without_letters_has_no_label(name: str) -> None:
    with pytest.raises(ValueError, match="no letter or digit"):
        domain_label(name)


@given(st.text())
def test_a_label_is_always_valid(name: str) -> None:
    try:
        label = domain_label(name)
    except ValueError:
        return
    assert LABEL.fullmatch(label)
    assert is_domain_label(label)
    assert domain_label(label) == label


@pytest.mark.parametrize(
    "label", ["", "-a", "a-", "xn--abc", "ab--c", "A", "a.b", "a_b", "đ", "a" * 64, "a\n"]
)
def test_bad_labels_are_told(label: str) -> None:
    assert not is_domain_label(label)
