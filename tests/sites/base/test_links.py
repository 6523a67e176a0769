"""Links that lead nowhere: found on saving, on publishing, and by the weekly job."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_tenants.utils import tenant_context
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from motcua.people.groups import EDITOR
from sites.base import links
from sites.base.jobs import check_links
from sites.base.links import actions, outside
from sites.base.links.finding import Found, links_of
from sites.base.links.models import BrokenLink, Reason
from sites.base.models import SiteImage
from sites.base.page_checks import headings_out_of_order
from sites.news.models import ArticlePage
from tenants.lifecycle import Status
from tenants.models import Domain, Tenant
from tests.factories import (
    create_article,
    create_document,
    create_image,
    create_user,
    home,
    news_section,
)
from tests.outside import outside_server


def body(*blocks: tuple[str, Any]) -> str:
    return json.dumps([{"type": kind, "value": value} for kind, value in blocks])


def text(*addresses: str) -> tuple[str, str]:
    return "paragraph", "".join(f'<p><a href="{one}">xem</a></p>' for one in addresses)


def reasons(page: Page) -> dict[str, str]:
    return dict(BrokenLink.objects.filter(page=page.pk).values_list("address", "reason"))


def test_links_of_every_kind_are_judged(alpha: Tenant, beta: Tenant,
                                        django_assert_max_num_queries: Any) -> None:  # fmt: skip
    Domain.objects.filter(tenant=beta).update(domain="beta.tinh.test")
    with tenant_context(alpha):
        there, draft = create_article("Bài có thật"), create_article("Bài nháp", publish=False)
        file = create_document()
        Redirect.add_redirect("/duong-dan-cu", redirect_to=there)
        own = f"https://{alpha.primary_domain}"
        good = [
            there.url, f"{own}{there.url}", f"{there.url}#phan-2", "/", "/en/", "/search/?query=a",
            "/en/search/", "/duong-dan-cu/", f"/documents/{file.pk}/van-ban.txt", "#phan",
            "mailto:a@tinh.test", "tel:0256", f"https://{beta.primary_domain}/gi-do/",
            "https://chinhphu.vn/khong-hoi/", "/static/base/a.css",
        ]  # fmt: skip
        bad = {
            "/khong-co/": Reason.MISSING,
            f"{own}/en/khong-co/": Reason.MISSING,
            "/documents/999999/x.pdf": Reason.MISSING,
            f"{news_section().url}bai-nhap/": Reason.UNPUBLISHED,
            "https://cu.tinh.test/": Reason.NO_SITE,
        }
        kept = (
            f'<p><a linktype="page" id="{there.pk}">a</a> <a linktype="page" id="{draft.pk}">b</a>'
            f' <a linktype="page" id="999999">c</a> <a linktype="document" id="{file.pk}">d</a>'
            ' <a linktype="document" id="999999">e</a></p>'
        )
        page = create_article(
            "Bài nhiều liên kết",
            body=body(
                text(*good, *bad),
                ("paragraph", kept),
                ("links", [{"title": "Cũ", "url": "https://mat.tinh.test/"}]),
                ("image", {"image": 999999, "caption": "", "credit": ""}),
                ("faq", [{"question": "Gì?", "answer": '<p><a href="/khong-co/">x</a></p>'}]),
            ),
        )
        with django_assert_max_num_queries(60):
            actions.check_page(page)
        assert reasons(page) == {
            **bad,
            f"page:{draft.pk}": Reason.UNPUBLISHED,
            "page:999999": Reason.MISSING,
            "document:999999": Reason.MISSING,
            "image:999999": Reason.MISSING,
            "https://mat.tinh.test/": Reason.NO_SITE,
        }
        assert Found("address", "https://mat.tinh.test/", "Cũ") in links_of(page)
        assert links.broken_count() == 10

        Tenant.objects.filter(pk=beta.pk).update(status=Status.ARCHIVED)
        actions.check_page(page)
        assert reasons(page)[f"https://{beta.primary_domain}/gi-do/"] == Reason.SITE_CLOSED
    with tenant_context(beta):
        assert links.broken_count() == 0


def test_weekly_job_keeps_the_day_and_forgets_what_was_mended(
    alpha: Tenant, run_jobs: Callable[[], object]
) -> None:
    with tenant_context(alpha):
        page = create_article("Bài", body=body(text("/khong-co/", "/cung-khong/")))
        check_links.enqueue()
        run_jobs()
    with tenant_context(alpha):
        assert set(reasons(page)) == {"/khong-co/", "/cung-khong/"}
        first = BrokenLink.objects.get(address="/khong-co/").since
        page.body = body(text("/khong-co/"))
        page.save_revision().publish()
        actions.check_site()
        assert [row.since for row in BrokenLink.objects.filter(page=page.pk)] == [first]
        page.unpublish()
        assert links.broken_count() == 0
        actions.check_site()
        assert not BrokenLink.objects.filter(page=page.pk).exists()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_other_machines_are_asked_only_where_an_administrator_allows_it(
    alpha: Tenant, settings: Any
) -> None:
    with outside_server() as machine, tenant_context(alpha):
        settings.FETCH_TEST_HOSTS = [machine.host]
        machine.answers["/trang"] = ("text/html", b"<html>")
        found = [machine.url(path) for path in
                 ("/trang", "/khong-co", "/error", "/good", "/to-elsewhere", "/huge")]  # fmt: skip
        page = create_article("Bài", body=body(text(*found, "http://127.0.0.1:1/", "/khong-co/")))
        actions.check_site()
        assert machine.asked == []
        assert set(reasons(page)) == {"/khong-co/"}

        settings.MOTCUA_CHECK_EXTERNAL_LINKS = True
        settings.FETCH_TEST_HOSTS = [machine.host, "127.0.0.1:1"]
        actions.check_site(pause=0)
        assert sorted(machine.asked) == sorted(
            ["/trang", "/khong-co", "/error", "/good", "/to-elsewhere", "/huge"]
        )
        assert reasons(page) == {
            "/khong-co/": Reason.MISSING,
            machine.url("/khong-co"): Reason.NOT_FOUND,
            "http://127.0.0.1:1/": Reason.UNREACHABLE,
        }
        machine.answers["/khong-co"] = ("text/html", b"<html>")
        actions.check_page(page)  # asks nobody, and so changes nothing of what others said
        assert machine.url("/khong-co") in reasons(page)
        actions.check_site(pause=0)
        assert machine.url("/khong-co") not in reasons(page)
        settings.MOTCUA_CHECK_EXTERNAL_LINKS = False
        actions.check_site()
        assert set(reasons(page)) == {"/khong-co/"}
        # A private address is never asked, whoever writes it into a page.
        settings.FETCH_TEST_HOSTS = []
        machine.asked.clear()
        assert outside.ask(machine.url("/trang")) == ""
        assert machine.asked == []


def test_editor_is_warned_and_pictures_must_be_described(
    alpha: Tenant, beta: Tenant, browse: Any, outsider: Any
) -> None:
    with tenant_context(alpha):
        editor = create_user(email="bt@alpha.test", role=EDITOR)
        image = create_image("a.png")
        page = create_article(
            "Bài", publish=False,
            body=body(("paragraph", "<h3>Nhỏ</h3><p>a</p>"), text("/khong-co/"),
                      ("image", {"image": image.pk, "caption": "", "credit": ""})),
        )  # fmt: skip
        assert headings_out_of_order(page)
    client: Client = browse(alpha, user=editor)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    blocks = [
        ("image", {"image": image.pk, "caption": "", "credit": ""}),
        ("links", [{"value": {"title": "Cũ", "url": "https://mat.tinh.test/"}}]),
    ]
    saved = client.post(edit, _posted(page, blocks, "action-save"))
    assert saved.status_code == 302  # a draft may lack it
    refused = client.post(edit, _posted(page, blocks, "action-publish"))
    assert refused.status_code == 200
    assert "body" in refused.context["form"].errors
    with tenant_context(alpha):
        assert not ArticlePage.objects.get(pk=page.pk).live
        SiteImage.objects.filter(pk=image.pk).update(is_decorative=True)
    said = client.post(edit, _posted(page, blocks, "action-publish"), follow=True)
    told = [str(message) for message in said.context["messages"]]
    assert any("Cũ" in one for one in told), told
    with tenant_context(alpha):
        assert ArticlePage.objects.get(pk=page.pk).live
        assert reasons(page) == {"https://mat.tinh.test/": Reason.NO_SITE}

    report = client.get(reverse("base_broken_links"))
    assert "https://mat.tinh.test/" in report.content.decode()
    again = reverse("base_broken_links_recheck", args=[page.pk])
    assert client.get(again).status_code == 405
    assert client.post(again).status_code == 302
    there: Client = browse(beta, user=outsider)
    assert "mat.tinh.test" not in there.get(reverse("base_broken_links")).content.decode()
    assert there.post(again).status_code == 404


def _posted(page: ArticlePage, blocks: list[Any], action: str) -> dict[str, Any]:
    image, others = blocks
    listed = {"count": "1", "0": {"deleted": "", "order": "0", "type": "item", "id": "",
                                  "value": others[1][0]["value"]}}  # fmt: skip
    return {
        **nested_form_data({
            "title": page.title, "slug": page.slug, "abstract": "", "kind": "news",
            "date": "20/11/2026 08:00", "author": "", "source": "", "seo_title": "",
            "search_description": "", "category": "", "lead_image": "",
            "body": streamfield([image, ("links", listed)]), "related_pages": streamfield([]),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0,
                         "MAX_NUM_FORMS": ""},
        }),
        action: "1",
    }  # fmt: skip


def test_home_page_is_whole(alpha: Tenant) -> None:
    """What every site begins with has no broken link."""
    with tenant_context(alpha):
        actions.check_site()
        rows = [f"{row.page} {row.address} {row.reason}" for row in BrokenLink.objects.all()]
        assert rows == []
        assert home().live
