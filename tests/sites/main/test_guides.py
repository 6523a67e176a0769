"""Guides and landing pages: planted once, for the main portal only, naming who is there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tenants.utils import tenant_context
from wagtail.models import Locale, Page

from sites.base.models import SectionPage
from sites.main import starter
from sites.main.agencies import resolve
from sites.main.blocks import ICONS
from sites.main.models import GuidePage, LandingPage
from sites.main.pages import Reader
from tenants.models import Tenant
from tests.factories import create_tenant
from tests.sites.main.provinces import share

FILES = sorted(starter.CONTENT.glob("*.toml"))


def test_planting_again_changes_nothing_and_brings_back_what_was_deleted(main: Tenant) -> None:
    with tenant_context(main):
        before = list(Page.objects.order_by("path").values_list("pk", "path"))
        assert starter.plant_main_pages() == 0
        assert list(Page.objects.order_by("path").values_list("pk", "path")) == before
        guide = GuidePage.objects.get(slug="khieu-nai-to-cao")
        guide.title = "Tên mới"
        guide.save_revision().publish()
        LandingPage.objects.get(slug="du-khach").delete()
        assert starter.plant_main_pages() == 1
        assert GuidePage.objects.get(pk=guide.pk).title == "Tên mới"
        assert LandingPage.objects.get(slug="du-khach").live


def test_members_get_none_of_it(alpha: Tenant) -> None:
    with tenant_context(alpha):
        assert starter.plant_main_pages() == 0
        assert not GuidePage.objects.exists()
        section = SectionPage.objects.get(slug="gioi-thieu")
        assert not GuidePage.can_create_at(section)
        assert not LandingPage.can_create_at(section.get_parent().specific)


def test_both_languages_are_translations_of_each_other(main: Tenant) -> None:
    with tenant_context(main):
        for model, number in ((GuidePage, 9), (LandingPage, 4)):
            keys = [
                set(model.objects.filter(locale=locale).values_list("translation_key", flat=True))
                for locale in Locale.objects.all()
            ]
            assert len(keys[0]) == number
            assert keys[0] == keys[1]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_texts_are_whole_in_both_languages(file: Path) -> None:
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    assert data["icon"] in dict(ICONS)
    assert set(data["vi"]) == set(data["en"])
    lists = [key for key, value in data["vi"].items() if isinstance(value, list)]
    assert {key: len(data["vi"][key]) for key in lists} == {
        key: len(data["en"][key]) for key in lists
    }
    assert [row[0] for row in data["vi"].get("agencies", [])] == [
        row[0] for row in data["en"].get("agencies", [])
    ]
    for row in data["vi"].get("legal", []):
        assert re.fullmatch(r"\d{2,3}/\d{4}/(QH\d{2}|NĐ-CP)", row[1])


def test_icons_are_drawn() -> None:
    drawn = Path(str(finders.find("base/img/icons.svg"))).read_text()
    assert [name for name, _label in ICONS if f'id="{name}"' not in drawn] == []


def test_every_planted_page_answers_and_its_links_do(main: Tenant, browse: Any) -> None:
    with tenant_context(main):
        paths = [page.get_url_parts()[2] for model in (GuidePage, LandingPage)
                 for page in model.objects.all()]  # fmt: skip
    client = browse(main)
    links: set[str] = set()
    for path in paths:
        text = client.get(path).content.decode()
        assert text.count("<h1") == 1, path
        content = text.split("<main", 1)[1].split("</main", 1)[0]
        links |= set(re.findall(r'href="(/[^"#]*)"', content))
    assert len(links) > 20
    assert [
        link for link in links if client.get(link.replace("&amp;", "&")).status_code != 200
    ] == []


def test_guide_names_the_agencies_that_are_there(main: Tenant, browse: Any) -> None:
    path = "/huong-dan/chung-chi-hanh-nghe/"
    assert "http://soyte.tinh.test/" not in browse(main).get(path).content.decode()
    create_tenant("soyte", name_vi="Sở Y tế", kind="department", phone="0273 300 0019")
    create_tenant("soytedp", name_vi="Sở Y tế dự phòng", kind="department")
    text = browse(main).get(path).content.decode()
    assert 'href="http://soyte.tinh.test/"' in text
    assert "tel:02733000019" in text
    assert "soytedp" not in text
    Tenant.objects.filter(label="soyte").update(status="suspended")
    assert "soyte.tinh.test" not in browse(main).get(path).content.decode()


def test_merged_agency_is_represented_by_its_successor(main: Tenant, alpha: Tenant) -> None:
    finance = create_tenant("stc", name_vi="Sở Tài chính", kind="department")
    planning = create_tenant("skh", name_vi="Sở Kế hoạch và Đầu tư", kind="department")
    rows = [{"site": "", "name": "Sở Kế hoạch và đầu tư", "role": "Một"},
            {"site": "", "name": "Sở Tài chính", "role": "Hai"},
            {"site": "alpha", "name": "", "role": ""},
            {"site": "la", "name": "La", "role": ""}]  # fmt: skip
    assert [agency.name for agency in resolve(rows)] == [
        "Sở Kế hoạch và Đầu tư", "Sở Tài chính", "Huyện Alpha",
    ]  # fmt: skip
    Tenant.objects.filter(pk=planning.pk).update(status="merged", successor=finance)
    assert [(agency.name, agency.role) for agency in resolve(rows)] == [
        ("Sở Tài chính", "Một"), ("Huyện Alpha", ""),
    ]  # fmt: skip


def test_guide_shows_documents_and_news_on_its_subject(
    main: Tenant, alpha: Tenant, browse: Any
) -> None:
    path = "/huong-dan/giay-phep-xay-dung/"
    share(alpha, "Quy định về xây dựng nhà ở", "document", details={"number": "12/QĐ-UBND"})
    share(alpha, "Khởi công xây dựng trường học")
    share(alpha, "Mùa gặt")
    context = browse(main).get(path).context
    assert [item.title for item in context["documents"]] == ["Quy định về xây dựng nhà ở"]
    assert [item.title for item in context["news"]] == ["Khởi công xây dựng trường học"]
    browse(main).get(path)
    with CaptureQueriesContext(connection) as before:
        browse(main).get(path)
    for number in range(3):
        share(alpha, f"Xây dựng cầu {number}")
    browse(main).get(path)
    with CaptureQueriesContext(connection) as after:
        browse(main).get(path)
    assert len(after) == len(before)


def test_administrator_writes_a_guide(main: Tenant, registry: Client) -> None:
    with tenant_context(main):
        section = SectionPage.objects.get(slug="huong-dan")
    form = registry.get(reverse("wagtailadmin_pages:add", args=["main", "guidepage", section.pk]))
    assert form.status_code == 200
    text = form.content.decode()
    for reader in Reader:
        assert f'value="{reader.value}"' in text
    answer = registry.post(
        reverse("wagtailadmin_pages:add", args=["main", "guidepage", section.pk]),
        {"title": "Đất đai", "slug": "dat-dai", "abstract": "", "icon": "house",
         "audiences": ["citizen", "business"], "words": "", "content-count": "0",
         "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
         "action-publish": "1"},
    )  # fmt: skip
    assert answer.status_code == 302, answer.context["form"].errors
    with tenant_context(main):
        guide = GuidePage.objects.get(slug="dat-dai", locale__language_code="vi")
        assert guide.audiences == ["citizen", "business"]
        assert guide.readers


@pytest.fixture
def webmaster(alpha: Tenant, outsider: Any, browse: Callable[..., Client]) -> Client:
    """A webmaster of a member site with every right there."""
    with tenant_context(alpha):
        from tests.factories import create_user

        person = create_user(email="webmaster@alpha.test", superuser=True)
    return browse(alpha, user=person)


def test_member_site_offers_no_guides(alpha: Tenant, webmaster: Client) -> None:
    with tenant_context(alpha):
        section = SectionPage.objects.get(slug="gioi-thieu")
    response = webmaster.get(reverse("wagtailadmin_pages:add_subpage", args=[section.pk]))
    assert "guidepage" not in response.content.decode()
    address = reverse("wagtailadmin_pages:add", args=["main", "guidepage", section.pk])
    assert webmaster.get(address).status_code in {302, 403}
