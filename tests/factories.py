"""Plain functions that make what tests need, with sensible defaults."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image
from wagtail.models import Locale, Page

from motcua.people.actions import open_account
from motcua.people.models import User
from sites.base.models import SiteDocument, SiteImage
from sites.home.models import HomePage
from sites.news.models import ArticlePage, NewsPage
from tenants import deploying
from tenants.models import Kind, Tenant
from tenants.provisioning import NewSite, create_main, create_site

SUFFIX = "tinh.test"


def create_baseline() -> None:
    """Make the province all tests begin with: the main portal, a district and a commune."""
    deploying.prepare(lambda _line: None)
    main = create_main(
        NewSite(
            label="tinh", domain=SUFFIX, name_vi="Tỉnh Thử", name_en="Test Province",
            kind=Kind.PROVINCE,
        )
    )  # fmt: skip
    alpha = create_tenant("alpha", name_vi="Huyện Alpha", kind=Kind.DISTRICT, parent=main)
    create_tenant("beta", name_vi="Xã Beta", kind=Kind.COMMUNE, parent=alpha)


def create_tenant(label: str, **fields: Any) -> Tenant:
    """Make a site ``<label>.tinh.test``; further fields as in `NewSite`."""
    spec = {"name_vi": f"Xã {label.title()}", **fields}
    return create_site(NewSite(label=label, domain=f"{label}.{SUFFIX}", **spec), by="test")


def create_user(
    *,
    email: str = "nguoi.dung@tinh.test",
    name: str = "Nguyễn Thị Thử",
    password: str = "mat-khau-thu-nghiem",
    role: str = "",
    superuser: bool = False,
) -> User:
    """Make a person on the current site, with a role's group or above all roles."""
    if role:
        return open_account(email=email, name=name, password=password, role=role)
    make = User.objects.create_superuser if superuser else User.objects.create_user
    return make(email=email, name=name, password=password)


def home(language: str = "vi") -> HomePage:
    """Return the current site's home page."""
    return HomePage.objects.get(locale=Locale.objects.get(language_code=language))


def news_section(language: str = "vi") -> NewsPage:
    """Return the current site's news section."""
    return NewsPage.objects.get(locale=Locale.objects.get(language_code=language), depth=3)


def create_article(
    title: str = "Xã khánh thành cầu dân sinh",
    *,
    parent: Page | None = None,
    publish: bool = True,
    **fields: Any,
) -> ArticlePage:
    """Make an article in the current site's news section, published unless told otherwise."""
    section = parent or news_section()
    article = ArticlePage(
        title=title, locale=section.locale, live=False, date=timezone.now(), **fields
    )
    section.add_child(instance=article)
    revision = article.save_revision()
    if publish:
        revision.publish()
        article.refresh_from_db()
    return article


def create_image(name: str = "anh.png", colour: str = "red", **fields: Any) -> SiteImage:
    """Make a small picture on the current site."""
    buffer = io.BytesIO()
    Image.new("RGB", (120, 80), colour).save(buffer, "PNG")
    return SiteImage.objects.create(
        title=fields.pop("title", name), file=ContentFile(buffer.getvalue(), name=name), **fields
    )


def create_document(name: str = "van-ban.txt", content: bytes = b"noi dung") -> SiteDocument:
    """Make a file on the current site."""
    return SiteDocument.objects.create(title=name, file=ContentFile(content, name=name))
