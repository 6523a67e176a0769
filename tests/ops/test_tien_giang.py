"""The province's data files are complete, consistent and in the form create_sites reads."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from ops.local import province

COLUMNS = [
    *("label", "domain", "name_vi", "name_en", "kind", "agency_code", "parent", "division_type"),
    *("address", "phone", "email", "theme", "admin_email"),
]
FACTS = province.FOLDER / "facts.csv"


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def sites() -> list[dict[str, str]]:
    return rows(province.DEPARTMENTS) + rows(province.UNITS)


def test_province_has_20_departments_10_districts_and_169_communes() -> None:
    assert Counter(site["kind"] for site in sites()) == {
        "department": 20,
        "district": 10,
        "commune": 169,
    }


def test_labels_are_unique_host_labels() -> None:
    labels = [site["label"] for site in sites()]
    assert len(set(labels)) == len(labels)
    assert all(label.isascii() and label.isalnum() and label.islower() for label in labels)


def test_every_parent_stands_before_its_children() -> None:
    seen = {""}
    for site in sites():
        assert site["parent"] in seen, site["label"]
        seen.add(site["label"])


def test_every_commune_belongs_to_a_district() -> None:
    districts = {site["label"] for site in sites() if site["kind"] == "district"}
    assert all(site["parent"] in districts for site in sites() if site["kind"] == "commune")


def test_every_theme_exists() -> None:
    themes = {path.name for path in (province.CHECKOUT / "themes").iterdir()}
    assert {site["theme"] for site in sites()} <= themes


def test_facts_speak_of_known_sites_and_agree_with_the_units() -> None:
    facts = rows(FACTS)
    assert {fact["label"] for fact in facts} <= {"", *(site["label"] for site in sites())}
    communes = Counter(site["parent"] for site in sites() if site["kind"] == "commune")
    members = {fact["label"]: int(fact["count"]) for fact in facts if fact["fact"] == "members"}
    assert members == communes


@pytest.mark.parametrize(
    "file", [province.DEPARTMENTS, province.UNITS, FACTS], ids=lambda f: f.name
)
def test_text_is_composed_utf_8(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
    assert not set(text) & set("ÐðŠ\ufeff")


def test_site_files_have_the_columns_of_create_sites() -> None:
    for file in (province.DEPARTMENTS, province.UNITS):
        assert list(rows(file)[0]) == COLUMNS


def test_first_sites_are_cut_across_both_files(tmp_path: Path) -> None:
    departments, units = province.chosen(23, tmp_path)
    assert len(province.labels(departments)) == 20
    assert province.labels(units) == province.labels(province.UNITS)[:3]
    departments, units = province.chosen(2, tmp_path)
    assert (len(province.labels(departments)), province.labels(units)) == (2, [])
