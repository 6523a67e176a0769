"""A site's words go out as a PO file and come back, each line judged."""

from __future__ import annotations

from typing import Any

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django_tenants.utils import tenant_context
from wagtail.models import Page, TranslatableMixin, get_page_models
from wagtail_localize.fields import TranslatableField

from motcua.hub.models import Item
from motcua.jobs.models import Job
from motcua.people import groups
from sites.base import mirroring
from sites.base.models import StandardPage
from sites.translations import po_files
from sites.translations.importing import Way, take, way_of
from sites.translations.progress import progress
from tenants.models import Tenant
from tests.factories import create_article, create_user, home

EXCHANGE = "/admin/translations/po/"


@pytest.fixture
def here(alpha: Tenant) -> Any:
    """Be in alpha, where one article waits for its translation."""
    with tenant_context(alpha):
        create_article("Cầu mới", slug="cau-moi", abstract="Xe chạy từ sáng nay.",
                       body=[("paragraph", "<p>Cầu <b>dài</b> 40 m.</p>")])  # fmt: skip
        mirroring.mirror_missing()
        yield alpha


@pytest.fixture
def editor(here: Tenant) -> Any:
    """Somebody who may translate and publish here."""
    connection.set_tenant(here)
    return create_user(role=groups.EDITOR)


ENGLISH = {"Cầu mới": "New bridge", "cau-moi": "new-bridge",
           "Xe chạy từ sáng nay.": "Traffic runs from today.",
           "Cầu <b>dài</b> 40 m.": "The bridge is <b>40 m</b> long."}  # fmt: skip


def exported(client: Any) -> polib.POFile:
    """The file that the administration hands out."""
    response = client.get(f"{EXCHANGE}1.po")
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    return polib.pofile(response.content.decode())


def translated(po: polib.POFile, words: dict[str, str] = ENGLISH) -> bytes:
    """The file with translations written in."""
    for entry in po:
        entry.msgstr = words.get(entry.msgid, entry.msgstr)
    return str(po).encode()


def english() -> Any:
    """The article's counterpart."""
    key = Page.objects.get(slug="cau-moi", locale__language_code="vi").translation_key
    return Page.objects.get(translation_key=key, locale__language_code="en").specific


