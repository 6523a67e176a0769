"""Lists of the administration: what people wrote, in each application alike."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.viewsets.pages import PageListingViewSet

from motcua.people import groups
from sites.base import mirroring
from sites.base.page_lists import PageList, PageListView
from sites.disclosure.models import RegisterPage
from sites.home import places
from tests.factories import create_user


def subclasses(kind: type) -> set[type]:
    return {kind, *(below for one in kind.__subclasses__() for below in subclasses(one))}


def test_every_list_of_pages_leaves_out_stand_ins() -> None:
    own = {one for one in subclasses(PageListingViewSet) if one.__module__.startswith("sites.")}
    assert len(own) > 10
    for one in own:
        assert issubclass(one, PageList), one
        assert issubclass(one.index_view_class, PageListView), one


def test_page_without_translation_stands_in_the_list_once(here: Any, browse: Any) -> None:
    section = places.find("disclosure")
    assert section is not None
    section.add_child(instance=RegisterPage(title="Sổ lạ", slug="so-la", locale=section.locale))
    mirroring.mirror_missing()
    assert RegisterPage.objects.filter(title="Sổ lạ").count() == 2
    client = browse(here, user=create_user(role=groups.EDITOR))
    listed = client.get(reverse("disclosure_registers:index")).context["object_list"]
    assert [page.title for page in listed].count("Sổ lạ") == 1
