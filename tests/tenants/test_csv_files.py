from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants import csv_files, csv_table
from tenants.csv_files import CheckedFile, NewSiteRow
from tenants.models import Tenant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("main")]

HEADING = "label,name_vi,kind"
ROOT = Path(__file__).resolve().parents[2]


def read(*lines: str) -> CheckedFile:
    return csv_files.read("\n".join(lines).encode(), "ds.csv")


def told(checked: CheckedFile) -> list[str]:
    """The English half of every problem."""
    return [problem.both().rpartition(" / ")[2] for problem in checked.problems]


def only(checked: CheckedFile) -> str:
    assert len(checked.problems) == 1, told(checked)
    return told(checked)[0]


def labels(checked: CheckedFile) -> list[str]:
    assert checked.is_sound, told(checked)
    return [row.site.label for row in checked.rows]


class TestReading:
    def test_a_plain_list(self) -> None:
        assert labels(read(HEADING, "soyte,Sở Y tế,sở", "soxd,Sở Xây dựng,sở")) == ["soyte", "soxd"]

    @pytest.mark.parametrize("mark", [",", ";", "\t"])
    def test_the_separator_is_found_out(self, mark: str) -> None:
        lines = [mark.join(["Nhãn", "Tên", "Loại"]), mark.join(["soyte", "Sở Y tế", "sở"])]
        assert labels(read(*lines)) == ["soyte"]

    def test_a_comma_inside_a_name_does_not_mislead_the_separator(self) -> None:
        checked = read("label;name_vi;kind", "sovh;Sở Văn hóa, Thể thao, Du lịch;sở")
        assert labels(checked) == ["sovh"]

    @pytest.mark.parametrize("line", ["sep=;", "SEP=;"])
    def test_the_line_that_excel_writes_first_is_no_heading(self, line: str) -> None:
        checked = read(line, "label;name_vi;kind", "soyte;Sở Y tế;sở")
        assert labels(checked) == ["soyte"]
        assert checked.rows[0].line == 3

    def test_headings_in_vietnamese_in_any_order_and_case(self) -> None:
        checked = read(
            "LOẠI,Tên miền,tên tiếng việt,Tên tiếng Anh,Nhãn,Cơ quan cấp trên,Mã định danh,"
            "Địa chỉ,Điện thoại,Thư điện tử,Giao diện,Thư điện tử quản trị viên",
            "xã,tanhoa.tinh.test,Xã Tân Hòa,Tan Hoa,tanhoa,alpha,H58.21.01,"
            "Ấp 1,0273 387 258,tanhoa@tinh.test,sen,an@tinh.test",
        )
        assert labels(checked) == ["tanhoa"]
        site = checked.rows[0].site
        assert (site.parent, site.agency_code, site.theme) == ("alpha", "H58.21.01", "sen")
        assert (site.email, site.admin_email) == ("tanhoa@tinh.test", "an@tinh.test")

    def test_headings_without_diacritics_or_decomposed(self) -> None:
        decomposed = unicodedata.normalize("NFD", "Tên")
        assert labels(read(f"nhan,{decomposed},loai", "soyte,Sở Y tế,sở")) == ["soyte"]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_encodings_that_are_certain(self, encoding: str) -> None:
        data = f"{HEADING}\nsoyte,Sở Y tế,sở\n".encode(encoding)
        checked = csv_files.read(data, "ds.csv")
        assert checked.rows[0].site.name_vi == "Sở Y tế"

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_every_kind_of_line_end(self, end: str) -> None:
        data = end.join([HEADING, "soyte,Sở Y tế,sở", "", "b c,Xã,xã"]).encode()
        checked = csv_files.read(data, "ds.csv")
        assert [problem.line for problem in checked.problems] == [4]

    def test_decomposed_names_and_eth_are_normalised(self) -> None:
        name = unicodedata.normalize("NFD", "Sở Nông nghiệp Bình Ðịnh")
        checked = read(HEADING, f"sonn,{name},sở")
        assert checked.rows[0].site.name_vi == "Sở Nông nghiệp Bình Định"

    def test_blank_lines_and_empty_cells_at_the_end_do_not_count(self) -> None:
        checked = read("", HEADING + ",,", "", "soyte,Sở Y tế,sở,,,", " , ,", "", "soxd,Sở XD,sở")
        assert labels(checked) == ["soyte", "soxd"]
        assert [row.line for row in checked.rows] == [4, 7]

    def test_a_name_over_two_lines_becomes_one(self) -> None:
        checked = read(HEADING, 'soyte,"Sở\nY tế",sở', "soxd,Sở Xây dựng,sở")
        assert [(row.line, row.site.name_vi) for row in checked.rows] == [
            (2, "Sở Y tế"),
            (4, "Sở Xây dựng"),
        ]

    @pytest.mark.parametrize("name", ["departments.csv", "units.csv"])
    def test_the_projects_own_lists_are_sound(self, name: str) -> None:
        checked = csv_files.read((ROOT / "ops/data/tien_giang" / name).read_bytes(), name)
        assert checked.is_sound, told(checked)[:3]