def test_file_comes_back_and_the_page_is_english(
    here: Tenant, editor: Any, browse: Any, run_jobs: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = browse(here, user=editor)
    po = exported(client)
    assert set(ENGLISH) == {entry.msgid for entry in po}
    assert not [entry for entry in po if entry.msgstr]
    upload = SimpleUploadedFile("alpha.po", translated(po))
    response = client.post(EXCHANGE, {"file": upload, "publish": "on"})
    assert response.status_code == 302, response.context["form"].errors
    [job] = Job.objects.filter(task_path="sites.translations.importing.import_lines")
    assert job.site == here.schema_name
    waiting = client.get(response["Location"])
    assert waiting.context["report"] is None
    assert (waiting.context["way"].total, waiting.context["way"].percent) == (1, 0)
    assert int(waiting["Refresh"]) > 0
    assert 'max="100" value="0"' in waiting.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        run_jobs()
        connection.set_tenant(here)
    finished = client.get(response["Location"])
    assert "Refresh" not in finished
    shown = finished.context["report"]
    connection.set_tenant(here)
    job.refresh_from_db()
    assert way_of(job.kwargs["lines"], job.started_at) == Way(total=1, done=1)
    assert (shown["pages"], shown["strings"], shown["published"]) == (1, 4, 1)
    assert shown["problems"] == []
    page = english()
    assert (page.title, page.slug) == ("New bridge", "new-bridge")
    assert page.alias_of_id is None
    assert Item.objects.filter(title="New bridge", language="en").exists()
    again = exported(client)
    assert {entry.msgid: entry.msgstr for entry in again} == ENGLISH


def test_no_page_type_asks_to_translate_a_file() -> None:
    asked = [
        (model.__name__, one.field_name, model._meta.get_field(one.field_name).related_model)
        for model in get_page_models()
        for one in getattr(model, "translatable_fields", [])
        if isinstance(one, TranslatableField)
    ]
    assert len(asked) > 50
    assert [one for one in asked if one[2] and not issubclass(one[2], TranslatableMixin)] == []


def test_block_older_than_one_of_its_fields_goes_out_all_the_same(
    here: Tenant, editor: Any, browse: Any
) -> None:
    create_article("Lời dân", body='[{"type": "quote", "value": {"text": "Cầu đẹp."}}]')
    mirroring.mirror_missing()
    assert "Cầu đẹp." in {entry.msgid for entry in exported(browse(here, user=editor))}


def test_every_bad_line_is_named_and_the_good_ones_are_taken(
    here: Tenant, editor: Any, browse: Any
) -> None:
    po = exported(browse(here, user=editor))
    words = {**ENGLISH, "Cầu <b>dài</b> 40 m.": "<script>alert(1)</script>"}
    lines = po_files.read(translated(po, words))
    key = lines[0].context.partition(":")[0]
    strange = [
        po_files.Line(901, f"{key}:title", "Tên cũ", "Old"),
        po_files.Line(902, f"{key}:title", "Cầu mới", "New", fuzzy=True),
        po_files.Line(903, "00000000-0000-0000-0000-000000000000:title", "x", "y"),
        po_files.Line(904, "nonsense", "x", "y"),
        po_files.Line(905, f"{english().get_parent().translation_key}:title", "Tin tức", "NEWS"),
    ]
    report = take([*lines, *strange], by=editor, publish=True)
    problems = {number: problem for number, problem, _detail in report.problems}
    assert {number: problems[number] for number in range(901, 906)} == {
        901: "changed", 902: "fuzzy", 903: "no-page", 904: "no-page", 905: "by-hand",
    }  # fmt: skip
    assert sorted(problems.values()).count("markup") == 1
    assert (report.pages, report.strings, report.published) == (1, 3, 0)
    assert english().title != "NEWS"
    assert mirroring.stands_in(english())
    assert not Item.objects.filter(title="New bridge").exists()


def test_upload_that_is_no_file_of_this_site_is_refused_with_the_reason(
    here: Tenant, beta: Tenant, editor: Any, browse: Any
) -> None:
    client = browse(here, user=editor)
    connection.set_tenant(here)
    foreign = exported(client)
    foreign.metadata["X-Site"] = beta.schema_name
    for content in (
        b"",
        b"/etc/passwd",
        b"\xff\xfe\x00",
        b'msgid "a\nmsgstr',
        str(foreign).encode(),
    ):
        upload = SimpleUploadedFile("a.po", content)
        response = client.post(EXCHANGE, {"file": upload})
        assert response.status_code == 200, content
        assert response.context["form"].errors["file"], content
    assert not Job.objects.filter(task_path__contains="import_lines").exists()


def test_strangers_reach_neither_file_nor_report(
    here: Tenant, outsider: Any, editor: Any, browse: Any, beta: Tenant, run_jobs: Any
) -> None:
    with tenant_context(here):
        plain = create_user(email="khac@alpha.test")
    for path in (EXCHANGE, f"{EXCHANGE}1.po", "/admin/translations/"):
        assert browse(here).get(path).status_code == 302, path
        assert browse(here, user=plain).get(path).status_code == 302, path
    client = browse(here, user=editor)
    upload = SimpleUploadedFile("a.po", translated(exported(client)))
    address = client.post(EXCHANGE, {"file": upload})["Location"]
    assert client.get(address).status_code == 200
    assert browse(beta, user=outsider).get(address).status_code == 404
    assert "Cầu mới" not in browse(beta, user=outsider).get("/admin/translations/").content.decode()


def test_progress_counts_and_the_report_lists(here: Tenant, editor: Any, browse: Any) -> None:
    before = progress()
    assert before.missing == 1
    assert before.behind == 0
    contact = StandardPage.objects.get(slug="lien-he")
    contact.save_revision().publish()
    home().add_child(instance=StandardPage(title="Nháp", slug="nhap", live=False))
    after = progress()
    assert (after.behind, after.missing, after.total) == (1, 1, before.total)
    client = browse(here, user=editor)
    for state, title in (("behind", contact.title), ("missing", "Cầu mới")):
        text = client.get(f"/admin/translations/?state={state}").content.decode()
        assert title in text, state
    assert client.get("/admin/translations/?export=csv").status_code == 200
    assert "/admin/translations/?state=missing" in client.get("/admin/").content.decode()


def test_more_pages_cost_the_report_no_more_queries(
    here: Tenant, editor: Any, browse: Any, django_assert_max_num_queries: Any
) -> None:
    client = browse(here, user=editor)
    for many in (1, 6):
        for number in range(many):
            create_article(f"Tin {many} {number}")
        client.get("/admin/translations/")
        with django_assert_max_num_queries(25):
            assert client.get("/admin/translations/").status_code == 200
        with django_assert_max_num_queries(3):
            progress()
