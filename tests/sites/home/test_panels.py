"""What webmasters see first: what waits for them, and the report of the mandatory sections."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tenants.utils import tenant_context
from wagtail.models import Page

from motcua.audit.models import AuditEvent
from motcua.people import groups
from motcua.people.models import User
from sites.base.links.models import BrokenLink, Reason
from sites.base.models import SiteImage
from sites.documents.models import LegalDocumentPage
from sites.home import places
from sites.home.panels import SHOWN, WaitingPanel
from sites.home.places import PLACES
from tenants.models import Tenant
from tests.factories import create_article, create_image, create_user

REPORT = "/admin/reports/places/"
# All groups of the panel, with one thing in each.
PANEL_QUERIES = 20


def edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def restore(name: str) -> str:
    return f"{REPORT}{name}/restore/"


def context_of(user: Any) -> dict[str, Any]:
    """Return what the panel tells a person of the current site; new rights are looked up."""
    request = RequestFactory().get("/admin/")
    request.user = User.objects.get(pk=user.pk)
    return WaitingPanel().get_context_data({"request": request})


def groups_of(user: Any) -> dict[str, Any]:
    """Return the panel's groups by name."""
    return {group.name: group for group in context_of(user)["groups"]}


def titles(group: Any) -> list[str]:
    return [row.title for row in group.rows]


def delete(name: str) -> None:
    """Delete a place in both languages."""
    for language in ("vi", "en"):
        page = places.find(name, language)
        assert page is not None
        page.specific.delete()


def create_late_document(**fields: Any) -> LegalDocumentPage:
    """Make a draft that should have been online for days."""
    section = places.find("documents")
    assert section is not None
    issued = timezone.localdate() - timedelta(days=30)
    document = LegalDocumentPage(
        number="15/QĐ-UBND", type="Quyết định", abstract="Ban hành quy chế", issued=issued,
        live=False, locale=section.locale, **fields,
    )  # fmt: skip
    section.add_child(instance=document)
    document.save_revision()
    return document


def send(page: Page, by: Any) -> Any:
    """Send a page to approval."""
    return page.get_workflow().start(page, by)


@pytest.fixture
def editor(here: Tenant) -> Any:
    return create_user(email="lan@alpha.test", role=groups.EDITOR)


@pytest.fixture
def colleague(here: Tenant) -> Any:
    return create_user(email="ha@alpha.test", name="Lê Thị Hà", role=groups.EDITOR)


@pytest.fixture
def reader(here: Tenant) -> Any:
    """Somebody who may enter the admin and do nothing there."""
    person = create_user(email="khach@alpha.test")
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return person


def test_drafts_are_ones_own_the_latest_first(editor: Any, colleague: Any) -> None:
    first = create_article("Nháp đầu", publish=False, owner=editor)
    live = create_article("Đã đăng", owner=editor)
    foreign = create_article("Nháp của chị Hà", publish=False, owner=colleague)
    assert titles(groups_of(editor)["drafts"]) == ["Nháp đầu"]
    live.title = "Đã đăng, đang sửa"
    live.save_revision(user=editor)
    foreign.save_revision(user=editor)
    row, changed, begun = groups_of(editor)["drafts"].rows
    assert (row.title, row.url) == ("Nháp của chị Hà", edit(foreign))
    assert (changed.title, begun.title) == ("Đã đăng, đang sửa", "Nháp đầu")
    assert (changed.tag == begun.tag, begun.url) == (False, edit(first))
    for number in range(SHOWN):
        create_article(f"Thêm {number}", publish=False, owner=editor)
    drafts = groups_of(editor)["drafts"]
    assert (len(drafts.rows), drafts.hidden) == (SHOWN, 3)


