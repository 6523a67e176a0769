"""One click from the admin's home to a new story."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django_tenants.utils import tenant_context

from motcua.people import groups
from tenants.models import Tenant
from tests.factories import create_article, create_user, news_section


def home_of(browse: Callable[..., Client], site: Tenant, role: str) -> str:
    """The admin's home of a new person with this role."""
    with tenant_context(site):
        person = create_user(role=role)
    return browse(site, user=person).get(reverse("wagtailadmin_home")).content.decode()


def test_editor_is_offered_to_write_in_the_sites_section(
    alpha: Tenant, browse: Callable[..., Client]
) -> None:
    with tenant_context(alpha):
        section = news_section()
    page = home_of(browse, alpha, groups.EDITOR)
    assert reverse("wagtailadmin_pages:add", args=["news", "articlepage", section.pk]) in page


def test_latest_articles_are_one_click_away(
    alpha: Tenant, beta: Tenant, browse: Callable[..., Client]
) -> None:
    with tenant_context(alpha):
        draft = create_article("Bản nháp về cầu", publish=False)
    with tenant_context(beta):
        create_article("Tin của xã khác")
    page = home_of(browse, alpha, groups.EDITOR)
    assert reverse("wagtailadmin_pages:edit", args=[draft.pk]) in page
    assert "Bản nháp về cầu" in page
    assert "Tin của xã khác" not in page


def test_site_without_news_section_offers_nothing(
    alpha: Tenant, browse: Callable[..., Client]
) -> None:
    with tenant_context(alpha):
        for language in ("vi", "en"):
            news_section(language).delete()
    page = home_of(browse, alpha, groups.SITE_ADMINISTRATOR)
    assert "articlepage" not in page
