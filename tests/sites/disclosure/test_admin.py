"""What webmasters see of disclosure: the menu, the lists, the forms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django_tenants.utils import tenant_context

from motcua.people import groups
from sites.disclosure.models import DatasetPage, ProjectPage
from tenants.models import Tenant
from tests.factories import create_user

LISTS = ["registers", "projects", "records", "datasets", "programmes"]
FORMS = {
    "projects": "projectpage",
    "procurement": "projectpage",
    "plans": "recordpage",
    "datasets": "datasetpage",
    "programmes": "programmepage",
}


def test_editor_finds_every_list_and_form(
    register: Callable[..., Any], entry: Callable[..., Any], here: Tenant, browse: Any
) -> None:
    parents = {kind: register(kind) for kind in FORMS}
    entry(parents["datasets"], DatasetPage, "Dân số cũ", updated_on=date(2019, 1, 1))
    client = browse(here, user=create_user(role=groups.EDITOR))
    for name in LISTS:
        assert client.get(reverse(f"disclosure_{name}:index")).status_code == 200
    overdue = client.get(reverse("disclosure_datasets:index")).content.decode()
    assert "Quá hạn cập nhật" in overdue
    for kind, model in FORMS.items():
        address = reverse("wagtailadmin_pages:add", args=["disclosure", model, parents[kind].pk])
        assert client.get(address).status_code == 200, kind


def test_form_shows_and_takes_amounts_grouped(
    register: Callable[..., Any], entry: Callable[..., Any], here: Tenant
) -> None:
    page = entry(register("projects"), ProjectPage, "Cầu", slug="cau", capital=1_250_000_000)
    form_class = ProjectPage.get_edit_handler().get_form_class()
    form = form_class(instance=page, for_user=create_user(superuser=True))
    assert 'value="1.250.000.000"' in str(form["capital"])
    data = {"title": "Cầu", "slug": "cau", "status": "running", "capital": "2.500.000.000 đồng",
            "body-count": "0", "files-count": "0", "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0"}  # fmt: skip
    form = form_class(data, instance=page, for_user=create_user(email="b@tinh.test"))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["capital"] == 2_500_000_000


@pytest.mark.usefixtures("db")
def test_another_sites_administrator_sees_none_of_it(
    alpha: Tenant, beta: Tenant, outsider: Any, browse: Any, register: Callable[..., Any],
    entry: Callable[..., Any],
) -> None:  # fmt: skip
    page = entry(register("projects"), ProjectPage, "Cầu của huyện", slug="cau", publish=False)
    own = browse(beta, user=outsider)
    assert "Cầu của huyện" not in own.get(reverse("disclosure_projects:index")).content.decode()
    assert own.get("/projects/").status_code == 404
    foreign = browse(alpha)
    foreign.cookies = own.cookies
    edit = foreign.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert edit.status_code == 302
    assert "login" in edit["Location"]
    with tenant_context(beta):
        assert not ProjectPage.objects.exists()
