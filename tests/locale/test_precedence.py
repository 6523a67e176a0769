"""What Django really shows: the project's words, then ours for the packages, then theirs."""

from __future__ import annotations

import gettext

import pytest
from django.utils.translation.trans_real import DjangoTranslation
from django.views.i18n import JavaScriptCatalog

from motcua.web.catalogues import compile_catalogues
from tests.locale.catalogues import LOCALE, OWN, read


@pytest.fixture(scope="module")
def vietnamese() -> DjangoTranslation:
    compile_catalogues(LOCALE)
    gettext._translations.clear()  # type: ignore[attr-defined]  # read before they were compiled
    return DjangoTranslation("vi")


def test_own_words_come_first(vietnamese: DjangoTranslation) -> None:
    own = [entry for entry in read(OWN) if not entry.msgid_plural]
    plain = {e.msgid: e.msgstr for e in own if e.msgctxt is None}
    in_context = {(e.msgctxt, e.msgid): e.msgstr for e in own if e.msgctxt is not None}
    assert {text: vietnamese.gettext(text) for text in plain} == plain
    assert {key: vietnamese.pgettext(*key) for key in in_context} == in_context


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("Settings", "Thiết lập"),  # Wagtail has another word
        ("Snippets", "Nội dung dùng chung"),  # Wagtail has none
        ("Simplified Chinese", "Tiếng Trung giản thể"),  # Django's is rude
        ("Password reset unsuccessful", "Đặt lại mật khẩu không thành công"),  # Django's is wrong
        ("Choose an image", "Chọn hình ảnh"),
        ("Sync translated pages", "Đồng bộ các trang đã dịch"),
        ("Security Keys", "Khóa bảo mật"),
    ],
)
def test_package_speaks_our_vietnamese(
    vietnamese: DjangoTranslation, english: str, expected: str
) -> None:
    assert vietnamese.gettext(english) == expected


@pytest.mark.parametrize("count", [0, 1, 2, 40])
def test_plural_of_a_package_needs_no_second_form(
    vietnamese: DjangoTranslation, count: int
) -> None:
    text = vietnamese.ngettext("Delete 1 page", "Delete %(counter)s pages", count)
    assert text == "Xóa %(counter)s trang"


def test_scripts_of_the_admin_get_vietnamese(vietnamese: DjangoTranslation) -> None:
    view = JavaScriptCatalog(packages=["wagtail.admin"])
    view.translation = DjangoTranslation(
        "vi", domain="djangojs", localedirs=view.get_paths(["wagtail.admin"])
    )
    catalogue = view.get_catalog()
    assert catalogue["Loading…"] == "Đang tải…"
    assert catalogue["Page explorer"] == "Cây trang"