def test_sent_back_page_shows_who_said_what(
    editor: Any, colleague: Any, here: Tenant, browse: Callable[..., Client]
) -> None:
    page = create_article("Kế hoạch tiếp dân", publish=False, owner=editor)
    workflow = send(page, editor)
    context = context_of(editor)
    assert "sent-back" not in {group.name for group in context["groups"]}
    assert not context["submitted"].rows  # editors approve: Wagtail's own panel has it
    task = workflow.current_task_state
    task.reject(user=colleague, comment="Thiếu <b>số điện thoại</b>")
    context = context_of(editor)
    (row,) = {group.name: group for group in context["groups"]}["sent-back"].rows
    assert (row.title, row.quote) == ("Kế hoạch tiếp dân", "Thiếu <b>số điện thoại</b>")
    assert row.note.startswith("Lê Thị Hà, ")
    assert row.step is not None
    assert row.step.url == edit(page)
    assert not context["submitted"].rows
    assert "drafts" not in groups_of(editor)  # said once, where it matters
    assert "sent-back" not in groups_of(colleague)
    text = browse(here, user=editor).get("/admin/").content.decode()
    assert "Thiếu &lt;b&gt;số điện thoại&lt;/b&gt;" in text
    assert text.count("Kế hoạch tiếp dân</a>") == 2  # once here, once among the news


def test_who_approves_sees_what_others_sent_first(
    editor: Any, colleague: Any, here: Tenant, browse: Callable[..., Client]
) -> None:
    send(create_article("Bài chờ duyệt", publish=False, owner=editor), editor)
    text = browse(here, user=colleague).get("/admin/").content.decode()
    assert text.index("Bài chờ duyệt") < text.index('id="waiting-sections"')
    assert "waiting__nothing" not in text
    assert not context_of(colleague)["nothing"]


def test_overdue_document_is_listed_once_with_its_delay(editor: Any, reader: Any) -> None:
    document = create_late_document(owner=editor)
    found = groups_of(editor)
    (row,) = found["overdue"].rows
    assert (row.url, row.tone) == (edit(document), "red")
    assert any(character.isdigit() for character in row.tag)
    assert "drafts" not in found
    assert "overdue" not in groups_of(reader)


def test_mandatory_sections_come_with_one_button_the_worst_first(editor: Any) -> None:
    delete("law_guidance")
    hidden = places.find("projects")
    assert hidden is not None
    hidden.specific.unpublish()
    sections = groups_of(editor)["sections"]
    gone, unpublished, empty = sections.rows[:3]
    assert (gone.title, gone.url, gone.step.url) == (
        "Phổ biến pháp luật", "", restore("law_guidance"),
    )  # fmt: skip
    assert (gone.step.posts, gone.tone) == (True, "red")
    assert unpublished.step.url == edit(hidden)
    assert (empty.step.posts, empty.tone) == (False, "orange")
    waiting = sum(1 for place in PLACES if place.duty and place.name not in
                  {"about", "access", "contact"})  # fmt: skip
    assert (len(sections.rows), sections.hidden) == (SHOWN, waiting - SHOWN)
    assert sections.url == REPORT


def test_pictures_without_words_and_broken_links_wait_for_those_who_may_mend_them(
    editor: Any, reader: Any
) -> None:
    SiteImage.objects.all().delete()
    assert "chores" not in groups_of(editor)
    create_image("a.png")
    (row,) = groups_of(editor)["chores"].rows
    assert row.url == reverse("media_without_alt_text")
    assert "1" in row.title
    for page in (create_article(), create_article("Nháp", publish=False)):
        BrokenLink.objects.create(page=page, address="/mat/", reason=Reason.MISSING)
    _pictures, link = groups_of(editor)["chores"].rows
    assert link.url == "/admin/reports/links/"
    assert "1" in link.title  # of the draft nobody has followed it
    assert "chores" not in groups_of(reader)


