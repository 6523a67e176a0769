"""A site with registers to test on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from sites.base.models import SiteDocument
from sites.disclosure.entries import EntryPage
from sites.disclosure.models import RegisterPage
from tenants.models import Tenant
from tests.factories import home


@pytest.fixture
def register(here: Tenant) -> Callable[..., RegisterPage]:
    """Return a published register of a kind: ``register("projects")``."""

    def made(kind: str, *, publish: bool = True, **fields: Any) -> RegisterPage:
        page = RegisterPage(
            title=fields.pop("title", f"Sổ {kind}"), slug=kind, kind=kind, live=False, **fields
        )
        home().add_child(instance=page)
        revision = page.save_revision()
        if publish:
            revision.publish()
        return RegisterPage.objects.get(pk=page.pk)

    return made


@pytest.fixture
def entry() -> Callable[..., Any]:
    """Return an entry of a register: ``entry(register, ProjectPage, "Cầu", status="running")``."""

    def made(
        parent: RegisterPage, model: type[EntryPage], title: str, *, publish: bool = True, **f: Any
    ) -> Any:
        page = model(title=title, live=False, **f)
        parent.add_child(instance=page)
        revision = page.save_revision()
        if publish:
            revision.publish()
        return model.objects.get(pk=page.pk)

    return made


@pytest.fixture
def data_file(here: Tenant) -> Callable[..., SiteDocument]:
    """Return a file on the site with these bytes."""

    def made(data: bytes, name: str = "so-lieu.csv") -> SiteDocument:
        document = SiteDocument.objects.create(
            title=name, file=ContentFile(b"a,b\n1,2\n", name=name)
        )
        Path(document.file.path).write_bytes(data)  # past the checks of uploads
        SiteDocument.objects.filter(pk=document.pk).update(file_size=len(data))
        return SiteDocument.objects.get(pk=document.pk)

    return made
