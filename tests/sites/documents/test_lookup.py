"""A visitor finds a document by its number in any writing, by words, and by what it is."""

from __future__ import annotations

import csv
import io
import unicodedata
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context
from wagtail.models import PageViewRestriction

from sites.base.searching import on_site
from sites.documents.lookup import PER_PAGE
from sites.documents.models import DocumentsPage
from tenants.models import Tenant

from .conftest import create_legal_document, create_section

PATH = "/danh-muc/"


def numbers(browse: Any, site: Tenant, **query: str) -> list[str]:
    """The numbers that the list shows for a query."""
    page = browse(site).get(PATH, query)
    assert page.status_code == 200
    return [document.number for document in page.context["documents"]]


@pytest.fixture
def library(here: Tenant) -> Tenant:
    """Six documents of three types, two issuers, three years."""
    for number, kind, issuer, issued, abstract, field in [
        ("1507/QĐ-UBND", "Quyết định", "UBND huyện Alpha", date(2024, 3, 5), "Bảng giá đất", "Đất"),
        ("15070/QĐ-UBND", "Quyết định", "UBND huyện Alpha", date(2024, 5, 5), "Học phí", ""),
        ("1507/2019/NQ-HĐND", "Nghị quyết", "HĐND huyện", date(2019, 1, 2), "Ngân sách", ""),
        ("02/CT-UBND", "Chỉ thị", "UBND huyện Alpha", date(2023, 7, 1), "Phòng cháy", ""),
        ("9/KH-UBND", "Kế hoạch lạ", "", None, "Thay quyết định 1507/QĐ-UBND về đất đai", "Đất"),
        ("", "", "", date(2020, 1, 1), "Văn bản không số", ""),
    ]:
        create_legal_document(number, type=kind, issuer=issuer, issued=issued, abstract=abstract,
                              field=field, effective=issued)  # fmt: skip
    return here


@pytest.mark.parametrize(
    "writing",
    ["1507/QĐ-UBND", "1507/qd-ubnd", " Số 1507 / QÐ – UBND ", "1507 qd ubnd",
     unicodedata.normalize("NFD", "1507/QĐ-UBND")],
)  # fmt: skip
def test_a_number_in_any_writing_comes_first(writing: str, library: Tenant, browse: Any) -> None:
    found = numbers(browse, library, q=writing)
    assert found[0] == "1507/QĐ-UBND"
    assert "15070/QĐ-UBND" not in found


def test_a_bare_number_and_a_beginning_find_what_begins_so(library: Tenant, browse: Any) -> None:
    assert set(numbers(browse, library, q="1507")[:2]) == {"1507/QĐ-UBND", "1507/2019/NQ-HĐND"}
    assert numbers(browse, library, q="1507 qd")[0] == "1507/QĐ-UBND"
    assert numbers(browse, library, q="%") == []


def test_words_are_found_without_diacritics(library: Tenant, browse: Any) -> None:
    assert numbers(browse, library, q="hoc phi") == ["15070/QĐ-UBND"]
    assert numbers(browse, library, q="PHÒNG cháy") == ["02/CT-UBND"]


def test_facets_narrow_down_and_count(library: Tenant, browse: Any) -> None:
    assert numbers(browse, library, type="Nghị quyết") == ["1507/2019/NQ-HĐND"]
    assert numbers(browse, library, year="2023") == ["02/CT-UBND"]
    assert numbers(browse, library, field="Đất") == ["1507/QĐ-UBND", "9/KH-UBND"]
    assert numbers(browse, library, status="unknown") == ["9/KH-UBND"]
    assert numbers(browse, library, type="không có") == []
    lookup = browse(library).get(PATH, {"issuer": "UBND huyện Alpha"}).context["lookup"]
    assert [(c.value, c.count) for c in lookup.type.choices] == [("Quyết định", 2), ("Chỉ thị", 1)]
    issuer = lookup.issuer.choices[0]
    assert (issuer.value, issuer.count) == ("UBND huyện Alpha", 3)
    assert [(c.value, c.count) for c in lookup.year.choices] == [("2024", 2), ("2023", 1)]


def test_nonsense_in_the_address_asks_for_nothing(library: Tenant, browse: Any) -> None:
    everything = numbers(browse, library)
    assert len(everything) == 6
    nonsense = ({"year": "x"}, {"year": "²"}, {"status": "?"}, {"sort": "x"}, {"page": "99"})
    for query in nonsense:
        assert numbers(browse, library, **query) == everything