class TestFilesThatCannotBeRead:
    @pytest.mark.parametrize("data", [b"", b"\n \n", b"\xef\xbb\xbf", b"\xff\xfe", b",,\n"])
    def test_an_empty_file(self, data: bytes) -> None:
        assert only(csv_files.read(data, "ds.csv")) == "Line 1: The file is empty."

    def test_a_heading_without_rows(self) -> None:
        assert "no rows" in only(read(HEADING, "", ""))

    def test_a_file_without_heading_names_what_is_missing(self) -> None:
        messages = told(read("soyte,Sở Y tế,sở"))
        assert any("Unknown column “soyte”" in message for message in messages)
        assert sum("is missing" in message for message in messages) == 3

    def test_missing_unknown_and_doubled_columns_are_named(self) -> None:
        messages = told(read("label,name_vi,Tên,màu", "soyte,Sở Y tế,Sở Y tế,đỏ"))
        assert messages == [
            "Line 1: Unknown column “màu”.",
            "Line 1: name_vi: The column “name_vi” is there twice.",
            "Line 1: kind: The column “kind” is missing.",
        ]

    def test_a_comma_that_nobody_quoted(self) -> None:
        messages = told(read(HEADING, "sovh,Sở Văn hóa, Du lịch,sở"))
        assert messages[0].startswith("Line 2: There is no heading above “sở”.")

    def test_an_older_encoding_names_line_and_byte(self) -> None:
        data = f"{HEADING}\nsoyte,".encode() + "Sở Y tế,sở".encode("cp1258", "replace")
        checked = csv_files.read(data + b"\xec\xf2\n", "ds.csv")
        assert only(checked).startswith("Line 2, byte ")

    def test_mixed_encodings(self) -> None:
        data = f"{HEADING}\nsoyte,Sở Y tế,sở\n".encode() + b"soxd,S\xf0 X\xe2y d\xf1ng,s\xf0\n"
        checked = csv_files.read(data, "ds.csv")
        assert "in another encoding than the lines before" in only(checked)
        assert checked.problems[0].line == 3

    def test_a_workbook(self) -> None:
        assert "workbook" in only(csv_files.read(b"PK\x03\x04abc", "ds.xlsx"))

    def test_a_quotation_mark_that_is_never_closed(self) -> None:
        message = only(read(HEADING, "soyte,Sở Y tế,sở", 'soxd,"Sở Xây dựng,sở', "sotp,Tư pháp,sở"))
        assert message == "Line 3: A quotation mark opened on this line is never closed."

    def test_text_after_a_closing_quotation_mark(self) -> None:
        message = only(read(HEADING, 'soxd,"Sở" Xây dựng,sở'))
        assert message.startswith("Line 2: After a closing quotation mark")

    def test_a_file_that_is_too_large(self) -> None:
        message = only(csv_files.read(b"x" * (csv_table.MAX_BYTES + 1), "ds.csv"))
        assert "too large: 5.0 MB, at most 5 MB" in message

    def test_too_many_rows(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(csv_table, "MAX_ROWS", 3)
        checked = read(HEADING, *(f"x{number},Xã {number},xã" for number in range(5)))
        assert only(checked).startswith("Line 5: The file has more than 3 rows.")


class TestChecking:
    def test_every_bad_line_is_named_with_its_number_and_reason(self) -> None:
        checked = read(HEADING, "www,Sở,sở", "soyte,Sở Y tế,sở", "soxd,,vua")
        assert told(checked) == [
            "Line 2: label: The label “www” is reserved.",
            "Line 4: name_vi: The Vietnamese name is missing.",
            "Line 4: kind: Unknown kind “vua”. Possible are: sở (department), huyện (district), "
            "xã (commune), cơ quan khác (agency).",
        ]
        assert (checked.total, checked.bad_lines, len(checked.rows)) == (3, 2, 1)

    def test_duplicates_name_the_other_line(self) -> None:
        checked = read(
            HEADING + ",domain,agency_code",
            "soyte,Sở Y tế,sở,,H58.01",
            "SoYTe,Sở Y tế 2,sở,,",
            "soxd,Sở XD,sở,SoYte.tinh.test,",
            "sotp,Sở TP,sở,,000.00.01.H58",
        )
        assert told(checked) == [
            "Line 3: label: The label “soyte” is already on line 2 of this file.",
            "Line 4: domain: The domain “soyte.tinh.test” is already on line 2 of this file.",
            "Line 5: agency_code: The agency code H58.01 is already on line 2 of this file.",
        ]

    def test_a_site_of_the_registry_with_another_domain_is_a_duplicate(self) -> None:
        checked = read(HEADING + ",domain", "alpha,Huyện,huyện,khac.tinh.test")
        assert only(checked) == "Line 2: label: There is already a site with the label “alpha”."

    def test_a_site_that_exists_as_it_is_written_is_there_already(self) -> None:
        checked = read(HEADING, "alpha,Huyện Alpha,huyện", "soyte,Sở Y tế,sở")
        assert labels(checked) == ["alpha", "soyte"]
        assert [row.site.label for row in checked.new_rows] == ["soyte"]

    def test_the_main_portal_is_never_a_row(self) -> None:
        checked = read(HEADING + ",domain", "tinh,Tỉnh,tỉnh,tinh.test")
        assert not checked.is_sound

    def test_parents_may_come_later_and_are_put_first(self) -> None:
        checked = read(
            HEADING + ",parent",
            "xa1,Xã Một,xã,huyen",
            "so,Sở,sở,",
            "huyen,Huyện,huyện,",
            "xa2,Xã Hai,xã,huyen.tinh.test",
        )
        assert labels(checked) == ["so", "huyen", "xa1", "xa2"]
        assert checked.rows[3].site.parent == "huyen"

    def test_unknown_parents(self) -> None:
        checked = read(HEADING + ",parent", "xa,Xã,xã,khongco")
        assert only(checked) == (
            "Line 2: parent: There is no site with the label or domain “khongco”."
        )

    def test_every_row_of_a_circle_is_named(self) -> None:
        checked = read(
            HEADING + ",parent",
            "a,A,cơ quan khác,b",
            "b,B,cơ quan khác,c",
            "c,C,cơ quan khác,a",
            "d,D,cơ quan khác,a",
            "e,E,cơ quan khác,e",
        )
        assert [problem.line for problem in checked.problems] == [2, 3, 4, 6]
        assert told(checked)[0].endswith("circle: a → b → c → a.")

    def test_a_ladder_of_agencies_ends_somewhere(self) -> None:
        rows = [f"n{n},N {n},cơ quan khác,n{n + 1}" for n in range(3000)]
        checked = read(HEADING + ",parent", *rows, "n3000,N,cơ quan khác,")
        assert "More than 10 agencies" in told(checked)[0]

    def test_a_parent_with_a_problem_is_told_once(self) -> None:
        checked = read(HEADING + ",parent", "huyen,,huyện,", "xa,Xã,xã,huyen")
        assert [problem.line for problem in checked.problems] == [2]

    def test_kinds_must_suit_within_the_file(self) -> None:
        checked = read(HEADING + ",parent", "xa,Xã,xã,", "huyen,Huyện,huyện,xa")
        assert [(problem.line, problem.field) for problem in checked.problems] == [(3, "parent")]


def test_rows_survive_being_kept_as_json() -> None:
    checked = read(HEADING + ",launch,languages", "soyte,Sở Y tế,sở,không,vi")
    row = checked.rows[0]
    assert NewSiteRow.from_json(row.as_json()) == row


def test_five_thousand_rows_take_seconds_and_two_queries() -> None:
    lines = [f"h{number},Huyện {number},huyện,,," for number in range(50)]
    lines += [
        f"x{number},Xã số {number},xã,h{number % 50},H58.{number % 50:03}.{number // 50:03},a@b.vn"
        for number in range(4950)
    ]
    began = time.process_time()
    with CaptureQueriesContext(connection) as queries:
        checked = read(HEADING + ",parent,agency_code,email", *lines)
    assert time.process_time() - began < 5
    assert len(labels(checked)) == 5000
    assert len(queries) == 2


def test_five_thousand_bad_rows_take_seconds_too(main: Tenant) -> None:
    began = time.process_time()
    checked = read(HEADING, *("www,,vua" for _number in range(5000)))
    assert len(told(checked)) == 15_000
    assert time.process_time() - began < 10
