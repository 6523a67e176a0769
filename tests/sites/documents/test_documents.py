"""A document keeps all that it is; its page shows it; the hub knows it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from motcua.hub.models import Item
from sites.documents.models import Attachment, DocumentsPage, LegalDocumentPage
from sites.documents.states import State, state_of
from tenants.models import Tenant
from tests.factories import create_document

from .conftest import create_legal_document

LONG = "Quy định chi tiết về việc " + "quản lý đất đai, " * 60 + "hết."


def item(document: LegalDocumentPage) -> Item:
    return Item.objects.get(site=connection.schema_name, object_id=str(document.pk))


def test_a_long_abstract_is_kept_whole_everywhere(here: Tenant, browse: Any) -> None:
    document = create_legal_document(abstract=LONG)
    assert len(document.title) <= 255
    assert document.title.startswith("Quyết định 1507/QĐ-UBND: Quy định chi tiết")
    assert document.title.endswith("…")
    assert document.abstract == item(document).abstract == LONG
    assert LONG in browse(here).get(document.url).content.decode()


def test_the_page_shows_every_fact(here: Tenant, browse: Any) -> None:
    document = create_legal_document(
        signer="Trần Văn Ký", signer_office="Chủ tịch", field="Đất đai",
        expires=date(2099, 1, 2), gazette_number="12+13", gazette_date=date(2024, 4, 1),
        source="Công báo tỉnh", source_url="https://congbao.example/12",
        body=[("paragraph", "<p>Điều 1. Phạm vi</p>")],
    )  # fmt: skip
    text = browse(here).get(document.url).content.decode()
    for fact in ("1507/QĐ-UBND", "Quyết định", "Ủy ban nhân dân huyện Alpha", "Trần Văn Ký",
                 "Chủ tịch", "05/03/2024", "15/03/2024", "02/01/2099", "Đất đai", "12+13",
                 "01/04/2024", "https://congbao.example/12", "Điều 1", document.full_url,
                 "#circle-check"):  # fmt: skip
        assert fact in text, fact


def test_files_are_listed_in_order_with_type_and_size(here: Tenant, browse: Any) -> None:
    document = create_legal_document()
    for place, (name, content) in enumerate([("chinh.txt", b"x" * 2048), ("phu-luc.txt", b"y")]):
        file = create_document(name, content)
        document.attachments.add(Attachment(document=file, sort_order=place, title=f"Tệp {place}"))
    document.save_revision().publish()
    text = browse(here).get(document.url).content.decode()
    assert text.index("Tệp 0") < text.index("Tệp 1")
    assert "TXT" in text
    assert "2,0 KB" in text.replace("\xa0", " ")
    assert "TXT" in browse(here).get("/danh-muc/").content.decode()


def test_new_documents_begin_with_today_and_the_own_agency(here: Tenant) -> None:
    document = LegalDocumentPage(number="1/QĐ-UBND", abstract="x")
    assert document.issued == timezone.localdate()
    assert document.issuer == "Ủy ban nhân dân huyện Alpha"


def test_keys_title_and_type_follow_from_what_is_written(here: Tenant) -> None:
    document = create_legal_document("Số 05/2013/QÐ-UBND", type="quyet dinh")
    assert document.number == "Số 05/2013/QĐ-UBND"
    assert document.number_key == "5/2013/qd-ubnd"
    assert document.type == "Quyết định"
    assert document.slug == "so-05-2013-qd-ubnd-2024"


def test_addresses_tell_documents_of_different_years_apart(here: Tenant) -> None:
    slugs = [create_legal_document("12/TB", issued=day).slug
             for day in (date(2023, 1, 1), date(2024, 1, 1), date(2024, 2, 1), None)]  # fmt: skip
    assert slugs == ["12-tb-2023", "12-tb-2024", "12-tb-2024-2", "12-tb"]


def test_the_hub_knows_number_type_dates_and_state(here: Tenant) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    document = create_legal_document(effective=tomorrow)
    details = item(document).details
    assert details["number"] == "1507/QĐ-UBND"
    assert details["type"] == "Quyết định"
    assert details["issued"] == "2024-03-05"
    assert details["status"] == State.PENDING
    # No job is needed for the day to arrive.
    assert state_of(details, tomorrow) is State.IN_FORCE
    assert item(document).kind == "document"
    document.unpublish()
    assert not Item.objects.filter(object_id=str(document.pk), site=here.schema_name).exists()


def test_a_day_that_arrives_shows_without_a_job(here: Tenant, browse: Any) -> None:
    today = timezone.localdate()
    create_legal_document("1/QĐ-UBND", effective=today)
    create_legal_document("2/QĐ-UBND", effective=today + timedelta(days=1))
    create_legal_document("3/QĐ-UBND", expires=today)
    listed = {one.number: one.state for one in browse(here).get("/danh-muc/").context["documents"]}
    assert listed == {
        "1/QĐ-UBND": State.IN_FORCE, "2/QĐ-UBND": State.PENDING, "3/QĐ-UBND": State.EXPIRED,
    }  # fmt: skip


def test_documents_live_in_lists_only(here: Tenant) -> None:
    assert LegalDocumentPage.allowed_parent_page_models() == [DocumentsPage]
    assert LegalDocumentPage.allowed_subpage_models() == []


def test_script_in_a_document_is_text(here: Tenant, browse: Any) -> None:
    document = create_legal_document("<script>1</script>/QĐ", abstract="<script>alert(1)</script>")
    for path in (document.url, "/danh-muc/", "/danh-muc/?q=<script>alert(1)</script>"):
        text = browse(here).get(path).content.decode()
        assert "<script>alert(1)" not in text
        assert "<script>1" not in text
