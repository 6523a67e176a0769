"""What a webmaster sees and does: list, form, warnings, import."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.people import groups
from sites.documents.models import (
    DocumentImport,
    DocumentRelation,
    DocumentsPage,
    LegalDocumentPage,
)
from tenants.models import Tenant
from tests.factories import create_user

from .conftest import create_legal_document
from .odd_list import LIST, ODD

LISTING, IMPORTS = "/admin/legal-documents/", "/admin/document-imports/"


@pytest.fixture
def editor(here: Tenant, browse: Any) -> Client:
    """An editor of alpha, signed in."""
    return browse(here, user=create_user(email="bt@alpha.test", role=groups.EDITOR))


def empty_form(**fields: str) -> dict[str, str]:
    """A document's form as a browser sends it."""
    formsets = {
        f"{name}-{key}": value
        for name in ("attachments", "relations", "comments")
        for key, value in {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0",
                           "MAX_NUM_FORMS": "1000"}.items()
    }  # fmt: skip
    return {"slug": "", "body-count": "0", **formsets, **fields}


def create_by_form(client: Client, **fields: str) -> Any:
    section = DocumentsPage.objects.get(slug="danh-muc")
    address = reverse("wagtailadmin_pages:add", args=["documents", "legaldocumentpage", section.pk])
    answer = client.post(address, empty_form(**fields), follow=True)
    form = (answer.context or {}).get("form")
    assert not getattr(form, "errors", None), form.errors
    return answer


def test_a_new_document_needs_few_fields_and_begins_with_good_ones(editor: Client) -> None:
    section = DocumentsPage.objects.get(slug="danh-muc")
    address = reverse("wagtailadmin_pages:add", args=["documents", "legaldocumentpage", section.pk])
    form = editor.get(address).content.decode()
    assert 'value="Ủy ban nhân dân huyện Alpha"' in form
    assert '<option value="Quyết định">' in form
    create_by_form(editor, number="5/QĐ-UBND", type="quyết định", abstract="Việc A",
                   issued=timezone.localdate().strftime("%d/%m/%Y"),
                   **{"action-publish": "1"})  # fmt: skip
    document = LegalDocumentPage.objects.get(alias_of=None)
    assert document.live
    assert document.title == "Quyết định 5/QĐ-UBND: Việc A"
    assert document.slug.startswith("5-qd-ubnd-")


def test_the_form_refuses_circles_and_an_end_before_the_beginning(editor: Client) -> None:
    old = create_legal_document("1/QĐ-UBND")
    new = create_legal_document("2/QĐ-UBND")
    new.relations.add(DocumentRelation(kind="replaces", target=old))
    new.save_revision().publish()
    address = reverse("wagtailadmin_pages:edit", args=[old.pk])
    circle = {"relations-TOTAL_FORMS": "1", "relations-0-kind": "replaces",
              "relations-0-target": str(new.pk), "relations-0-ORDER": "1"}  # fmt: skip
    values = {"number": "1/QĐ-UBND", "abstract": "x", "slug": old.slug}
    answer = editor.post(address, empty_form(**values, **circle))
    assert answer.context["form"].non_field_errors()
    dates = {"effective": "05/03/2024", "expires": "05/03/2024"}
    answer = editor.post(address, empty_form(**values, **dates))
    assert "expires" in answer.context["form"].errors


def test_the_form_wants_an_abstract_to_publish(editor: Client) -> None:
    section = DocumentsPage.objects.get(slug="danh-muc")
    address = reverse("wagtailadmin_pages:add", args=["documents", "legaldocumentpage", section.pk])
    answer = editor.post(address, empty_form(number="5/QĐ-UBND", **{"action-publish": "1"}))
    assert "abstract" in answer.context["form"].errors


def test_a_twin_is_warned_of(editor: Client) -> None:
    day = timezone.localdate()
    create_legal_document("5/QĐ-UBND", issuer="UBND Alpha", issued=day)
    fields = {"number": "05/qđ-ubnd", "issuer": "UBND alpha", "abstract": "x",
              "issued": day.strftime("%d/%m/%Y")}  # fmt: skip
    answer = create_by_form(editor, **fields)
    assert "5/QĐ-UBND" in " ".join(str(message) for message in answer.context["messages"])


