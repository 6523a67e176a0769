"""Keys of document numbers and of the codes of procedures, dossiers, agencies and citizens."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.text.codes import (
    AgencyCode,
    DossierCode,
    ProcedureCode,
    document_key,
    document_prefix,
    dossier_key,
    is_citizen_id,
    is_document_number,
    mask_citizen_id,
    parse_agency_code,
    parse_dossier_code,
    parse_procedure_code,
    procedure_key,
)


@pytest.mark.parametrize(
    "written",
    [
        "1507/QĐ-UBND",
        "1507/qd-ubnd",
        " 1507 / QĐ – UBND ",
        "1507/QÐ-UBND",
        "số 1507/QĐ-UBND",
        "Số: 1507/QĐ-UBND",
        "1507 QĐ UBND",
        "1507\u00a0/QĐ\u2011UBND",
        "1507_QĐ-UBND",
        "1507/QĐ_UBND",
        "1507/.QĐ-UBND",
        "1507\\QĐ-UBND",
        "1507-qd-ubnd",
        "01507/QĐ-UBND.",
    ],
)
def test_all_spellings_of_a_document_number_have_one_key(written: str) -> None:
    assert document_key(written) == "1507/qd-ubnd"


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("272/2026/NĐ-CP", "272/2026/nd-cp"),
        ("112/2021/NĐ-CР", "112/2021/nd-cp"),  # the last letter is Cyrillic
        ("66.19/2026/NQ-CP", "66.19/2026/nq-cp"),
        ("05/2022/QH15", "5/2022/qh15"),
        ("1728a/QĐ-NHNN", "1728a/qd-nhnn"),
        ("2151/QCPH-UBND-BCHTĐ", "2151/qcph-ubnd-bchtd"),
        ("SỐ 64/QĐ-NHNN", "64/qd-nhnn"),
        ("QĐ/0001-BCA", "qd/0001-bca"),
        ("QĐ2338-BTP", "qd2338-btp"),
        ("12-NQ/TW", "12/nq/tw"),
        ("1681", "1681"),
        ("", ""),
        ("%_", ""),
    ],
)
def test_odd_numbers_of_real_documents_have_keys(number: str, key: str) -> None:
    assert document_key(number) == key


@pytest.mark.parametrize(
    ("typed", "prefix"),
    [
        ("1507", "1507/"),
        ("1507/", "1507/"),
        ("số 1507", "1507/"),
        ("1507/Q", "1507/q"),
        ("1507/2013/", "1507/2013/"),
        ("1507/QĐ-UBND", "1507/qd-ubnd"),
        ("", ""),
        ("100%", "100/"),
    ],
)
def test_a_bare_number_finds_only_that_number(typed: str, prefix: str) -> None:
    assert document_prefix(typed) == prefix


@given(st.text())
def test_document_keys_are_stable_and_safe_in_like(text: str) -> None:
    key = document_key(text)
    assert document_key(key) == key
    assert not set(key + document_prefix(text)) - set("abcdefghijklmnopqrstuvwxyz0123456789/-.")


def test_document_numbers_are_told_from_words() -> None:
    assert is_document_number("1507/qđ-ubnd")
    assert is_document_number("54/2014/QH13")
    assert not is_document_number("thủ tục đất đai")
    assert not is_document_number("25/9/2009")
    assert not is_document_number("1507")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.001612", ProcedureCode("1.001612")),
        (" 1.001612 ", ProcedureCode("1.001612")),
        ("1.001612.000.00.00.h58", ProcedureCode("1.001612", "000.00.00.H58")),
        ("2.000889.H08", ProcedureCode("2.000889", "H08")),
    ],
)
def test_procedure_codes_have_a_national_part(text: str, code: ProcedureCode) -> None:
    assert parse_procedure_code(text) == code
    assert str(code) == procedure_key(text)
    assert procedure_key(text).startswith(code.national)


@pytest.mark.parametrize("text", ["", "1001612", "1.01612", "1.001612-H58", "H58", "1.001612..H58"])
def test_other_text_is_no_procedure_code(text: str) -> None:
    with pytest.raises(ValueError, match="procedure code"):
        parse_procedure_code(text)


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("H08", ("H08",)),
        ("h08.01", ("H08", "01")),
        ("H08.01.05", ("H08", "01", "05")),
        ("H08.A1.112", ("H08", "A1", "112")),
        ("000.00.53.H48", ("H48", "53")),
        ("000.00.00.H58", ("H58",)),
        ("001.12.53.H48", ("H48", "53", "12", "001")),
    ],
)
def test_agency_codes_of_both_forms_are_read_top_down(text: str, levels: tuple[str, ...]) -> None:
    assert parse_agency_code(text) == AgencyCode(levels)
    assert parse_agency_code(str(AgencyCode(levels))) == AgencyCode(levels)


def test_agencies_know_what_is_above_them() -> None:
    commune = parse_agency_code("H08.01.05")
    assert str(commune.parent) == "H08.01"
    assert commune.is_within(AgencyCode(("H08",)))
    assert not commune.is_within(AgencyCode(("H48",)))
    assert AgencyCode(("H08",)).parent is None


@pytest.mark.parametrize(
    "text", ["", "08", "H8", "H08.", "H08.1", "H08.1234", "HH8", "H08-01", "."]
)
def test_other_text_is_no_agency_code(text: str) -> None:
    with pytest.raises(ValueError, match="agency code"):
        parse_agency_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "000.00.53.H48-220921-0099",
        "000.00.53.h48 – 220921 – 0099",
        "000.00.53.H48\u2011220921-0099",
    ],
)
def test_dossier_codes_have_agency_day_and_number(text: str) -> None:
    code = parse_dossier_code(text)
    assert code == DossierCode("000.00.53.H48", date(2022, 9, 21), "0099")
    assert str(code) == dossier_key(text) == "000.00.53.H48-220921-0099"


def test_agencies_in_dossier_codes_may_have_letters() -> None:
    assert parse_dossier_code("000.A1.53.H48-220921-12345").sequence == "12345"


@pytest.mark.parametrize(
    "text", ["", "000.00.53.H48-220931-0099", "H48-220921", "H48-220921-99", "220921-0099"]
)
def test_other_text_is_no_dossier_code(text: str) -> None:
    with pytest.raises(ValueError, match="dossier code"):
        parse_dossier_code(text)


def test_a_citizen_id_shows_its_last_four_digits_only() -> None:
    assert mask_citizen_id("079203001234") == "********1234"
    assert mask_citizen_id("079 203 001 234") == "********1234"
    assert is_citizen_id("079203001234")


@pytest.mark.parametrize("text", ["12345678901", "0792030012345", "07920300123a", "٠٧٩٢٠٣٠٠١٢٣٤"])
def test_what_is_no_citizen_id_is_masked_whole(text: str) -> None:
    assert not is_citizen_id(text)
    assert set(mask_citizen_id(text)) == {"*"}


def test_an_empty_citizen_id_stays_empty() -> None:
    assert mask_citizen_id("") == ""
