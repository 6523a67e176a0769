"""The words of legal documents: their types, and the columns of lists that offices keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language, pgettext_lazy

from motcua.text.folding import fold

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# Law on promulgation of legal documents 64/2025/QH15, article 4, and decree 30/2020/NĐ-CP,
# article 7. A document keeps its Vietnamese type; the names on the right are for labels.
TYPES: dict[str, StrPromise] = {
    "Hiến pháp": pgettext_lazy("type of document", "Constitution"),
    "Bộ luật": pgettext_lazy("type of document", "Code"),
    "Luật": pgettext_lazy("type of document", "Law"),
    "Pháp lệnh": pgettext_lazy("type of document", "Ordinance"),
    "Lệnh": pgettext_lazy("type of document", "Order"),
    "Nghị quyết": pgettext_lazy("type of document", "Resolution"),
    "Nghị quyết liên tịch": pgettext_lazy("type of document", "Joint resolution"),
    "Nghị định": pgettext_lazy("type of document", "Decree"),
    "Quyết định": pgettext_lazy("type of document", "Decision"),
    "Thông tư": pgettext_lazy("type of document", "Circular"),
    "Thông tư liên tịch": pgettext_lazy("type of document", "Joint circular"),
    "Chỉ thị": pgettext_lazy("type of document", "Directive"),
    "Quy chế": pgettext_lazy("type of document", "Regulation"),
    "Quy định": pgettext_lazy("type of document", "Rules"),
    "Thông báo": pgettext_lazy("type of document", "Notice"),
    "Kế hoạch": pgettext_lazy("type of document", "Plan"),
    "Chương trình": pgettext_lazy("type of document", "Programme"),
    "Đề án": pgettext_lazy("type of document", "Scheme"),
    "Dự án": pgettext_lazy("type of document", "Project"),
    "Phương án": pgettext_lazy("type of document", "Action plan"),
    "Hướng dẫn": pgettext_lazy("type of document", "Guidance"),
    "Báo cáo": pgettext_lazy("type of document", "Report"),
    "Tờ trình": pgettext_lazy("type of document", "Submission"),
    "Công văn": pgettext_lazy("type of document", "Official letter"),
    "Công điện": pgettext_lazy("type of document", "Official telegram"),
    "Biên bản": pgettext_lazy("type of document", "Minutes"),
    "Giấy mời": pgettext_lazy("type of document", "Invitation"),
    "Văn bản hợp nhất": pgettext_lazy("type of document", "Consolidated text"),
}
_BY_FOLDED = {fold(name): name for name in TYPES}

# What offices write above the columns of their lists, folded.
COLUMNS: dict[str, tuple[str, ...]] = {
    "number": ("number", "so ky hieu", "so/ky hieu", "so hieu", "so, ky hieu", "so van ban", "so"),
    "title": ("title", "abstract", "trich yeu", "trich yeu noi dung", "tieu de", "noi dung",
              "ten van ban"),
    "type": ("type", "loai", "loai van ban", "hinh thuc van ban", "the loai"),
    "issuer": ("issuer", "co quan ban hanh", "don vi ban hanh", "noi ban hanh", "co quan"),
    "signer": ("signer", "nguoi ky", "ho ten nguoi ky"),
    "signer_office": ("signer_office", "chuc vu", "chuc danh", "chuc vu nguoi ky"),
    "issue_date": ("issue_date", "issued", "ngay ban hanh", "ngay ky", "ngay van ban", "ngay"),
    "effective_date": ("effective_date", "effective", "ngay hieu luc", "ngay co hieu luc",
                       "hieu luc tu ngay"),
    "expiry_date": ("expiry_date", "expires", "ngay het hieu luc", "het hieu luc tu ngay"),
    "status": ("status", "tinh trang", "tinh trang hieu luc", "hieu luc", "trang thai"),
    "field": ("field", "linh vuc"),
    "gazette_number": ("gazette_number", "so cong bao"),
    "gazette_date": ("gazette_date", "ngay cong bao", "ngay dang cong bao"),
    "source": ("source", "nguon"),
    "url": ("url", "link", "source_url", "dia chi", "duong dan", "lien ket"),
}  # fmt: skip
_COLUMN_OF = {alias: column for column, aliases in COLUMNS.items() for alias in aliases}


def known_type(text: str) -> str:
    """Return the type of `TYPES` that `text` means in any writing; empty if it is none of them."""
    return _BY_FOLDED.get(fold(text), "")


def type_label(name: str) -> str:
    """Return a type as the reader's language has it; unknown types as they are written."""
    if get_language() == "vi" or name not in TYPES:
        return name
    return str(TYPES[name])


def column_of(heading: str) -> str:
    """Return the column that a heading means, in Vietnamese or English; empty if unknown."""
    return _COLUMN_OF.get(fold(heading).strip(" .:*"), "")
