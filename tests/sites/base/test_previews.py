"""A preview of what its author has not stored yet, for each type of page."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from django_tenants.utils import tenant_context
from wagtail.fields import StreamField
from wagtail.models import Page

from sites.disclosure.models import ProjectPage
from sites.documents.models import LegalDocumentPage
from sites.news.models import ArticlePage, EventPage
from sites.organisation.models import WeekPage
from tenants.models import Tenant
from tests.factories import create_user

# What a page of the type cannot do without.
WRITTEN: dict[type[Page], dict[str, str]] = {
    EventPage: {"starts_at": "2026-12-01 08:00"},
    WeekPage: {"monday": "2026-12-07"},
}


def addresses() -> dict[type[Page], str]:
    """The address of a new page's preview by page type, below the first page that takes it."""
    found: dict[type[Page], str] = {}
    for parent in Page.objects.filter(depth__gt=1, locale__language_code="vi").specific():
        for model in parent.creatable_subpage_models():
            if not model.can_create_at(parent):
                continue
            kind = ContentType.objects.get_for_model(model)
            found.setdefault(
                model,
                reverse("wagtailadmin_pages:preview_on_add",
                        args=[kind.app_label, kind.model, parent.pk]),
            )  # fmt: skip
    return found


def form_fields(client: Client, address: str) -> dict[str, str]:
    """What the form of a new page holds before anybody has written anything."""
    soup = BeautifulSoup(client.get(address.removesuffix("preview/")).content, "html.parser")
    form = soup.select_one("[data-edit-form]")
    assert form is not None, address
    fields = form.select("input[name]:not([type=checkbox], [type=radio], [type=file]), textarea")
    chosen = {one["name"]: one.select_one("[selected]") for one in form.select("select[name]")}
    return {
        **{str(one["name"]): str(one.get("value") or one.text) for one in fields},
        **{str(name): str(option["value"]) for name, option in chosen.items() if option},
    }


def no_blocks(model: type[Page]) -> dict[str, str]:
    """What the browser adds to the form for the empty bodies of a page."""
    streams = [field for field in model._meta.get_fields() if isinstance(field, StreamField)]
    return {f"{field.name}-count": "0" for field in streams}


@pytest.mark.parametrize("site", ["main", "alpha"])
def test_new_page_of_every_type_can_be_previewed(
    site: str, request: pytest.FixtureRequest, browse: Any
) -> None:
    tenant: Tenant = request.getfixturevalue(site)
    with tenant_context(tenant):
        to_try = addresses()
        client = browse(tenant, user=create_user(superuser=True))
    assert {ArticlePage, EventPage, LegalDocumentPage, ProjectPage} <= set(to_try)
    for kind, address in to_try.items():
        assert client.get(address).status_code == 200, kind
        fields = form_fields(client, address) | no_blocks(kind) | WRITTEN.get(kind, {})
        assert client.post(address, fields).json()["is_available"], kind
        assert client.get(f"{address}?in_preview_panel=true").status_code == 200, kind
