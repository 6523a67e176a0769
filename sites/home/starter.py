"""The tree every site is born with, made once in the template schema.

The pages read the site's name and contacts from its registration and settings when they are
shown, so they are true of every site without being written again.
"""

from __future__ import annotations

import uuid
from typing import Any

from wagtail.models import Locale, Page, Site

from sites.base.models import SectionPage, SiteSettings, StandardPage
from sites.news.models import NewsPage

from .models import HomePage

VI, EN = "vi", "en"
ROOT = "Toàn bộ trang"  # Wagtail's own title, "Root", is data and stands in the explorer
ROOT_TITLE = "Các trang chủ"


STARTER: dict[str, dict[str, tuple[str, str, str]]] = {
    # key: title, slug, abstract
    VI: {
        "home": ("Trang chủ", "trang-chu", ""),
        "about": (
            "Giới thiệu",
            "gioi-thieu",
            "Cơ quan này là ai, trực thuộc đâu, gồm những đơn vị nào.",
        ),
        "news": ("Tin tức", "tin-tuc", "Tin và hoạt động mới nhất."),
        "contact": (
            "Liên hệ",
            "lien-he",
            "Địa chỉ, điện thoại, giờ làm việc và người chịu trách nhiệm.",
        ),
    },
    EN: {
        "home": ("Home", "home", ""),
        "about": (
            "About",
            "about",
            "What this agency is, whom it answers to, which units belong to it.",
        ),
        "news": ("News", "news", "The latest news and activities."),
        "contact": (
            "Contact",
            "contact",
            "Address, telephone, working hours and the responsible person.",
        ),
    },
}


def fill_template() -> None:
    """Make locales, the two home pages, the starter tree and the one `Site`; idempotent."""
    if HomePage.objects.exists():
        return
    # What the administration calls the place above the home pages.
    Page.objects.filter(depth=1).update(title=ROOT_TITLE, draft_title=ROOT_TITLE)
    root = Page.objects.get(depth=1)
    for welcome in root.get_children():
        welcome.delete()
    Page.objects.filter(pk=root.pk).update(title=ROOT, draft_title=ROOT)
    keys = {name: uuid.uuid4() for name in STARTER[VI]}
    homes = [_plant(language, keys) for language in (VI, EN)]
    Site.objects.all().delete()
    site = Site.objects.create(
        hostname="localhost", root_page=homes[0], is_default_site=True, site_name="Một Cửa"
    )
    SiteSettings.for_site(site)


def _plant(language: str, keys: dict[str, uuid.UUID]) -> Page:
    locale, _created = Locale.objects.get_or_create(language_code=language)
    home = _add(Page.objects.get(depth=1), HomePage, "home", locale, keys)
    _add(home, SectionPage, "about", locale, keys, body=[("facts", None)], show_in_menus=True)
    _add(home, NewsPage, "news", locale, keys, show_in_menus=True)
    _add(home, StandardPage, "contact", locale, keys, body=[("contacts", None)], show_in_menus=True)
    return home


def _add(
    parent: Page,
    page_type: type[Page],
    name: str,
    locale: Locale,
    keys: dict[str, uuid.UUID],
    **fields: Any,
) -> Page:
    title, slug, abstract = STARTER[locale.language_code][name]
    page = page_type(
        title=title,
        draft_title=title,
        slug=slug,
        abstract=abstract,
        locale=locale,
        translation_key=keys[name],
        **fields,
    )
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page
