"""Places: every section stands on every site from its first day, and is never forced on one."""

from __future__ import annotations

import uuid
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django_tenants.utils import tenant_context
from wagtail.models import Page

from motcua.audit.models import AuditEvent
from motcua.hub.models import Item
from motcua.people import groups
from sites.base.templatetags.section_signs import OTHER, section_sign
from sites.home import actions, places, starter
from sites.home.models import HomePage, home_page
from sites.home.places import BY_NAME, HOME, PLACES
from tenants.models import Tenant
from tests.factories import home

LANGUAGES = ("vi", "en")
DEEPEST = 2  # steps below the home page; the third click opens what stands there
FIRST = {"about": "gioi-thieu", "news": "tin-tuc", "contact": "lien-he"}


def delete(name: str) -> None:
    """Delete a place with what is below it, in both languages."""
    for language in LANGUAGES:
        page = places.find(name, language)
        if page is not None:
            page.specific.delete()


@pytest.mark.smoke
def test_every_place_is_public_on_every_site_in_both_languages(
    main: Tenant, alpha: Tenant, beta: Tenant
) -> None:
    for site in (main, alpha, beta):
        with tenant_context(site):
            for language in LANGUAGES:
                found = {HOME: Page.objects.get(pk=home(language).pk), **places.found(language)}
                assert found.keys() == {HOME, *BY_NAME}
                for place in PLACES:
                    page = found[place.name]
                    assert page.live
                    assert page.specific_class is place.page_type
                    assert page.get_parent() == found[place.parent]
                    assert page.title == place.words(language)[0]
                    assert page.depth - found[HOME].depth <= DEEPEST
            shared = set(Item.objects.filter(site=site.schema_name).values_list("path", flat=True))
            assert {"/van-ban/", "/en/documents/"} <= shared


def test_every_duty_of_the_law_has_a_name_and_words_in_both_languages() -> None:
    for place in PLACES:
        assert all(place.words(language)[2] for language in LANGUAGES)
    duties = [str(place.duty) for place in PLACES if place.duty]
    assert len(duties) == len(set(duties)) > 12


def test_deleted_place_comes_back_with_its_parents_and_nothing_else(here: Tenant) -> None:
    key = places.key_of("projects")
    delete("disclosure")
    assert places.found().keys().isdisjoint({"disclosure", "projects", "plans"})
    page, made = actions.restore_place(name="projects", by="chi.lan@tinh.test")
    assert page is not None
    assert (made, page.get_parent()) == (4, places.find("disclosure"))
    for language in LANGUAGES:
        restored = places.find("projects", language)
        assert restored is not None
        assert (restored.live, restored.translation_key) == (True, key)
        assert "plans" not in places.found(language)
    event = AuditEvent.objects.get(action="place.restored", site=here.schema_name)
    assert (event.actor, event.detail) == ("chi.lan@tinh.test", {"place": "projects", "pages": 4})
    assert actions.restore_place(name="projects", by="chi.lan@tinh.test") == (page, 0)
    assert AuditEvent.objects.filter(action="place.restored").count() == 1


def test_restored_place_finds_a_free_address(here: Tenant) -> None:
    delete("faq")
    contact = places.find("contact")
    assert contact is not None
    contact.add_child(instance=BY_NAME["faq"].page_type(title="Khác", slug="hoi-dap"))
    page, _made = actions.restore_place(name="faq", by=None)
    assert page is not None
    assert page.slug == "hoi-dap-2"


def test_renamed_and_moved_place_is_still_found_and_left_alone(here: Tenant) -> None:
    news = places.find("notices")
    assert news is not None
    page = news.specific
    page.title, page.slug = "Loa phường", "loa-phuong"
    page.save_revision().publish()
    page.move(home(), pos="last-child")
    found = places.find("notices")
    assert found is not None
    assert (found.pk, found.title, found.depth) == (news.pk, "Loa phường", home().depth + 1)
    assert starter.plant_missing() == 0
    assert starter.restore_place("notices") == 0
    found.refresh_from_db()
    assert found.title == "Loa phường"


def test_planting_again_changes_nothing_and_brings_no_deleted_place_back(here: Tenant) -> None:
    delete("glossary")
    before = list(Page.objects.order_by("pk").values_list("pk", "title", "latest_revision"))
    assert starter.plant_missing() == 0
    assert list(Page.objects.order_by("pk").values_list("pk", "title", "latest_revision")) == before


def test_older_site_keeps_its_three_pages_and_gets_the_rest(here: Tenant) -> None:
    old = {}
    for name in FIRST:
        for language in LANGUAGES:
            page = places.find(name, language)
            assert page is not None
            old[name, language] = page.pk
    for language in LANGUAGES:
        for page in home(language).get_descendants().order_by("-depth"):
            if page.pk not in old.values():
                Page.objects.get(pk=page.pk).specific.delete()
    for name in FIRST:
        own = uuid.uuid4()
        pks = [old[name, language] for language in LANGUAGES]
        Page.objects.filter(pk__in=pks).update(translation_key=own)
    HomePage.objects.update(places={})
    assert starter.plant_missing() == len(LANGUAGES) * (len(PLACES) - len(FIRST))
    for (name, language), pk in old.items():
        page = places.find(name, language)
        assert page is not None
        assert page.pk == pk
    assert places.found("en").keys() == BY_NAME.keys()


def test_command_orders_planting_on_one_site_or_all(
    alpha: Tenant, beta: Tenant, run_jobs: Any
) -> None:
    for site in (alpha, beta):
        with tenant_context(site):
            delete("events")
            forgotten = home_page()
            assert forgotten is not None
            del forgotten.places["events"]
            HomePage.objects.filter(pk=forgotten.pk).update(places=forgotten.places)
    call_command("plant_places", "--site", "alpha", stdout=StringIO())
    run_jobs()
    with tenant_context(beta):
        assert places.find("events") is None
    call_command("plant_places", stdout=StringIO())
    run_jobs()
    for site in (alpha, beta):
        with tenant_context(site):
            assert places.find("events") is not None
    connection.set_schema_to_public()
    with pytest.raises(CommandError):
        call_command("plant_places", "--site", "khong-co")


def test_unknown_place_is_no_place(here: Tenant) -> None:
    assert places.key_of("casino") is None
    assert places.find("casino") is None
    with pytest.raises(KeyError):
        actions.restore_place(name="casino", by=None)


def test_planting_gives_groups_the_rights_to_newer_applications(here: Tenant) -> None:
    group = Group.objects.get(name=groups.EDITOR)
    before = set(group.permissions.all())
    group.permissions.remove(next(iter(before)))
    starter.plant_places.func()
    assert set(group.permissions.all()) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_but_the_general_one_has_a_sign_of_its_own(language: str) -> None:
    signs = {place.name: section_sign(place.words(language)[1]) for place in PLACES}
    assert {name for name, sign in signs.items() if sign == OTHER} <= {"disclosure", "glossary"}
