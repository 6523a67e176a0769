"""A province with an example of everything visitors can see, and the addresses of all of it.

Tests that only read share one such province, which a gunicorn of its own serves: see the fixture
``exhibition``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from django_tenants.utils import tenant_context
from wagtail.models import Page, PageViewRestriction, get_page_models

from sites.base import mirroring
from sites.base.models import SiteSettings
from sites.main.pages import GuidePage, LandingPage
from sites.news.models import ArticlePage
from sites.widgets.models import Notice
from tenants.lifecycle import Status
from tenants.models import Tenant
from tests.browser.examples import Examples
from tests.browser.live import CHECKOUT, LiveProvince
from tests.factories import create_image, create_tenant, home

LONG = "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh"
# Views that are no page of the tree: a name, the site, the path in Vietnamese and in English.
VIEWS = [
    ("search without result", "alpha", "/search/?query=khongcogi", "/en/search/?query=nothing"),
    ("search of the site", "alpha", "/search/?query=cau", "/en/search/?query=bridge"),
    ("search of the province", "tinh", "/search/?query=cau", "/en/search/?query=bridge"),
    ("news of the province", "tinh", "/tin-toan-tinh/", "/en/province-news/"),
    ("documents of the province", "tinh", "/van-ban-toan-tinh/", "/en/province-documents/"),
    ("documents found", "tinh", "/van-ban-toan-tinh/?q=1507", "/en/province-documents/?q=1507"),
    ("events of the province", "tinh", "/su-kien-toan-tinh/", "/en/province-events/"),
    ("agencies", "tinh", "/co-quan/", "/en/agencies/"),
    ("agencies found", "tinh", "/co-quan/?q=beta", "/en/agencies/?q=beta"),
    ("channels", "tinh", "/kenh/", "/en/channels/"),
    ("readings", "tinh", "/readings/", "/en/readings/"),
    ("site map", "alpha", "/so-do-trang/", "/en/sitemap/"),
    ("feeds", "alpha", "/kenh-rss/", "/en/feeds/"),
    ("sign-in", "alpha", "/accounts/login/", "/en/accounts/login/"),
    ("new password", "alpha", "/accounts/password/reset/", "/en/accounts/password/reset/"),
    ("not found", "alpha", "/khong-co/", "/en/not-there/"),
    ("second page of a list", "alpha", "/tin-tuc/?page=2", "/en/news/?page=2"),
    ("documents of the site found", "alpha", "/van-ban/?q=1507", "/en/documents/?q=1507"),
    ("documents of the site not found", "alpha", "/van-ban/?q=99", "/en/documents/?q=99"),
    ("events that are over", "alpha", "/tin-tuc/su-kien/?when=past", "/en/news/events/?when=past"),
    ("home in another theme", "beta", "/", "/en/"),
    ("home with a long name", "vphdnd", "/", "/en/"),
]
# Sites that do not answer as usual; they speak Vietnamese only.
CLOSED = [("suspended site", "tamngung", 503), ("unknown site", "khong-co", 404)]


@dataclass(frozen=True)
class Shown:
    """One address of the exhibition; ``model`` is empty where it is no page of the tree."""

    name: str
    language: str
    host: str
    path: str
    model: str = ""
    status: int = 200

    def __str__(self) -> str:
        return f"{self.name} ({self.language}): {self.host}{self.path}"


class Exhibition(LiveProvince):
    """The live province with the list of what it shows."""

    shown: list[Shown]

    def address(self, shown: Shown) -> str:
        """The address of an example."""
        return self.url(shown.host, shown.path)

    def answer(self, shown: Shown) -> bytes:
        """What the server answers for an example."""
        status, content = self.get(shown.host, shown.path)
        assert status == shown.status, f"{shown}: {status}"
        return content

    def in_language(self, language: str) -> list[Shown]:
        """The examples of a language."""
        return [one for one in self.shown if one.language == language]

    def of(self, name: str, language: str = "vi") -> Shown:
        """The example of a name."""
        return next(one for one in self.shown if (one.name, one.language) == (name, language))

    @property
    def themes(self) -> dict[str, str]:
        """The path of each theme's tokens as the server names the file, by the theme's folder."""
        files = json.loads((self.state / "static" / "staticfiles.json").read_text())["paths"]
        return {name.split("/")[0]: f"/static/{file}" for name, file in files.items()
                if name.endswith("/tokens.css")}  # fmt: skip


def furnish() -> list[Shown]:
    """Fill the tests' province with an example of everything; returns their addresses."""
    sites = {site.label: site for site in Tenant.objects.prefetch_related("domains")}
    main, alpha = sites["tinh"], sites["alpha"]
    themes = {"tinh": "son-mai", "alpha": "bien", "beta": "lua"}
    for label, theme in themes.items():
        Tenant.objects.filter(label=label).update(theme=theme)
    create_tenant("vphdnd", name_vi=LONG, name_en="Office", kind="department", parent=main,
                  theme="sen")  # fmt: skip
    create_tenant("tamngung", name_vi="Xã Tạm Ngừng", parent=alpha)
    Tenant.objects.filter(label="tamngung").update(status=Status.SUSPENDED)
    with tenant_context(alpha):
        shown = list(_member())
    with tenant_context(main):
        shown += list(_main())
    suffix = main.primary_domain
    for name, label, *paths in VIEWS:
        host = suffix if label == "tinh" else f"{label}.{suffix}"
        status = 404 if name == "not found" else 200
        shown += [Shown(name, language, host, path, status=status)
                  for language, path in zip(("vi", "en"), paths, strict=True)]  # fmt: skip
    return shown + [Shown(name, "vi", f"{label}.{suffix}", "/", status=status)
                    for name, label, status in CLOSED]  # fmt: skip


