"""Pages, drafts, previews and search stay on their own site."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django_tenants.utils import tenant_context
from wagtail.models import Page, PageViewRestriction, Revision

from motcua.hub.models import Item
from tenants.models import Tenant
from tests.factories import create_article, create_user, home, news_section

SECRET = "Dự thảo chưa công bố"


@pytest.mark.smoke
def test_same_address_shows_each_site_its_own_page(
    twins: Any, alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    for tenant, other in ((alpha, beta), (beta, alpha)):
        text = browse(tenant).get("/tin-tuc/khanh-thanh/").content.decode()
        assert f"Khánh thành cầu {tenant.label}" in text
        assert f"cầu {other.label}" not in text


def test_page_of_one_site_is_not_found_on_another(alpha: Tenant, beta: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        create_article("Chỉ có ở Alpha", slug="chi-alpha")
    assert browse(alpha).get("/tin-tuc/chi-alpha/").status_code == 200
    assert browse(beta).get("/tin-tuc/chi-alpha/").status_code == 404


def test_outsider_with_all_rights_finds_only_the_own_page_under_a_number(
    twins: Any, beta: Tenant, outsider: Any, browse: Any
) -> None:
    client = browse(beta, user=outsider)
    for path in (f"/admin/pages/{twins.number}/edit/", f"/admin/pages/{twins.number}/history/"):
        text = client.get(path).content.decode()
        assert "cầu beta" in text
        assert "cầu alpha" not in text


def test_outsider_cannot_reach_a_page_that_only_another_site_has(
    alpha: Tenant, beta: Tenant, outsider: Any, browse: Any
) -> None:
    with tenant_context(alpha):
        numbers = [create_article(f"Bài {n}", slug=f"bai-{n}").pk for n in range(3)]
    client = browse(beta, user=outsider)
    for path in ("edit/", "delete/", "view_draft/", "move/", "unpublish/", "history/"):
        for number in numbers:
            response = client.get(f"/admin/pages/{number}/{path}")
            assert response.status_code in {302, 404}, path
            assert "Bài" not in response.content.decode()


def test_outsiders_edit_changes_nothing_elsewhere(
    twins: Any, alpha: Tenant, beta: Tenant, outsider: Any, browse: Any
) -> None:
    browse(beta, user=outsider).post(f"/admin/pages/{twins.number}/delete/")
    with tenant_context(beta):
        assert not Page.objects.filter(pk=twins.number).exists()
    with tenant_context(alpha):
        assert Page.objects.get(pk=twins.number).live
    assert Item.objects.filter(site=alpha.schema_name, object_id=twins.number).exists()


def test_outsiders_explorer_and_search_name_nothing_of_another_site(
    twins: Any, beta: Tenant, outsider: Any, browse: Any
) -> None:
    client = browse(beta, user=outsider)
    with tenant_context(beta):
        section = news_section().pk
    for path in (f"/admin/pages/{section}/", "/admin/pages/search/?q=cầu", "/admin/",
                 "/admin/reports/site-history/", "/admin/api/main/pages/"):  # fmt: skip
        response = client.get(path)
        assert response.status_code == 200, path
        assert "alpha" not in response.content.decode().lower(), path


def draft(tenant: Tenant, number: int) -> Revision:
    """Give a live page a draft with the secret title."""
    with tenant_context(tenant):
        page = Page.objects.get(pk=number).specific
        page.title = SECRET
        return page.save_revision()


def test_draft_of_a_live_page_shows_nowhere(
    twins: Any, main: Tenant, alpha: Tenant, beta: Tenant, browse: Any, run_jobs: Any
) -> None:
    draft(alpha, twins.number)
    run_jobs()
    for tenant in (main, alpha, beta):
        for path in ("/", "/tin-tuc/", "/tin-tuc/khanh-thanh/", "/en/",
                     "/search/?query=chưa công bố", "/search/?query=Dự thảo"):  # fmt: skip
            text = browse(tenant).get(path).content.decode()
            assert SECRET not in text, (tenant.label, path)
    assert not Item.objects.filter(title=SECRET).exists()


def test_page_that_was_never_published_shows_nowhere(
    main: Tenant, alpha: Tenant, browse: Any, run_jobs: Any
) -> None:
    with tenant_context(alpha):
        create_article(SECRET, slug="du-thao", publish=False)
    run_jobs()
    for tenant in (main, alpha):
        for path in ("/", "/tin-tuc/", "/search/?query=chưa công bố"):
            assert SECRET not in browse(tenant).get(path).content.decode()
    assert browse(alpha).get("/tin-tuc/du-thao/").status_code == 404
    assert not Item.objects.filter(title=SECRET).exists()


def test_draft_link_of_a_site_opens_for_its_own_staff_only(
    twins: Any, alpha: Tenant, beta: Tenant, outsider: Any, browse: Any
) -> None:
    draft(alpha, twins.number)
    with tenant_context(alpha):
        editor = create_user(email="bien.tap@alpha.test", superuser=True)
    path = f"/admin/pages/{twins.number}/view_draft/"
    assert SECRET in browse(alpha, user=editor).get(path).content.decode()
    assert SECRET not in browse(beta, user=outsider).get(path).content.decode()
    assert browse(alpha).get(path).status_code == 302


def test_revision_of_a_site_cannot_be_previewed_on_another(
    alpha: Tenant, beta: Tenant, outsider: Any, browse: Any, twins: Any
) -> None:
    revision = draft(alpha, twins.number)
    path = f"/admin/pages/{twins.number}/revisions/{revision.pk}/view/"
    response = browse(beta, user=outsider).get(path)
    assert SECRET not in response.content.decode()
    assert response.status_code == 404


def preview_panel(client: Client, number: int, page: Any) -> str:
    """Send a page's form to the preview panel and return what the panel then shows."""
    path = f"/admin/pages/{number}/edit/preview/"
    form = {"title": SECRET, "slug": page.slug, "abstract": "", "body-count": "0",
            "date": "20/11/2026 08:00", "source": "", "kind": "news", "related_pages-count": "0",
            "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
            "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": ""}  # fmt: skip
    assert client.post(path, form).json()["is_valid"]
    return client.get(f"{path}?mode=").content.decode()