def test_who_may_do_nothing_has_nothing_waiting(
    reader: Any, here: Tenant, browse: Callable[..., Client]
) -> None:
    delete("law_guidance")
    create_late_document()
    create_image("a.png")
    context = context_of(reader)
    assert (context["groups"], context["nothing"]) == ([], True)
    client = browse(here, user=reader)
    text = client.get("/admin/").content.decode()
    assert "waiting__nothing" in text
    assert REPORT not in text
    assert client.get(REPORT).status_code == 302
    client.post(restore("law_guidance"))
    assert places.find("law_guidance") is None


def test_queries_of_the_panel_do_not_grow(editor: Any, colleague: Any) -> None:
    def fill(number: int) -> None:
        create_article(f"Nháp {number}", publish=False, owner=editor)
        send(create_article(f"Gửi {number}", publish=False, owner=editor), editor)
        back = send(create_article(f"Trả {number}", publish=False, owner=editor), editor)
        back.current_task_state.reject(user=colleague, comment="Sửa lại")
        create_late_document(slug=f"muon-{number}")
        create_image(f"{number}.png")

    delete("law_guidance")
    fill(0)
    context_of(editor)
    counts = []
    for number in (1, 2):
        with CaptureQueriesContext(connection) as queries:
            context_of(editor)
        counts.append(len(queries))
        fill(number)
    assert counts == [PANEL_QUERIES, PANEL_QUERIES]


def test_report_lists_every_place_and_exports_harmless_lines(
    editor: Any, here: Tenant, browse: Callable[..., Client]
) -> None:
    page = places.find("notices")
    assert page is not None
    notices = page.specific
    notices.title = "=HYPERLINK(1)"
    notices.save_revision().publish()
    create_article(parent=notices)
    delete("faq")
    client = browse(here, user=editor)
    text = client.get(REPORT).content.decode()
    for place in PLACES:
        shown = places.find(place.name)
        assert (edit(shown) in text) if shown else (restore(place.name) in text)
    rows = list(csv.reader(io.StringIO(
        client.get(f"{REPORT}?export=csv").content.decode("utf-8-sig"))))  # fmt: skip
    assert len(rows) == len(PLACES) + 1
    (line,) = [row for row in rows if "HYPERLINK" in row[0]]
    assert line[0] == "'=HYPERLINK(1)"
    assert line[3:5] == [f"{timezone.localdate():%d/%m/%Y}", "1"]
    assert client.get(f"{REPORT}?export=xlsx").status_code == 200


def test_missing_section_is_planted_again_by_one_click(
    editor: Any, here: Tenant, browse: Callable[..., Client]
) -> None:
    delete("faq")
    client = browse(here, user=editor)
    assert client.get(restore("faq")).status_code == 405
    assert client.post(restore("casino")).status_code == 404
    answer = client.post(restore("faq"), {"next": "/admin/"}, follow=True)
    page = places.find("faq")
    assert page is not None
    assert page.live
    assert answer.redirect_chain == [("/admin/", 302)]
    assert edit(page) in answer.content.decode()
    assert AuditEvent.objects.get(action="place.restored").actor == "lan@alpha.test"
    again = client.post(restore("faq"), {"next": "https://noi-khac.example/"})
    assert (again.status_code, again["Location"]) == (302, REPORT)
    assert AuditEvent.objects.filter(action="place.restored").count() == 1


def test_outsider_sees_and_plants_only_on_their_own_site(
    beta: Tenant, outsider: Any, here: Tenant, editor: Any, browse: Callable[..., Client]
) -> None:
    create_article("Nháp của Alpha", publish=False, owner=editor)
    delete("faq")
    own = browse(beta, user=outsider)
    text = own.get("/admin/").content.decode()
    assert "Nháp của Alpha" not in text
    assert restore("faq") not in own.get(REPORT).content.decode()
    own.post(restore("faq"))
    answer = own.post(restore("faq"), HTTP_HOST=here.primary_domain)
    assert (answer.status_code, "login" in answer["Location"]) == (302, True)
    with tenant_context(here):
        assert places.find("faq") is None
        assert not AuditEvent.objects.filter(action="place.restored").exists()