def _member() -> Iterator[Shown]:
    _tell_about_the_site()
    vietnamese, english = Examples("vi"), Examples("en")
    vietnamese.make()
    english.originals = vietnamese.pages
    english.make()
    untranslated = vietnamese.add("untranslated", "news", ArticlePage(title="Chưa dịch"))
    closed = vietnamese.add("closed", "news", ArticlePage(title="Chỉ nội bộ"))
    PageViewRestriction.objects.create(page=closed, restriction_type="groups")
    mirroring.synchronise()
    alias = untranslated.get_translation(english.locale)
    for examples in (vietnamese, english):
        yield from _pages(examples.language, {"home": home(examples.language), **examples.places,
                                              **examples.pages}.items())  # fmt: skip
    yield from _pages("en", [("untranslated", alias)])


def _main() -> Iterator[Shown]:
    SiteSettings.objects.update(phone="1022", email="cong@tinh.test", address="Số 23, 30 tháng 4")
    call_command("add_programme", str(CHECKOUT / "ops/data/tien_giang/programme.csv"), verbosity=0)
    mirroring.synchronise()
    for language in ("vi", "en"):
        landings = LandingPage.objects.filter(locale__language_code=language)
        guide = GuidePage.objects.filter(locale__language_code=language)[0]
        guides = guide.get_parent()
        yield from _pages(language, [
            ("main home", home(language)), ("guides", guides), ("guide", guide),
            *((f"landing {page.audience}", page) for page in landings),
        ])  # fmt: skip


def _pages(language: str, pages: Iterable[tuple[str, Page]]) -> Iterator[Shown]:
    for name, page in pages:
        if name == "closed" or name.startswith("story "):
            continue
        page = page.specific
        host, path = page.full_url.split("//")[1].split("/", 1)
        yield Shown(name, language, host.split(":")[0], f"/{path}", page._meta.label)


def _tell_about_the_site() -> None:
    now = timezone.now()
    SiteSettings.objects.update(
        address="Số 1, đường Hùng Vương", phone="0273 3872 111", email="ubnd@alpha.tinh.test",
        working_hours="Thứ Hai – thứ Sáu: 7 giờ – 17 giờ", responsible_person="Nguyễn Văn Thử",
        responsible_role="Chánh Văn phòng", slogan="Gần dân, vì dân", latitude="10.360100",
        longitude="106.359700", seat_map=create_image("bando.png", description="Bản đồ"),
        channels=json.dumps([{"type": "channel", "value": {
            "kind": "zalo", "label": "Zalo", "url": "https://zalo.tinh.test/"}}]),
    )  # fmt: skip
    for tone in ("note", "warning", "danger"):
        Notice.objects.create(
            text=f"Bảo trì hệ thống ({tone})", text_en=f"Maintenance ({tone})", tone=tone,
            link="/lien-he/", starts_at=now, ends_at=now + timedelta(days=1),
        )  # fmt: skip


def types_without_example(shown: list[Shown]) -> set[tuple[str, str]]:
    """Return the page types that are missing in the exhibition, with the language."""
    there = {(one.model, one.language) for one in shown}
    types = [model._meta.label for model in get_page_models() if model is not Page]
    return {(name, language) for name in types for language in ("vi", "en")} - there
