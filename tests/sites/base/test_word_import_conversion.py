"""What becomes of a document's text: no database, no site."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from xml.sax.saxutils import escape

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sites.base.word_import.conversion import Converted, convert
from sites.base.word_import.legacy_fonts import looks_garbled, to_unicode
from sites.base.word_import.reading import read
from sites.base.word_import.report import FINDINGS, Report
from tests import word_documents as words


def converted(file: Any) -> tuple[Converted, Report]:
    report = Report()
    reading = read(file, report)
    return convert(reading.html, lambda number: number + 1, report), report


def text_of(found: Converted) -> str:
    """Everything a reader sees, in order."""
    parts = [found.title, found.abstract]
    for kind, value in found.blocks:
        if kind == "paragraph":
            parts.append(BeautifulSoup(value, "html.parser").get_text(" "))
        elif kind == "table":
            table = value["table"]
            parts += [column["heading"] for column in table["columns"]]
            parts += [str(cell) for row in table["rows"] for cell in row["values"]]
    return " ".join(" ".join(parts).split())


def rich(found: Converted) -> str:
    """The rich text without the editor's own keys."""
    text = "".join(value for kind, value in found.blocks if kind == "paragraph")
    return re.sub(r' data-block-key="\w+"', "", text)


def test_honest_document_keeps_its_structure() -> None:
    document = Document()
    document.add_heading("Kế hoạch tiêm chủng", 0)
    document.add_paragraph("Sở Y tế tiêm chủng cho trẻ em trong toàn tỉnh từ tháng 6.")
    document.add_heading("Mục tiêu", 1)
    line = document.add_paragraph("Chữ ")
    line.add_run("đậm").bold = True
    line.add_run(" và ")
    line.add_run("nghiêng").italic = True
    document.add_heading("Chi tiết", 2)
    document.add_heading("Sâu hơn", 4)
    document.add_paragraph("")
    document.add_paragraph("một", style="List Bullet")
    document.add_paragraph("hai", style="List Number")
    table = document.add_table(2, 2, style="Table Grid")
    for place, cell in enumerate(["Xã", "Số trẻ", "Alpha", "12"]):
        table.cell(place // 2, place % 2).text = cell
    found, report = converted(words.saved(document))
    assert found.title == "Kế hoạch tiêm chủng"
    assert found.abstract.startswith("Sở Y tế tiêm chủng")
    assert rich(found) == (
        "<h2>Mục tiêu</h2><p>Chữ <b>đậm</b> và <i>nghiêng</i></p><h3>Chi tiết</h3>"
        "<h3>Sâu hơn</h3><ul><li>một</li></ul><ol><li>hai</li></ol>"
    )
    assert dict(found.blocks)["table"]["table"] == {
        "columns": [{"type": "text", "heading": "Xã"}, {"type": "text", "heading": "Số trẻ"}],
        "rows": [{"values": ["Alpha", "12"]}],
    }
    assert report.counts == {"headings_shifted": 1}


def test_lists_keep_their_levels() -> None:
    numbering = (
        f"<w:numbering {words.NAMESPACES}><w:abstractNum w:abstractNumId='0'>"
        "<w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/></w:lvl>"
        "<w:lvl w:ilvl='1'><w:numFmt w:val='bullet'/></w:lvl></w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
    ).encode()

    def item(text: str, level: int) -> str:
        return (f"<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr>"
                f"</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")  # fmt: skip

    body = item("một", 0) + item("một a", 1) + item("một b", 1) + item("hai", 0)
    file = words.hand_made(
        body, words.relation("n", "numbering", "numbering.xml"),
        parts={"word/numbering.xml": numbering},
    )  # fmt: skip
    found, _report = converted(file)
    assert rich(found) == "<ol><li>một<ol><li>một a</li><li>một b</li></ol></li><li>hai</li></ol>"


def test_official_letter_reads_as_a_text() -> None:
    letterhead = words.table(
        ["ỦY BAN NHÂN DÂN TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["Số: 15/QĐ-UBND", "ngày 02 tháng 6 năm 2026"], borders=False,
    )  # fmt: skip
    body = (
        letterhead
        + words.paragraph("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;")
        + words.paragraph("Chương I. Quy định chung", bold=True)
        + words.paragraph("Điều 1. Phạm vi", bold=True)
        + words.paragraph("- hồ sơ gồm đơn;")
        + words.paragraph("– bản sao.")
        + words.paragraph("Điều 2. Thi hành", bold=True)
        + words.table(["Nơi nhận: Như Điều 2", "CHỦ TỊCH"], borders=True)
        + words.table(
            ["STT", "Tên", "Ghi chú"],
            ['<w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr>'
             + words.paragraph("I. Cấp tỉnh") + "</w:tc>"],
            ["1", "Sở Y tế", ""],
        )
    )  # fmt: skip
    found, report = converted(words.hand_made(body))
    html = rich(found)
    assert found.abstract == ""
    assert "<p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>" in html
    assert "<h2>Chương I. Quy định chung</h2><h3>Điều 1. Phạm vi</h3>" in html
    assert "<ul><li>hồ sơ gồm đơn;</li><li>bản sao.</li></ul>" in html
    assert "<p>Nơi nhận: Như Điều 2</p><p>CHỦ TỊCH</p>" in html
    assert "<li>I. Cấp tỉnh</li><li>1 – Sở Y tế</li>" in html
    assert report.counts == {
        "layout_tables": 2, "headings_found": 3, "dashes": 1, "tables_as_text": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "font", "shown"),
    [
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", ".VnTime", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("®­êng n­íc ë x·", ".VnArial", "đường nước ở xã"),
        ("quyÕt ®Þnh", ".VnTimeH", "QUYẾT ĐỊNH"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "VNI-Times",
         "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("ÑÖÔØNG nöôùc, kyõ, TAÊNG, trò", "VNI-Helve", "ĐƯỜNG nước, kỹ, TĂNG, trị"),
        ("Đã là Unicode: Việt", ".VnTime", "Đã là Unicode: Việt"),
        ("Hòa à", "Times New Roman", "Hòa à"),
    ],
)  # fmt: skip
def test_old_fonts_become_unicode(typed: str, font: str, shown: str) -> None:
    assert to_unicode(typed, font) == shown
    found, report = converted(words.hand_made(words.paragraph(typed, font=font)))
    assert shown in text_of(found)
    is_converted = shown != typed
    assert bool(report.counts["tcvn3"] + report.counts["vni"]) == is_converted


def test_old_font_of_a_style_counts_and_lost_fonts_are_told() -> None:
    styles = (
        f"<w:styles {words.NAMESPACES}><w:style w:type='paragraph' w:default='1' w:styleId='N'>"
        "<w:rPr><w:rFonts w:ascii='.VnTime' w:hAnsi='.VnTime'/></w:rPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='Sub'><w:basedOn w:val='N'/></w:style>"
        "</w:styles>"
    ).encode()
    lost = "Céng hßa x· héi chñ nghÜa ViÖt Nam ®éc lËp"
    body = (
        words.paragraph("ViÖt Nam")
        + words.paragraph("Hµ Néi", style="Sub")
        + words.paragraph(lost, font="Arial")
        + "<w:p><w:r><w:t>n</w:t><w:softHyphen/><w:t>íc</w:t></w:r></w:p>"
    )
    related = words.relation("s", "styles", "styles.xml")
    found, report = converted(words.hand_made(body, related, parts={"word/styles.xml": styles}))
    for shown in ("Việt Nam", "Hà Nội", "nước", lost):
        assert shown in text_of(found)
    assert report.counts["garbled"] == 1
    assert not looks_garbled("Cộng hòa xã hội, TÒA ÁN, hoàn toàn, thuở ấy, KẾT QUẢ, Ý kiến")


HOSTILE = (
    words.paragraph("Chữ còn lại ở đây.")
    + '<w:p><w:hyperlink r:id="bad"><w:r><w:t>bấm</w:t></w:r></w:hyperlink>'
    '<w:hyperlink r:id="good"><w:r><w:t>đọc tiếp</w:t></w:r></w:hyperlink></w:p>'
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK '
    '"javascript:alert(2)" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    "<w:r><w:t>trường liên kết</w:t></w:r>"
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    '<w:p><w:fldSimple w:instr="INCLUDEPICTURE http://theo-doi.test/x.png"><w:r><w:t>kết quả'
    "</w:t></w:r></w:fldSimple></w:p>"
    '<w:p><w:r><w:object><o:OLEObject Type="Embed" r:id="ole"/></w:object></w:r></w:p>'
    '<w:altChunk r:id="html"/>'
    "<w:p><w:del><w:r><w:delText>đã xóa</w:delText></w:r></w:del><w:ins><w:r><w:t>đã thêm</w:t>"
    '</w:r></w:ins><w:r><w:commentReference w:id="0"/></w:r></w:p>'
    "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>chữ ẩn</w:t></w:r></w:p>"
    "<w:p><m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath></w:p>"
    '<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>Mục lục 7</w:t></w:r></w:p>'
    '<w:p><w:r><w:drawing><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawing'
    'ml/2006/chart"><c:chart r:id="chart"/></a:graphicData></a:graphic></w:drawing></w:r></w:p>'
    + words.drawing("away") + words.drawing("away2", link=True)
    + "<w:p><w:r><w:t>&lt;script&gt;alert(1)&lt;/script&gt;</w:t></w:r></w:p>"
)  # fmt: skip


def test_what_is_dangerous_goes_and_is_told() -> None:
    file = words.hand_made(
        HOSTILE,
        words.relation("bad", "hyperlink", "javascript:alert(1)", external=True),
        words.relation("good", "hyperlink", "https://chinhphu.vn/a?b=1&amp;c=2", external=True),
        words.relation("ole", "oleObject", "embeddings/oleObject1.bin"),
        words.relation("html", "aFChunk", "afchunk.html"),
        words.relation("away", "image", "http://theo-doi.test/a.png", external=True),
        words.relation("away2", "image", "file:///etc/passwd", external=True),
        words.relation("up", "image", "../../../../etc/passwd"),
        parts={"word/embeddings/oleObject1.bin": b"MZ", "word/afchunk.html": b"<script></script>"},
    )
    found, report = converted(file)
    html = rich(found)
    for gone in ("javascript", "đã xóa", "chữ ẩn", "theo-doi", "<script", "Mục lục", "passwd"):
        assert gone not in html
    for kept in ("bấm", "trường liên kết", "kết quả", "đã thêm", "a+b", "&lt;script&gt;",
                 '<a href="https://chinhphu.vn/a?b=1&amp;c=2">đọc tiếp</a>'):  # fmt: skip
        assert kept in html
    assert [kind for kind, _value in found.blocks] == ["paragraph"]
    assert report.counts == {
        "links": 2, "fields": 1, "objects": 2, "deletions": 1, "comments": 1, "hidden": 1,
        "formulas": 1, "contents": 1, "drawings": 1, "external_pictures": 2,
    }  # fmt: skip
    assert all(one.told(2) for one in FINDINGS.values())


def test_footnotes_and_raised_figures_stay_as_text() -> None:
    notes = (
        f'<w:footnotes {words.NAMESPACES}><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>'
        "<w:r><w:t>Theo số liệu năm 2025.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    ).encode()
    body = (
        '<w:p><w:r><w:t>Dân số</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        '<w:p><w:r><w:t>100 m</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        "<w:t>2</w:t></w:r></w:p>"
    )
    related = words.relation("f", "footnotes", "footnotes.xml")
    found, report = converted(words.hand_made(body, related, parts={"word/footnotes.xml": notes}))
    assert rich(found) == "<p>Dân số[1]</p><p>100 m²</p><p>[1] Theo số liệu năm 2025.</p>"
    assert report.counts == {"footnotes": 1}


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (words.upload(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "cu.doc"), "old_word"),
        (words.hand_made("", name="a.docm"), "macros"),
        (words.hand_made("", parts={"word/vbaProject.bin": b"x"}), "macros"),
        (words.hand_made("", types=words.TYPES.replace("main+xml", "macroEnabled.main+xml")),
         "macros"),
        (words.upload(b"%PDF-1.7 ...", "a.docx"), "wrong_content"),
        (words.upload(b"%PDF-1.7 ...", "a.pdf"), "not_word"),
        (words.upload(b"PK\x03\x04 half a file", "a.docx"), "truncated"),
        (words.upload(b"", "a.docx"), "empty"),
        (words.hand_made(words.paragraph("&a;"), prologue=BOMB), "truncated"),
        (words.hand_made(words.paragraph("&a;"), prologue=OUTSIDE), "truncated"),
        (words.hand_made("<w:p>"), "truncated"),
        (words.spoilt(words.hand_made(words.paragraph("Có chữ" * 50))), "truncated"),
        (words.packed_strangely(words.hand_made(words.paragraph("Có chữ"))), "truncated"),
        (words.hand_made("<w:sdt>" * 3000 + "</w:sdt>" * 3000), "truncated"),
        (words.hand_made("", parts={"../../etc/cron.d/x": b"x"}), "strange"),
        (words.hand_made("", parts={"word\\media\\x.png": b"x"}), "strange"),
        (words.hand_made("", parts={"word/media/x.png": b"\0" * 45_000_000}), "bomb"),
        (words.upload(b"PK\x03\x04" + b"\0" * (20 * 1024 * 1024), "a.docx"), "too_large"),
    ],
)  # fmt: skip
def test_what_is_no_safe_document_is_refused_with_a_reason(file: Any, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read(file, Report())
    assert refused.value.code == code
    assert "".join(refused.value.messages).strip()


runs = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Co", "Cn"]),
               max_size=40)  # fmt: skip
piece = st.tuples(st.sampled_from(["p", "h", "b", "t", "d"]), runs)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(pieces=st.lists(piece, min_size=1, max_size=8))
def test_no_word_is_lost_and_nothing_but_known_markup_appears(pieces: list[Any]) -> None:
    """Whatever the text: its letters are there in their order, in elements the editor knows."""
    made = {
        "p": words.paragraph,
        "h": lambda text: words.paragraph(text, style="Heading2"),
        "b": lambda text: words.paragraph(text, bold=True),
        "t": lambda text: words.table([text, "x"], ["y", text]),
        "d": lambda text: words.paragraph(f"- {text}"),
    }
    body = "".join(made[kind](escape(text)) for kind, text in pieces)
    found, _report = converted(words.hand_made(body))
    expected = " ".join(f"{text} x y {text}" if kind == "t" else text for kind, text in pieces)
    assert _letters(text_of(found)) == _letters(expected)
    tags = {tag.name for tag in BeautifulSoup(rich(found), "html.parser").find_all(True)}
    assert tags <= {"p", "h2", "h3", "b", "i", "ul", "ol", "li", "a", "br"}


def _letters(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return "".join(char for char in composed if char.isalnum())