def test_the_list_shows_state_and_deadline_and_filters(editor: Client) -> None:
    long_ago = timezone.localdate() - timedelta(days=30)
    create_legal_document("1/QĐ-UBND", stated="expired")
    create_legal_document("2/CT-UBND", type="Chỉ thị", publish=False, issued=long_ago)
    create_legal_document("3/TB-UBND", type="", issued=None)
    page = editor.get(LISTING)
    text = page.content.decode()
    assert "deadline--red" in text
    assert len(page.context["object_list"]) == 3

    def found(**query: str) -> list[str]:
        return sorted(
            one.specific.number for one in editor.get(LISTING, query).context["object_list"]
        )

    assert found(q="2/ct-ubnd") == ["2/CT-UBND"]
    assert found(type="Chỉ thị") == ["2/CT-UBND"]
    assert found(state="expired") == ["1/QĐ-UBND"]
    assert found(attention="overdue") == ["2/CT-UBND"]
    assert found(attention="undated") == ["3/TB-UBND"]


def test_the_edit_view_names_the_deadline(editor: Client) -> None:
    draft = create_legal_document("2/CT-UBND", publish=False, issued=timezone.localdate())
    text = editor.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    assert 'class="help-block help-' in text


def test_a_list_is_uploaded_checked_run_reported_and_taken_back(
    editor: Client, run_jobs: Callable[[], object]
) -> None:
    assert editor.get(IMPORTS).status_code == 200
    section = DocumentsPage.objects.get(slug="danh-muc")
    file = io.BytesIO(LIST.encode())
    file.name = "=danh sách.csv"
    answer = editor.post(IMPORTS, {"file": file, "section": section.pk, "encoding": ""})
    upload = DocumentImport.objects.get()
    address = f"{IMPORTS}{upload.pk}/"
    assert answer["Location"] == address
    checked = editor.get(address)
    assert checked.context["total"] == len(ODD)
    assert not LegalDocumentPage.objects.exists()

    editor.post(f"{address}start/")
    assert "import-progress" in editor.get(address).content.decode()
    assert editor.get(f"{address}progress/").json()["moving"]
    run_jobs()
    assert editor.get(f"{address}progress/").json() == {
        "moving": False, "percent": 100, "text": editor.get(f"{address}progress/").json()["text"]
    }  # fmt: skip
    assert LegalDocumentPage.objects.count() == len(ODD) - 1
    finished = editor.get(address, {"code": "lost_capitals"})
    assert [row.line for row in finished.context["lines"]] == [11]

    report = editor.get(f"{address}report.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(report)))
    assert len(rows) == len(ODD) + 1
    assert rows[3][3]

    editor.post(f"{address}undo/")
    run_jobs()
    assert not LegalDocumentPage.objects.exists()


def test_an_unreadable_file_is_answered_with_words(editor: Client) -> None:
    section = DocumentsPage.objects.get(slug="danh-muc")
    file = io.BytesIO(b"PK\x03\x04")
    file.name = "a.xlsx"
    answer = editor.post(IMPORTS, {"file": file, "section": section.pk})
    assert answer.context["form"].errors["file"]
    assert not DocumentImport.objects.exists()


def test_imports_are_for_people_of_the_site_who_may_publish(
    here: Tenant, beta: Tenant, outsider: Any, browse: Any
) -> None:
    section = DocumentsPage.objects.get(slug="danh-muc")
    upload = DocumentImport.objects.create(section=section, rows=[], file_name="x.csv")
    addresses = [
        IMPORTS,
        *(f"{IMPORTS}{upload.pk}/{end}" for end in ("", "report.csv", "progress/")),
    ]
    nobody = browse(here, user=create_user(email="ai@alpha.test"))
    for address in addresses:
        assert browse(here).get(address).status_code == 302
        assert nobody.get(address).status_code in {302, 403}
    foreign = browse(beta, user=outsider)
    assert foreign.get(IMPORTS).status_code == 200
    for address in addresses[1:]:
        assert foreign.get(address).status_code == 404
    assert foreign.post(f"{IMPORTS}{upload.pk}/start/").status_code == 404
    upload.refresh_from_db()
    assert upload.status == DocumentImport.Status.CHECKED
