"""Lists of documents: nothing is lost, everything odd is told, twice is as good as once."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from motcua.audit.models import AuditEvent
from motcua.hub.models import Item
from sites.base.mirroring import mirror_missing
from sites.base.reconciling import reconcile
from sites.base.searching import on_site
from sites.documents import importing
from sites.documents.csv_reading import WINDOWS_1258, UnreadableError, read
from sites.documents.csv_rows import judge
from sites.documents.models import (
    DocumentImport,
    DocumentRelation,
    DocumentsPage,
    LegalDocumentPage,
)
from sites.documents.starter import add_documents
from sites.documents.states import State
from tenants.models import Tenant

from .conftest import create_legal_document
from .odd_list import COLUMNS, LIST, ODD


def upload(text: str | bytes, **fields: Any) -> DocumentImport:
    """Keep a list for the current site."""
    data = text if isinstance(text, bytes) else text.encode()
    section = DocumentsPage.objects.get(slug="danh-muc")
    return importing.create_import(
        section=section, data=data, file_name="van-ban.csv", by="test", **fields
    )


def imported(text: str | bytes) -> DocumentImport:
    """Import a list."""
    return importing.run(upload(text).pk)


def document(number: str, **fields: Any) -> LegalDocumentPage:
    return LegalDocumentPage.objects.get(number=number, **fields)


def test_every_oddity_is_told_of_its_line() -> None:
    rows = judge(read(LIST.encode()))
    assert [sorted(oddity.kind for oddity in row.oddities) for row in rows] == [
        sorted(kinds) for _line, kinds in ODD
    ]
    assert [row.line for row in rows] == list(range(2, len(ODD) + 2))
    assert all(oddity.text and oddity.summary for row in rows for oddity in row.oddities)


def test_every_row_becomes_a_document_with_what_it_has(here: Tenant) -> None:
    run = imported(LIST)
    assert run.status == DocumentImport.Status.FINISHED
    assert (run.created, run.skipped) == (len(ODD) - 1, [len(ODD) + 1])  # but the repeated line
    sound = document("12/QĐ-UBND")
    assert sound.abstract == "Sound"
    assert (sound.issued, sound.effective) == (date(2021, 7, 14), date(2021, 8, 1))
    assert (sound.signer, sound.source_url) == ("Lê A", "https://a.example/1")
    assert sound.state is State.IN_FORCE
    assert document("17/QĐ-UBND").state is State.PARTLY
    assert document("19/XX-UBND").type == "Sắc chỉ"
    assert document("16/QĐ-UBND").notes == "issue_date: 31/02/2021"
    assert document("18/QĐ-UBND").notes == "status: Treo"
    assert document("24/QĐ-UBND").notes == "url: javascript:alert(1)"
    assert document("15/QĐ-UBND").issuer == ""
    assert {document("9/CT-UBND").abstract, document("09/CT-UBND").abstract} == {
        "Nhà trọ", "Nhà trò"
    }  # fmt: skip


def test_a_list_imported_twice_changes_nothing(here: Tenant) -> None:
    imported(LIST)
    count = LegalDocumentPage.objects.count()
    again = imported(LIST)
    assert (again.created, len(again.skipped)) == (0, len(ODD))
    shuffled = "\n".join([COLUMNS, *(line for line, _kinds in reversed(ODD))])
    assert imported(shuffled).created == 0
    assert LegalDocumentPage.objects.count() == count


def test_documents_typed_by_hand_are_known_again(here: Tenant) -> None:
    create_legal_document("12/qđ-ubnd", issuer="UBND Tỉnh", issued=date(2021, 7, 14))
    assert imported(f"{COLUMNS}\n{ODD[0][0]}").created == 0


def test_a_corrected_document_is_known_again(here: Tenant) -> None:
    imported(LIST)
    page = document("15/QĐ-UBND")
    page.issuer, page.issued = "UBND tỉnh", date(2021, 7, 15)
    page.save_revision().publish()
    assert imported(LIST).created == 0


def test_imported_pages_are_like_published_ones(here: Tenant, browse: Any) -> None:
    typed = create_legal_document("99/QĐ-UBND")
    imported(LIST)
    section = Page.objects.get(slug="danh-muc")
    pages = LegalDocumentPage.objects.child_of(section)
    assert section.numchild == pages.count() == len(ODD)
    assert Page.find_problems() == ([], [], [], [], [])
    page = document("12/QĐ-UBND")
    assert page.slug == "12-qd-ubnd-2021"
    assert page.live_revision_id == page.latest_revision_id == page.get_latest_revision().pk
    assert page.get_latest_revision_as_object().abstract == "Sound"
    assert on_site("12/QĐ-UBND", "vi")[0].url == page.url
    assert [result.title for result in on_site("sound", "vi")] == [page.title]
    assert browse(here).get(page.url).status_code == 200
    assert reconcile() == []
    item = Item.objects.get(site=here.schema_name, object_id=str(page.pk))
    assert timezone.localdate(item.published_at) == page.issued  # old documents are no news
    references = ReferenceIndex.objects.count()
    for one in [*pages, typed]:
        ReferenceIndex.create_or_update_for_object(one)
    assert ReferenceIndex.objects.count() == references
    section.add_child(instance=LegalDocumentPage(number="1/KH", abstract="x", locale=page.locale))


def test_a_run_that_died_goes_on_where_it_ended(
    here: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 5)
    run = upload(LIST)

    def die(state: DocumentImport) -> None:
        if state.position == 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importing.run(run.pk, die)
    assert LegalDocumentPage.objects.count() == 10
    finished = importing.run(run.pk)
    assert (finished.position, finished.created) == (len(ODD), len(ODD) - 1)
    assert importing.run(run.pk).created == len(ODD) - 1


def test_taking_back_spares_what_was_edited_or_is_referred_to(here: Tenant) -> None:
    typed = create_legal_document("99/QĐ-UBND")
    run = imported(LIST)
    edited, replaced = document("12/QĐ-UBND"), document("13/QĐ-UBND")
    edited.field = "Đất đai"
    edited.save_revision()
    DocumentRelation.objects.create(source=typed, kind="replaces", target=replaced)
    mirror_missing()
    undone = importing.undo(run.pk)
    assert undone.status == DocumentImport.Status.UNDONE
    assert undone.removed == len(ODD) - 3
    left = LegalDocumentPage.objects.values_list("alias_of_id", "pk")
    assert {alias_of or pk for alias_of, pk in left} == {typed.pk, edited.pk, replaced.pk}
    assert Page.find_problems() == ([], [], [], [], [])
    assert reconcile() == []
    assert on_site("partly", "vi") == []


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Số ký hiệu;Trích yếu;Ngày ban hành\n1/QĐ;Đất đai;5/3/2024", ""),
        ("\ufeffSố, ký hiệu\tTRÍCH YẾU\tNgày ký:\n1/QĐ\tĐất đai\t05-03-2024\n\n", ""),
        ("sep=,\nnumber,title,issue_date\n1/QĐ,Đất đai,2024-03-05", ""),
        ("số ký hiệu,trích yếu,ngày\n1/QÐ,Ðất đai,ngày 5 tháng 3 năm 2024", ""),
        ("So ky hieu,Trich yeu,Ngay ban hanh\n1/QĐ,Đất đai,5.3.2024".encode("utf-16"), ""),
        ("Number,Title,Issued\n1/QĐ,Đâ\u0301t đai,5/3/2024".encode("cp1258"), WINDOWS_1258),
    ],
    ids=["semicolons", "tabs", "excel", "eth", "utf-16", "windows-1258"],
)
def test_lists_are_read_as_offices_write_them(data: str | bytes, encoding: str) -> None:
    raw = data if isinstance(data, bytes) else data.encode()
    (row,) = judge(read(raw, encoding))
    assert (row.values["number"], row.values["abstract"]) == ("1/QĐ", "Đất đai")
    assert row.values["issued"] == date(2024, 3, 5)


def test_cells_without_a_column_are_kept_in_the_notes() -> None:
    text = "number,title,màu,number\n1/QĐ,Đất,đỏ,2/QĐ,thừa"
    (row,) = judge(read(text.encode()))
    assert row.notes == ["màu: đỏ", "number: 2/QĐ", "+5: thừa"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"a,b\n1,2",
        b"number,title\n",
        b"PK\x03\x04xlsx",
        "sô\u0301 hiê\u0323u,đâ\u0301t".encode("cp1258"),
        b"number,title\n\x00,1",
    ],
)
def test_what_is_no_list_is_refused_with_words(data: bytes, here: Tenant) -> None:
    with pytest.raises(UnreadableError) as refusal:
        upload(data)
    assert str(refusal.value.message)
    assert not DocumentImport.objects.exists()


def test_who_imported_what_is_in_the_audit_log(here: Tenant) -> None:
    upload(LIST)
    event = AuditEvent.objects.filter(action="document_import.uploaded").get()
    assert (event.site, event.detail["rows"]) == (here.schema_name, len(ODD))


def test_ready_made_documents_are_published_once(here: Tenant) -> None:
    rows = [dict(row) for row in csv.DictReader(io.StringIO(LIST))]
    assert add_documents.func(rows) == len(ODD) - 1
    assert add_documents.func(rows) == 0
    assert document("12/QĐ-UBND").imported is None