def test_order_is_newest_first_or_by_number(library: Tenant, browse: Any) -> None:
    assert numbers(browse, library)[:2] == ["15070/QĐ-UBND", "1507/QĐ-UBND"]
    by_number = numbers(browse, library, sort="number")
    assert by_number[:2] == ["02/CT-UBND", "9/KH-UBND"]
    assert by_number[-1] == ""


def test_queries_do_not_grow_with_the_list(library: Tenant, browse: Any) -> None:
    client = browse(library)
    client.get(PATH)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(PATH)
    for number in range(PER_PAGE):
        create_legal_document(f"{number + 1}/TB-UBND", type="Thông báo")
    client.get(PATH)
    with CaptureQueriesContext(connection) as many:
        page = client.get(PATH)
    assert len(page.context["documents"]) == PER_PAGE
    assert len(many) <= len(few)


def test_neither_drafts_nor_restricted_documents_nor_other_sites_are_found(
    library: Tenant, beta: Tenant, outsider: Any, browse: Any
) -> None:
    create_legal_document("77/QĐ-UBND", publish=False)
    hidden = create_legal_document("78/QĐ-UBND")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    assert (
        numbers(browse, library, q="77/QĐ-UBND") == numbers(browse, library, q="78/QĐ-UBND") == []
    )
    with tenant_context(beta):
        create_section()
    page = browse(beta, user=outsider).get(PATH, {"q": "1507"})
    assert list(page.context["documents"]) == []


def test_a_list_includes_the_lists_below_it(library: Tenant, browse: Any) -> None:
    section = DocumentsPage.objects.get(slug="danh-muc")
    gazette = section.add_child(instance=DocumentsPage(title="Công báo", slug="cong-bao"))
    gazette.save_revision().publish()
    create_legal_document("5/CB-UBND", section=gazette)
    assert "5/CB-UBND" in numbers(browse, library, q="5/CB-UBND")
    page = browse(library).get(f"{PATH}cong-bao/")
    assert [document.number for document in page.context["documents"]] == ["5/CB-UBND"]


def test_the_list_can_be_taken_home_without_danger(library: Tenant, browse: Any) -> None:
    create_legal_document("3/QĐ-UBND", abstract="=HYPERLINK(1)", issued=date(2025, 1, 1))
    answer = browse(library).get(PATH, {"format": "csv", "year": "2025"})
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["number"], row["title"]) for row in rows] == [("3/QĐ-UBND", "'=HYPERLINK(1)")]


def test_the_english_list_shows_vietnamese_documents_under_english_labels(
    library: Tenant, browse: Any
) -> None:
    vietnamese = DocumentsPage.objects.get(slug="danh-muc")
    create_section("en", title="Documents", slug="list",
                   translation_key=vietnamese.translation_key)  # fmt: skip
    page = browse(library).get("/en/list/", {"q": "1507/QĐ-UBND"})
    document = page.context["documents"][0]
    assert document.shown_url == f"/en/list/{document.slug}/"
    shown = browse(library).get(document.shown_url)
    text = shown.content.decode()
    assert shown.status_code == 200
    assert "Decision 1507/QĐ-UBND" in text
    assert f'rel="canonical" href="{document.full_url}"' in text
    assert browse(library).get("/en/list/khong-co/").status_code == 404


def test_the_sites_search_knows_numbers(library: Tenant) -> None:
    for query in ("1507/QĐ-UBND", "1507 qd-ubnd"):
        assert on_site(query, "vi")[0].title.startswith("Quyết định 1507/QĐ-UBND")
    assert on_site("zzqq", "vi") == []


def test_feeds_get_what_the_address_asks_for(library: Tenant, rf: Any) -> None:
    section = DocumentsPage.objects.get(slug="danh-muc")
    entries = section.feed_entries(rf.get(PATH, {"type": "Quyết định"}))
    assert [entry.number for entry in entries] == ["15070/QĐ-UBND", "1507/QĐ-UBND"]


def test_empty_lists_and_empty_results_say_what_to_do(here: Tenant, browse: Any) -> None:
    assert 'class="empty' in browse(here).get(PATH).content.decode()
    create_legal_document()
    text = browse(here).get(PATH, {"q": "zzz"}).content.decode()
    assert 'class="docs__tips"' in text
    assert f'href="{PATH}"' in text
