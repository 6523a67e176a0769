from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.text.slugs import is_domain_label
from tenants import csv_files
from tenants.models import Kind
from tenants.registry import KnownSite, Registry
from tenants.validation import FIELDS, check_parent, check_values

KNOWN = Registry(
    sites={
        "tinh": KnownSite("tinh", Kind.PROVINCE, domain="tinh.test", is_main=True, pk=1),
        "alpha": KnownSite("alpha", Kind.DISTRICT, "tinh", "alpha.tinh.test", pk=2),
    },
    domains={"tinh.test": "tinh", "alpha.tinh.test": "alpha"},
    themes=frozenset({"sen"}),
)
# Any text at all, and text that comes close to being right.
NEARLY = st.sampled_from(
    [
        "soyte",
        "alpha",
        "xã",
        "Sở Y tế",
        "vi,en",
        "sen",
        "H58.01",
        "a@b.vn",
        "0273",
        "tinh.test",
        "x.tinh.test",
        "có",
        "Ðông",
        "\u0301",
        "www",
        "{0}",
        "%s",
        "\ud800",
        "tinh",
        "thị xã",
    ]
)
TEXT = st.one_of(
    NEARLY, st.text(st.characters(), max_size=80), st.builds(str.__add__, NEARLY, NEARLY)
)
DATA = st.dictionaries(st.sampled_from(FIELDS), TEXT)


@given(DATA)
@settings(max_examples=500, deadline=None)
def test_whatever_is_written_gets_values_or_messages(data: dict[str, str]) -> None:
    values, problems = check_values(data, KNOWN)
    if not problems:
        problems = check_parent(values, KNOWN)
    for problem in problems:
        assert problem.field in FIELDS
        assert len(problem.both()) > len(" / ")
    if not problems:
        assert is_domain_label(values.label)
        assert values.domain.endswith("tinh.test")
        assert values.name_vi == unicodedata.normalize("NFC", values.name_vi).strip()
        assert values.kind in Kind.values


@given(st.lists(st.lists(TEXT, max_size=6), max_size=8), st.sampled_from(",;\t"))
@settings(max_examples=300, deadline=None)
@pytest.mark.django_db
def test_whatever_is_in_a_file_gets_rows_or_messages(lines: list[list[str]], mark: str) -> None:
    text = "\n".join([mark.join(["label", "Tên", "loại", "parent"]), *map(mark.join, lines)])
    _read_without_error(text.encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
@pytest.mark.django_db
def test_whatever_bytes_there_are_get_rows_or_messages(data: bytes) -> None:
    _read_without_error(data)


def _read_without_error(data: bytes) -> None:
    checked = csv_files.read(data, "x.csv")
    assert checked.rows or checked.problems
    for problem in checked.problems:
        assert problem.line >= 1
        assert f"Line {problem.line}" in problem.both()