def test_preview_panel_shows_the_editors_words_to_nobody_else(
    twins: Any, alpha: Tenant, beta: Tenant, outsider: Any, browse: Any
) -> None:
    with tenant_context(alpha):
        editor = create_user(email="bien.tap@alpha.test", superuser=True)
    assert SECRET in preview_panel(browse(alpha, user=editor), twins.number, twins.at_alpha)
    path = f"/admin/pages/{twins.number}/edit/preview/?mode="
    assert SECRET not in browse(beta, user=outsider).get(path).content.decode()
    assert SECRET not in browse(alpha).get("/tin-tuc/khanh-thanh/").content.decode()


def test_search_of_a_site_finds_its_own_pages_only(
    twins: Any, alpha: Tenant, beta: Tenant, browse: Any, run_jobs: Any
) -> None:
    run_jobs()
    for tenant, other in ((alpha, beta), (beta, alpha)):
        text = browse(tenant).get("/search/?query=khanh thanh cau").content.decode()
        assert f"cầu {tenant.label}" in text
        assert f"cầu {other.label}" not in text


def test_main_portals_search_finds_all_sites_and_links_to_the_source(
    twins: Any, main: Tenant, alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    text = browse(main).get("/search/?query=khánh thành").content.decode()
    for tenant in (alpha, beta):
        assert f"cầu {tenant.label}" in text
        assert f"{tenant.url}/tin-tuc/khanh-thanh/" in text


def test_password_of_a_private_page_opens_no_other_site(
    twins: Any, alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    for tenant in (alpha, beta):
        with tenant_context(tenant):
            PageViewRestriction.objects.create(
                page_id=twins.number, restriction_type="password", password=f"khoa-{tenant.label}"
            )
    at_alpha = browse(alpha)
    form = at_alpha.get("/tin-tuc/khanh-thanh/")
    assert "cầu alpha" not in form.content.decode()
    action = form.context["action_url"]
    at_alpha.post(action, {"password": "khoa-alpha", "return_url": "/tin-tuc/khanh-thanh/"})
    assert "cầu alpha" in at_alpha.get("/tin-tuc/khanh-thanh/").content.decode()
    at_beta = browse(beta)
    at_beta.cookies = at_alpha.cookies
    assert "cầu beta" not in at_beta.get("/tin-tuc/khanh-thanh/").content.decode()


def test_home_pages_share_a_number_and_nothing_else(
    alpha: Tenant, beta: Tenant, browse: Any
) -> None:
    numbers = []
    for tenant in (alpha, beta):
        with tenant_context(tenant):
            numbers.append(home().pk)
    assert numbers[0] == numbers[1]
    assert alpha.name_vi in browse(alpha).get("/").content.decode()
    assert "<title>" in browse(beta).get("/").content.decode()
