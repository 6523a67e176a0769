"""Planting the places: in the template schema once, on existing sites what they lack.

The pages read the site's name and contacts from its registration and settings when they are
shown, so they are true of every site without being written again.
"""

from __future__ import annotations

import uuid

from django.db import transaction
from django_tasks import task
from wagtail.models import Locale, Page, Site

from motcua.people import groups
from sites.base import mirroring
from sites.base.models import SiteSettings
from sites.news.starter import default_categories

from .models import HomePage
from .place_words import WORDS
from .places import BY_NAME, HOME, PLACES, Place

VI, EN = "vi", "en"
ROOT_TITLE = "Các trang chủ"  # Wagtail's own title, "Root", is data and stands in the explorer
# Places of sites born before the site remembered them, by the slug they were born with.
FIRST_PLACES = {"gioi-thieu": "about", "tin-tuc": "news", "lien-he": "contact"}


def fill_template() -> None:
    """Make locales, the two home pages, the places and the one `Site`; idempotent."""
    if not HomePage.objects.exists():
        _plant_homes()
    plant_missing()
    mirroring.ensure_synchronised()


def _plant_homes() -> None:
    root = Page.objects.get(depth=1)
    for welcome in root.get_children():
        welcome.delete()
    Page.objects.filter(pk=root.pk).update(title=ROOT_TITLE, draft_title=ROOT_TITLE)
    key = uuid.uuid4()
    homes = [_plant_home(language, key) for language in (VI, EN)]
    Site.objects.all().delete()
    site = Site.objects.create(
        hostname="localhost", root_page=homes[0], is_default_site=True, site_name="Một Cửa"
    )
    SiteSettings.for_site(site)


def _plant_home(language: str, key: uuid.UUID) -> Page:
    locale, _created = Locale.objects.get_or_create(language_code=language)
    title, slug, abstract = WORDS[language][HOME]
    home = HomePage(
        title=title, slug=slug, abstract=abstract, locale=locale, translation_key=key
    )  # fmt: skip
    return _publish(Page.objects.get(depth=1), home)


@task()
def plant_places(restore: str = "") -> int:
    """Plant on the current site what it lacks; returns how many pages were made.

    Its groups get the rights to what newer applications brought.

    Args:
        restore: the name of one place that a webmaster deleted and wants again; empty for all
            places that the site never had. A deleted place comes back by name only.
    """
    groups.fill_template()
    return restore_place(restore) if restore else plant_missing()


@transaction.atomic
def plant_missing() -> int:
    """Plant the places that the site never had, in both languages; returns how many pages."""
    home = _home_locked()
    if not home.places:
        _adopt_first_places(home)
    default_categories()
    return sum(_plant(home, place) for place in PLACES if place.name not in home.places)


@transaction.atomic
def restore_place(name: str) -> int:
    """Plant a place again where it is missing, and what must stand above it; returns how many.

    Raises:
        KeyError: there is no place of this name.
    """
    return _plant(_home_locked(), BY_NAME[name])


def _home_locked() -> HomePage:
    """Return the Vietnamese home page, so that two do not plant at the same moment."""
    locale = Locale.objects.get(language_code=VI)
    home: HomePage = HomePage.objects.select_for_update(of=("self",)).get(locale=locale)
    return home


def _adopt_first_places(home: HomePage) -> None:
    for page in home.get_children().filter(slug__in=FIRST_PLACES):
        home.places[FIRST_PLACES[page.slug]] = str(page.translation_key)


def _plant(home: HomePage, place: Place) -> int:
    above = 0
    if place.parent != HOME and _page(home, place.parent, VI) is None:
        above = _plant(home, BY_NAME[place.parent])
    key = home.places.setdefault(place.name, str(uuid.uuid4()))
    HomePage.objects.filter(pk=home.pk).update(places=home.places)
    made = [_plant_one(home, place, uuid.UUID(key), language) for language in (VI, EN)]
    return above + sum(made)


def _plant_one(home: HomePage, place: Place, key: uuid.UUID, language: str) -> bool:
    parent = home.get_translation_or_none(Locale.objects.get(language_code=language))
    if place.parent != HOME:
        parent = _page(home, place.parent, language)
    if parent is None or _page(home, place.name, language) is not None:
        return False
    title, slug, abstract = place.words(language)
    fields = dict(place.fields)
    if place.body is not None:
        fields["body"] = place.body(language)
    page = place.page_type(
        title=title, slug=_free(slug, parent), abstract=abstract, locale=parent.locale,
        translation_key=key, **fields,
    )  # fmt: skip
    _publish(parent, page)
    return True


def _page(home: HomePage, name: str, language: str) -> Page | None:
    key = home.places.get(name)
    pages = Page.objects.filter(translation_key=key, locale__language_code=language)
    return pages.first() if key else None


def _free(slug: str, parent: Page) -> str:
    """Return the slug, with a number behind it if another page below the parent has it."""
    taken = set(parent.get_children().values_list("slug", flat=True))
    numbered = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return slug if slug not in taken else next(name for name in numbered if name not in taken)


def _publish(parent: Page, page: Page) -> Page:
    page.draft_title = page.title
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page
